"""What a file really is. Its name and the type the browser says are not asked."""

from __future__ import annotations

import hashlib
import struct
import warnings
from dataclasses import dataclass
from itertools import islice

import pypdfium2
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageSequence

from attachments.models import FileType

MEGAPIXELS = 50
MAX_PAGES = 500
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
IMAGE_TYPES = {
    "PNG": FileType.PNG,
    "JPEG": FileType.JPEG,
    "MPO": FileType.JPEG,  # a JPEG with further pictures behind the first, as telephones make
    "TIFF": FileType.TIFF,
}


class FileRefused(Exception):
    """A file that is not taken in; the message says why and what to do."""


@dataclass(frozen=True)
class Inspected:
    type: FileType
    digest: str  # SHA-256, hexadecimal
    size: int  # bytes


def inspect(file: File[bytes]) -> Inspected:
    """Type, digest and size of an uploaded file. Raises FileRefused with a sentence."""
    size = file.size or 0
    if size == 0:
        raise FileRefused(_("The file is empty. Please scan or export it again."))
    if size > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise FileRefused(
            _("The file is larger than %(limit)s MB. Please split it or scan it at 200 dpi.")
            % {"limit": settings.UPLOAD_LIMIT_MB}
        )
    return Inspected(type=_type(file), digest=digest_of(file), size=size)


def digest_of(file: File[bytes]) -> str:
    """SHA-256 of the whole content, hexadecimal."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _type(file: File[bytes]) -> FileType:
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if head.startswith(b"%PDF-"):
        _open_pdf(file)
        return FileType.PDF
    return _image_type(file)


def _open_pdf(file: File[bytes]) -> None:
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        raise FileRefused(
            _("The PDF is damaged or needs a password. Please export it again.")
        ) from error
    finally:
        file.seek(0)
    pages = len(document)
    document.close()
    _refuse_too_many(pages)
    if pages == 0:
        raise FileRefused(_("The PDF has no pages. Please export it again."))


def _image_type(file: File[bytes]) -> FileType:
    """Opened by the image library with only the formats we take; no pixel is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged headers and large pictures: judged below
            with Image.open(file, formats=["PNG", "JPEG", "TIFF"]) as image:
                kind = IMAGE_TYPES[str(image.format)]
                frames = _frame_sizes(image, kind)
    except UNREADABLE as error:
        raise FileRefused(
            _("Only PDF, PNG, JPEG and TIFF files are taken. Please save the paper as a PDF.")
        ) from error
    finally:
        file.seek(0)
    _refuse_too_many(len(frames))
    if max(frames) > MEGAPIXELS * 1_000_000:
        raise FileRefused(
            _("The picture has more than %(limit)s megapixels. Please scan it at 200 dpi.")
            % {"limit": MEGAPIXELS}
        )
    return kind


def _frame_sizes(image: Image.Image, kind: FileType) -> list[int]:
    """Pixels of each frame, from the headers; no more frames are looked at than are taken."""
    if kind != FileType.TIFF:
        return [image.width * image.height]
    frames = islice(ImageSequence.Iterator(image), MAX_PAGES + 1)
    return [frame.width * frame.height for frame in frames]


def _refuse_too_many(pages: int) -> None:
    if pages > MAX_PAGES:
        raise FileRefused(
            _("The file has more than %(limit)s pages. Please split it.") % {"limit": MAX_PAGES}
        )
