"""How much of a PDF page its pictures cover."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

DEEPEST = 5  # drawings within drawings


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def area(self) -> float:
        return max(self.right - self.left, 0) * max(self.top - self.bottom, 0)

    def within(self, other: _Box) -> _Box:
        return _Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


def share_of_pictures(page: pypdfium2.PdfPage) -> float:
    """All of them together, as scanning programs cut a page into strips; 0 without any."""
    whole = _Box(*page.get_bbox())
    boxes = [_box(one).within(whole) for one in _pictures(page)]
    if not boxes:
        return 0
    covered = sum(box.area() for box in boxes)
    return max(covered / max(whole.area(), 1), 0.000_001)


def _pictures(page: pypdfium2.PdfPage) -> list[raw.FPDF_PAGEOBJECT]:
    """On the page itself: a drawing that holds a picture counts as one."""
    count = raw.FPDFPage_CountObjects(page)
    objects = (raw.FPDFPage_GetObject(page, number) for number in range(count))
    return [one for one in objects if _has_picture(one, DEEPEST)]


def _has_picture(one: raw.FPDF_PAGEOBJECT, deeper: int) -> bool:
    kind = raw.FPDFPageObj_GetType(one)
    if kind != raw.FPDF_PAGEOBJ_FORM:
        return bool(kind == raw.FPDF_PAGEOBJ_IMAGE)
    count = raw.FPDFFormObj_CountObjects(one)
    return deeper == 0 or any(
        _has_picture(raw.FPDFFormObj_GetObject(one, number), deeper - 1) for number in range(count)
    )


def _box(one: raw.FPDF_PAGEOBJECT) -> _Box:
    sides = [ctypes.c_float() for _ in _Box._fields]
    raw.FPDFPageObj_GetBounds(one, *sides)
    return _Box(*(side.value for side in sides))
