"""PDF: opened by the library that will draw it, and asked for its text."""

from __future__ import annotations

from typing import BinaryIO

import pypdfium2
from pypdfium2 import raw

from attachments.reading import covers, overlays
from attachments.reading.answers import (
    A_FEW,
    FIRST_PAGES,
    MAX_PAGES,
    MOST_CHARACTERS,
    MOST_CHARACTERS_FIRST,
    Found,
    Job,
    Refused,
)
from attachments.reading.kinds import PDF
from attachments.reading.tails import refuse_hidden_package

LOCKED = {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
HALF = 0.5


def read(file: BinaryIO, job: Job) -> Found:
    refuse_hidden_package(file)
    document = _opened(file)
    pages = len(document)
    if pages == 0:
        raise Refused("no_pages")
    if pages > MAX_PAGES:
        raise Refused("too_many_pages", limit=MAX_PAGES)
    texts, mute = [], False
    left = MOST_CHARACTERS if job.whole else MOST_CHARACTERS_FIRST
    for number in range(pages if job.whole else min(pages, FIRST_PAGES)):
        page, laid_over = _open_page(document, number)
        text = _text(page, laid_over)
        mute = mute or laid_over is not None or _is_mute(page, text)
        texts.append(text[: max(left, 0)])
        left -= len(text) + 1
        page.close()
        if left <= 0 and job.whole:
            break  # the gate looks at each of its pages, though it has heard enough
    document.close()
    whole = "\n".join(texts)
    return Found(PDF, pages, whole, readable=not mute and bool(whole.strip()))


def _opened(file: BinaryIO) -> pypdfium2.PdfDocument:
    content = file.read()
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        # The library may still name the error of an earlier file.
        if error.err_code in LOCKED and b"/Encrypt" in content:
            raise Refused("password") from error
        raise Refused("damaged", kind=PDF) from error


def _open_page(
    document: pypdfium2.PdfDocument, number: int
) -> tuple[pypdfium2.PdfPage, list[str] | None]:
    """The page with all that is laid over it, and its remarks; None when nothing is shown."""
    page = document[number]
    if not overlays.are_shown(page):
        return page, None
    remarks = overlays.remarks(page)
    overlays.made_part_of(page)
    page.close()
    return document[number], remarks


def _text(page: pypdfium2.PdfPage, remarks: list[str] | None) -> str:
    text = page.get_textpage()
    try:
        said: str = text.get_text_bounded()
    finally:
        text.close()
    lines = [said, *(line for line in remarks or () if line not in said)]
    return "\n".join(line for line in lines if line).replace("\r\n", "\n")


def _is_mute(page: pypdfium2.PdfPage, text: str) -> bool:
    """Something is drawn, and the text does not say it. An empty page hides nothing.

    Nor does it where a picture fills the page: what a program read in it may be misread.
    """
    letters = len("".join(text.split()))
    if letters == 0:
        return bool(raw.FPDFPage_CountObjects(page))
    covered = covers.share_of_pictures(page)
    return covered > HALF or (letters < A_FEW and covered > 0)
