"""What was laid over the pages of a PDF: stamps, boxes of text, filled-in forms."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

SHOWN_BY_ITSELF = {raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP}  # each program draws its own
REMARK = b"Contents"
LONGEST_REMARK = 10_000  # bytes


def are_shown(page: pypdfium2.PdfPage) -> bool:
    """Whether any has an appearance; plain links have none."""
    return any(
        raw.FPDFAnnot_HasKey(one, b"AP") or raw.FPDFAnnot_GetSubtype(one) in SHOWN_BY_ITSELF
        for one in _all(page)
    )


def remarks(page: pypdfium2.PdfPage) -> list[str]:
    """What each says about itself; the same words may stand in its appearance."""
    return [said for one in _all(page) if (said := _remark(one).strip())]


def made_part_of(page: pypdfium2.PdfPage) -> None:
    """Their appearances become part of the page, for whoever opens it again."""
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)


def _all(page: pypdfium2.PdfPage) -> Iterator[raw.FPDF_ANNOTATION]:
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        one = raw.FPDFPage_GetAnnot(page, number)
        if one:
            try:
                yield one
            finally:
                raw.FPDFPage_CloseAnnot(one)


def _remark(one: raw.FPDF_ANNOTATION) -> str:
    size = min(raw.FPDFAnnot_GetStringValue(one, REMARK, None, 0), LONGEST_REMARK)
    buffer = ctypes.create_string_buffer(LONGEST_REMARK)
    told = raw.FPDFAnnot_GetStringValue(
        one, REMARK, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), LONGEST_REMARK
    )
    return buffer.raw[: min(size, told)].decode("utf-16-le", "ignore").rstrip("\0")
