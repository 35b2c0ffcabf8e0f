"""The list of parts of a package, believed only where it agrees with the parts themselves."""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from attachments.reading.answers import Refused
from attachments.reading.tails import end_of_package

MAX_PARTS = 5_000
MAX_DIRECTORY = 4 * 1024 * 1024  # bytes; far more than that many names need
LARGE = 1024 * 1024  # bytes from which on the ratio is looked at
RATIO = 200
TIMES_THE_LIMIT = 4
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
HIDDEN = 0x1 | 0x40 | 0x2000  # flag bits of encryption
SIZES_FOLLOW = 0x8  # flag bit: the sizes stand behind the data
SAME_FLAGS = 0x1 | SIZES_FOLLOW | 0x800
NOT_A_NAME = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]|^/|//|(^|/)\.{1,2}(/|$)|[. ](/|$)')
DEVICE = re.compile(r"(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(/|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    name: str
    deflated: bool
    start: int  # where its bytes stand
    packed: int
    size: int
    crc: int

    @property
    def end(self) -> int:
        return self.start + self.packed


class Broken(Exception):
    """Not a package, or one that contradicts itself."""


def parts_of(file: BinaryIO | io.BytesIO, limit: int | None) -> list[Part]:
    """All parts but folders. Nothing is inflated yet."""
    infos, directory_starts = _listed(file)
    if len(infos) > MAX_PARTS:
        raise Refused("bomb")
    for info in infos:
        _refuse_name(info)
        _refuse_sort(info)
    _refuse_twins(info.orig_filename for info in infos)
    headers = sorted(_headers(file, infos), key=lambda header: header[0])
    _refuse_overlaps(headers, directory_starts)
    parts = [part for _place, part in headers if not part.name.endswith("/")]
    _refuse_sizes(parts, limit)
    return parts


def _listed(file: BinaryIO | io.BytesIO) -> tuple[list[zipfile.ZipInfo], int]:
    end = end_of_package(file)
    if not end:
        raise Broken("no end")
    count, size, offset = struct.unpack_from("<HII", end[1], 10)
    if count > MAX_PARTS or size > MAX_DIRECTORY:
        raise Refused("bomb")
    with zipfile.ZipFile(file) as archive:
        if archive.start_dir != offset:
            raise Broken("two directories")
        return archive.infolist(), archive.start_dir


def _refuse_name(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    if NOT_A_NAME.search(name) or DEVICE.search(name):
        raise Refused("unsafe_names")
    if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise Refused("unsafe_names")  # a link, a pipe, a device


def _refuse_sort(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & HIDDEN:
        raise Refused("password")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Broken("packed in a way office programs do not know")


def _refuse_twins(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        key = unicodedata.normalize("NFKC", name).casefold().rstrip("/")
        if key in seen:
            raise Refused("unsafe_names")
        seen.add(key)


def _headers(
    file: BinaryIO | io.BytesIO, infos: Iterable[zipfile.ZipInfo]
) -> Iterator[tuple[int, Part]]:
    """Where each part's own header stands, and the part, when header and list say the same."""
    for info in infos:
        if info.header_offset < 0:
            raise Broken("outside")
        file.seek(info.header_offset)
        header = file.read(LOCAL_HEADER.size)
        mark, _, flags, method, _, _, crc, packed, size, name_length, more = LOCAL_HEADER.unpack(
            header
        )
        raw = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
        if mark != b"PK\x03\x04" or file.read(name_length) != raw:
            raise Refused("unsafe_names")
        agreed = method == info.compress_type and not (flags ^ info.flag_bits) & SAME_FLAGS
        told = (crc, packed, size) == (info.CRC, info.compress_size, info.file_size)
        if not agreed or not (told or flags & SIZES_FOLLOW or 0xFFFFFFFF in {packed, size}):
            raise Broken("header and list differ")
        start = info.header_offset + LOCAL_HEADER.size + name_length + more
        deflated = method == zipfile.ZIP_DEFLATED
        yield (
            info.header_offset,
            Part(info.orig_filename, deflated, start, info.compress_size, info.file_size, info.CRC),
        )


def _refuse_overlaps(headers: list[tuple[int, Part]], directory_starts: int) -> None:
    """The first part begins the file, and no two share a byte."""
    free = 0
    for place, part in headers:
        if place < free:
            raise Refused("bomb")
        if free == 0 and place > 0:
            raise Refused("polyglot")
        free = part.end
    if free > directory_starts:
        raise Broken("cut off")


def _refuse_sizes(parts: list[Part], limit: int | None) -> None:
    sizes = [(part.packed, part.size) for part in parts]
    whole = (sum(packed for packed, _ in sizes), sum(size for _, size in sizes))
    if limit is not None and whole[1] > TIMES_THE_LIMIT * limit:
        raise Refused("bomb")
    if any(size > LARGE and size > RATIO * packed for packed, size in [*sizes, whole]):
        raise Refused("bomb")
