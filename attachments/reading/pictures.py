"""Pictures: headers only, in the three formats we take; no pixel is decoded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from PIL import Image, ImageSequence, TiffImagePlugin

from attachments.reading.answers import MAX_PAGES, MEGAPIXELS, Found, Job, Refused
from attachments.reading.kinds import JPEG, PNG, TIFF
from attachments.reading.tails import refuse_hidden_package

KINDS = {
    "PNG": PNG,
    "JPEG": JPEG,
    "MPO": JPEG,  # a JPEG with further pictures behind the first, as telephones make
    "TIFF": TIFF,
}
END_OF_JPEG = b"\xff\xd9"
SCAN = 0xDA  # where the headers of a JPEG end
STRIPS = ((273, 279), (324, 325))  # TIFF: where strips and tiles stand, and how long they are


def read(file: BinaryIO, job: Job) -> Found:
    del job  # whatever is asked: a picture has no text
    refuse_hidden_package(file)
    size = os.fstat(file.fileno()).st_size
    Image.MAX_IMAGE_PIXELS = None  # judged here, by our own measure
    with Image.open(file, formats=["PNG", "JPEG", "TIFF"]) as image:
        kind = KINDS[str(image.format)]
        frames = list(_frames(image, kind, size))
        if len(frames) > MAX_PAGES:
            raise Refused("too_many_pages", limit=MAX_PAGES)
        if max(frames) > MEGAPIXELS * 1_000_000:
            raise Refused("too_many_pixels", limit=MEGAPIXELS)
    _refuse_cut_off(file, kind)
    return Found(kind, len(frames), "", readable=False)


def _frames(image: Image.Image, kind: str, size: int) -> Iterator[int]:
    """Pixels of each frame; no more frames are looked at than are taken."""
    if kind != TIFF:
        yield image.width * image.height
        return
    for frame in islice(ImageSequence.Iterator(image), MAX_PAGES + 1):
        _refuse_outside(frame, size)
        yield frame.width * frame.height


def _refuse_outside(frame: Image.Image, size: int) -> None:
    """Every piece of a TIFF frame lies within the file."""
    assert isinstance(frame, TiffImagePlugin.TiffImageFile)
    for places, lengths in STRIPS:
        pieces = zip(frame.tag_v2.get(places, ()), frame.tag_v2.get(lengths, ()), strict=False)
        if any(place + length > size for place, length in pieces):
            raise Refused("damaged", kind=TIFF)


def _refuse_cut_off(file: BinaryIO, kind: str) -> None:
    if kind == PNG:
        file.seek(0)
        with Image.open(file, formats=["PNG"]) as image:
            image.verify()  # every block to the last one
    if kind == JPEG:
        file.seek(0)
        content = file.read()
        if content.rfind(END_OF_JPEG) < _scan(content):
            raise Refused("damaged", kind=JPEG)


def _scan(content: bytes) -> int:
    """Where the first scan of a JPEG begins; a small picture may lie before it."""
    place = 2
    while content[place + 1] != SCAN:
        if content[place + 1] != 0xFF:  # a filling byte
            place += int.from_bytes(content[place + 2 : place + 4], "big") + 1
        place += 1
    return place
