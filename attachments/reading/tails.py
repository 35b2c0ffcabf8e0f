"""A package behind another file: two kinds in one, each program seeing the one it likes."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

from attachments.reading.answers import Refused

END = b"PK\x05\x06"
END_SIZE = 22
LONGEST_REMARK = 65_535


def end_of_package(file: BinaryIO) -> tuple[int, bytes] | None:
    """Where the closing record of a package stands that ends with the file, and the record."""
    size = file.seek(0, os.SEEK_END)
    start = max(size - END_SIZE - LONGEST_REMARK, 0)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    place = tail.rfind(END)
    while place >= 0:
        record = tail[place : place + END_SIZE]
        if len(record) == END_SIZE:
            (remark,) = struct.unpack_from("<H", record, 20)
            if start + place + END_SIZE + remark == size:
                return start + place, record
        place = tail.rfind(END, 0, place)
    return None


def refuse_hidden_package(file: BinaryIO) -> None:
    if end_of_package(file):
        raise Refused("polyglot")
