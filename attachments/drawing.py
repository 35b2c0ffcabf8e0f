"""Page images: what the browser shows of a file is always drawn by us."""

import io
import math
import struct
from collections.abc import Iterator

import pypdfium2
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from PIL import Image, ImageSequence

from attachments.models import Content, FileType

DPI = 144
POINTS = 72  # a PDF counts in points, 72 to the inch
WIDEST = 1400  # pixels; wider scans are made smaller
MOST_PIXELS = 6_000_000  # of one page image, whatever its shape
QUALITY = 85  # of 100, with full colour: small print must stay sharp
# What the readers raise on bytes that are not what they seem.
UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    OverflowError,
    struct.error,
    Image.DecompressionBombError,
    pypdfium2.PdfiumError,
)


def draw(content: Content) -> int:
    """Draw every page that is not there yet; returns how many pages the file has."""
    pages = storages["pages"]
    count = 0
    for count, image in enumerate(_images(content), start=1):  # the last one
        if not pages.exists(content.page_path(count)):
            pages.save(content.page_path(count), ContentFile(_jpeg(image)))
    return count


def _images(content: Content) -> Iterator[Image.Image]:
    with storages["default"].open(content.path) as file:
        if content.type == FileType.PDF:
            yield from _pdf_pages(file.read())
        else:
            with Image.open(file) as picture:
                frames = content.type == FileType.TIFF
                for frame in ImageSequence.Iterator(picture) if frames else [picture]:
                    yield _on_paper(frame)


def _pdf_pages(content: bytes) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            yield page.render(scale=_scale(*page.get_size())).to_pil()
            page.close()
    finally:
        document.close()


def _scale(width: float, height: float) -> float:
    """So many pixels for a point that neither the width nor the whole page grows too large."""
    return min(DPI / POINTS, WIDEST / width, math.sqrt(MOST_PIXELS / (width * height)))


def _on_paper(image: Image.Image) -> Image.Image:
    """What is transparent is paper, not ink."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    ink = image.convert("RGBA")
    paper = Image.new("RGBA", ink.size, "white")
    return Image.alpha_composite(paper, ink).convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    if image.width > WIDEST:
        image = image.resize((WIDEST, round(image.height * WIDEST / image.width)))
    out = io.BytesIO()
    _on_paper(image).save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()
