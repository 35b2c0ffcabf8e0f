"""What a printer would put on paper: every character of a PDF with its place, in millimetres."""

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

POINT = 25.4 / 72  # mm


class Mark(NamedTuple):
    """One printed character; `top` and `bottom` are measured from the top edge of the sheet."""

    letter: str
    left: float
    top: float
    right: float
    bottom: float
    is_dark: bool


class Sheet(NamedTuple):
    width: float
    height: float
    marks: list[Mark]

    @property
    def text(self) -> str:
        """Everything on it without spaces and line ends."""
        return "".join(mark.letter for mark in self.marks)

    def take_below(self, height: float) -> str:
        """What stands below this height, and is not part of the sheet from then on."""
        taken = [mark for mark in self.marks if mark.bottom > height]
        self.marks[:] = [mark for mark in self.marks if mark.bottom <= height]
        return "".join(mark.letter for mark in taken)

    def overlaps(self) -> list[str]:
        """Characters that are printed on top of others."""
        found, near = [], defaultdict(list)
        for mark in self.marks:
            across, down = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
            column, row = int(across / 5), int(down / 5)
            for x in (column - 1, column, column + 1):
                for y in (row - 1, row, row + 1):
                    found += [
                        mark.letter + other.letter for other in near[x, y] if _cover(mark, other)
                    ]
            near[column, row].append(mark)
        return found


def sheets(pdf: bytes) -> list[Sheet]:
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        width, height = page.get_size()
        marks = list(_marks(page.get_textpage(), height))
        found.append(Sheet(width * POINT, height * POINT, marks))
    document.close()
    return found


def _marks(text: pypdfium2.PdfTextPage, height: float) -> Iterator[Mark]:
    for place in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, place))
        if not letter.strip():
            continue
        left, bottom, right, top = text.get_charbox(place)
        box = (left * POINT, (height - top) * POINT, right * POINT, (height - bottom) * POINT)
        yield Mark(letter, *box, _is_dark(text, place))


def _is_dark(text: pypdfium2.PdfTextPage, place: int) -> bool:
    colour = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text, place, *colour)
    red, green, blue, alpha = (part.value for part in colour)
    return alpha > 200 and 0.3 * red + 0.6 * green + 0.1 * blue < 110


def _cover(one: Mark, other: Mark) -> bool:
    """More than a quarter of the smaller one lies under the other."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return False
    smaller = min((m.right - m.left) * (m.bottom - m.top) for m in (one, other))
    return wide * high > smaller / 4
