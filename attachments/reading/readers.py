"""Which reader a file goes to, by its first bytes; only that reader's libraries are loaded."""

from __future__ import annotations

from importlib import import_module
from typing import BinaryIO, Protocol, cast

from attachments.reading import kinds, limits
from attachments.reading.answers import Found, Job, Refused

# How a file begins, who reads it, and what it is called when its reader gives up.
FAMILIES = (
    (b"%PDF-", "pdf", kinds.PDF),
    (b"\x89PNG\r\n\x1a\n", "pictures", kinds.PNG),
    (b"\xff\xd8\xff", "pictures", kinds.JPEG),
    (b"II*\0", "pictures", kinds.TIFF),
    (b"MM\0*", "pictures", kinds.TIFF),
    (b"PK\x03\x04", "packages", ""),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", kinds.DOC),
    (b"", "plain", kinds.TXT),
)
LONGEST_MARK = 8


class Reader(Protocol):
    """A module of this package that knows one family of files."""

    def read(self, file: BinaryIO, job: Job) -> Found: ...


def read(file: BinaryIO, job: Job) -> Found:
    head = file.read(LONGEST_MARK)
    file.seek(0)
    _mark, name, kind = next(family for family in FAMILIES if head.startswith(family[0]))
    reader = cast("Reader", import_module(f"attachments.reading.{name}"))
    limits.before_reading(job.seconds, job.parent)
    try:
        return reader.read(file, job)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        # Readers raise anything on bytes that are not what they seem, and nothing else runs here.
        raise Refused("damaged", kind=kind) from error
