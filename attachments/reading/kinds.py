"""The kinds of file we take, as MIME types, and the endings their names carry."""

from __future__ import annotations

import unicodedata

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOC = "application/msword"
WPS = "application/wps-office.wps"  # nothing is registered; WPS Office says so of its own files
OFD = "application/ofd"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
TXT = "text/plain"

# The usual ending comes first. WPS Office also writes the newer package under its old ending.
ENDINGS: dict[str, tuple[str, ...]] = {
    PDF: ("pdf",),
    DOCX: ("docx", "wps"),
    XLSX: ("xlsx",),
    DOC: ("doc",),
    WPS: ("wps",),
    OFD: ("ofd",),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg"),
    TIFF: ("tif", "tiff"),
    TXT: ("txt",),
}

# Seen by nobody, though Unicode does not count them among control and format characters.
BLANK_LETTERS = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0"}


def ending_of(name: str) -> str:
    """The last ending as people would see it, in small letters; "" when there is none."""
    stem, _dot, ending = visible(name).rpartition(".")
    return ending if stem else ""


def visible(name: str) -> str:
    """The name as people, and programs that open it, would take it; in small letters."""
    seen = "".join(letter for letter in name if not _is_invisible(letter))
    return unicodedata.normalize("NFKC", seen).rstrip(". ").lower()


def _is_invisible(letter: str) -> bool:
    return (
        unicodedata.category(letter) in {"Cc", "Cf"}
        or letter in BLANK_LETTERS
        or "\ufe00" <= letter <= "\ufe0f"  # variation selectors
        or "\U000e0100" <= letter <= "\U000e01ef"
    )
