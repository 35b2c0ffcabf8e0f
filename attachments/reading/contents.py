"""What may lie inside a package: papers and pictures; nothing that runs, nothing packed deeper."""

from __future__ import annotations

import re

from attachments.reading.answers import Refused

RUNS = {
    "apk", "app", "application", "bash", "bat", "chm", "class", "cmd", "com", "cpl", "deb",
    "desktop", "dll", "dmg", "docm", "dotm", "exe", "gadget", "hlp", "hta", "htm", "html",
    "inf", "iso", "jar", "jnlp", "js", "jse", "lnk", "mht", "mhtml", "mjs", "msc", "msi", "msp",
    "mst", "php", "phtml", "pif", "pl", "potm", "ppam", "ppsm", "pptm", "ps1", "psm1", "py",
    "rb", "reg", "rpm", "scf", "scr", "sct", "sh", "shtml", "so", "svg", "svgz", "swf", "sys",
    "url", "vb", "vbe", "vbs", "vhd", "vhdx", "ws", "wsc", "wsf", "wsh", "xht", "xhtml", "xlam",
    "xll", "xlsb", "xlsm", "xltm",
}  # fmt: skip
PACKAGES = {"zip", "docx", "dotx", "xlsx", "xltx", "pptx", "potx", "ofd", "odt", "ods", "odp"}
PACKED = {"7z", "arj", "bz2", "cab", "gz", "lzh", "rar", "tar", "tgz", "xz", "z", "zst"}
MEDIA = ("word/media/", "xl/media/")
DRAWN_BY_OFFICE = {"svg", "emz", "wmz"}  # pictures there, never shown by us
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"L\0\0\0\x01\x14\x02\0",  # a shortcut
    b"ITSF",
    b"FWS",
    b"CWS",
    b"ZWS",
)
TIGHT = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"MSCF", b"(\xb5/\xfd")
PACKAGE = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a browser takes for a page whatever it is called (WHATWG MIME sniffing), and scripts.
PAGE = re.compile(
    rb"<(!doctype\s+(html|svg)|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p"
    rb"|svg|\?php)[\s/>]|<!--|<\?php",
    re.IGNORECASE,
)
MACROS = re.compile(r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml)$|(^|/)macrosheets/", re.IGNORECASE)


def refuse_by_name(name: str) -> None:
    if MACROS.search(name):
        raise Refused("macros")
    ending = ending_of_part(name)
    if _is_drawn(name, ending):
        return
    if ending in RUNS:
        raise Refused("active_content", part=name[-100:])
    if ending in PACKED:
        raise Refused("bomb")


def refuse_by_beginning(name: str, head: bytes) -> None:
    ending = ending_of_part(name)
    if _is_drawn(name, ending):
        return
    if head.startswith(PROGRAMS) or head[0x8001:0x8006] == b"CD001":
        raise Refused("active_content", part=name[-100:])
    if head.startswith(TIGHT) or head[257:262] == b"ustar":
        raise Refused("bomb")
    if ending not in {"xml", "rels", "vml"} and PAGE.match(without_mark(head)):
        raise Refused("active_content", part=name[-100:])


def ending_of_part(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[2].rstrip().lower()


def without_mark(head: bytes) -> bytes:
    """From the first byte that means something."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\f")


def _is_drawn(name: str, ending: str) -> bool:
    return ending in DRAWN_BY_OFFICE and name.lower().startswith(MEDIA)
