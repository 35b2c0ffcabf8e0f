"""PDF: opened by the library that will draw it, and asked for its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
from pypdfium2 import raw

from attachments.reading.answers import (
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
A_FEW = 20  # characters beside a picture: the stamp of a scanning program, not the paper's text


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
    for page in _first(document, pages if job.whole else min(pages, FIRST_PAGES)):
        text = _text(page, left)
        mute = mute or _is_mute(page, text)
        texts.append(text)
        left -= len(text) + 1
        page.close()
        if left <= 0:
            break
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


def _first(document: pypdfium2.PdfDocument, count: int) -> Iterator[pypdfium2.PdfPage]:
    for number in range(count):
        yield document[number]


def _text(page: pypdfium2.PdfPage, most: int) -> str:
    text = page.get_textpage()
    try:
        said: str = text.get_text_bounded()
    finally:
        text.close()
    return said.replace("\r\n", "\n")[:most]


def _is_mute(page: pypdfium2.PdfPage, text: str) -> bool:
    """Something is drawn, and the text does not say it. An empty page hides nothing."""
    letters = len("".join(text.split()))
    if letters == 0:
        return bool(raw.FPDFPage_CountObjects(page))
    return letters < A_FEW and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
