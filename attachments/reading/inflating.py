"""The bytes of one part, in pieces, and never more than its list entry says."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from attachments.reading.answers import Refused
from attachments.reading.directory import Broken, Part

PIECE = 256 * 1024
MOST_IN_MEMORY = 64 * 1024 * 1024  # of a part that must be looked at as a whole


def pieces(file: BinaryIO | io.BytesIO, part: Part) -> Iterator[bytes]:
    """At least one, which may be empty. A part that is longer than it says is a bomb."""
    told, check, waiting = 0, 0, b""
    for piece in _inflated(file, part) if part.deflated else _stored(file, part):
        told += len(piece)
        check = zlib.crc32(piece, check)
        if told > part.size:
            raise Refused("bomb")
        waiting += piece
        if len(waiting) >= PIECE:
            yield waiting
            waiting = b""
    if told != part.size or check != part.crc:
        raise Broken("not what the list says")
    if waiting or not told:
        yield waiting


def whole(first: bytes, rest: Iterator[bytes]) -> bytes:
    content = bytearray(first)
    for piece in rest:
        content += piece
        if len(content) > MOST_IN_MEMORY:
            raise Refused("bomb")
    return bytes(content)


def _stored(file: BinaryIO | io.BytesIO, part: Part) -> Iterator[bytes]:
    for place in range(part.start, part.end, PIECE):
        file.seek(place)
        yield file.read(min(PIECE, part.end - place))


def _inflated(file: BinaryIO | io.BytesIO, part: Part) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _stored(file, part):
        left = packed
        while left and not inflater.eof:
            yield inflater.decompress(left, PIECE)
            left = inflater.unconsumed_tail
    while not inflater.eof:
        piece = inflater.decompress(b"", PIECE)
        if not piece:
            raise Broken("cut off")
        yield piece
    if inflater.unused_data:
        raise Broken("more behind it")
