"""A package behind another file: two kinds in one, each program seeing the one it likes."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

from attachments.reading.answers import Refused

END = b"PK\x05\x06"
LISTED = b"PK\x01\x02"  # how the list of parts begins
LOCATOR = b"PK\x06\x07"  # of packages that are too large for the closing record
LOCATOR_SIZE = 20
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
    """One that ends with the file, or that programs find all the same a little before its end."""
    if end_of_package(file) or _listed_before_the_end(file):
        raise Refused("polyglot")


def _listed_before_the_end(file: BinaryIO) -> bool:
    size = file.seek(0, os.SEEK_END)
    start = max(size - END_SIZE - LONGEST_REMARK, 0)
    file.seek(start)
    tail = file.read()
    place = tail.find(END)
    while place >= 0:
        record = tail[place : place + END_SIZE]
        if len(record) == END_SIZE and _has_list(file, start + place, record):
            return True
        place = tail.find(END, place + 1)
    file.seek(0)
    return False


def _has_list(file: BinaryIO, place: int, record: bytes) -> bool:
    """The list of parts stands right before the record, as long as it says."""
    (listed,) = struct.unpack_from("<I", record, 12)
    if place >= LOCATOR_SIZE:
        file.seek(place - LOCATOR_SIZE)
        if file.read(len(LOCATOR)) == LOCATOR:
            return True
    if not 0 < listed <= place:
        return False
    file.seek(place - listed)
    return file.read(len(LISTED)) == LISTED
