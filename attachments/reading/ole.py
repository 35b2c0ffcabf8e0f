"""Compound files of old office programs (.doc, .wps): what they are, not what they say."""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

import olefile

from attachments.reading.answers import Found, Job, Refused
from attachments.reading.contents import RUNS, ending_of_part
from attachments.reading.directory import Broken
from attachments.reading.kinds import DOC, WPS

MACROS = {"macros", "vba", "_vba_project_cur", "_vba_project"}
INSTALLER = "000C1084-0000-0000-C000-000000000046"
WRAPPED = "\x01ole10native"  # a file of any kind, put into a paper by hand
WORD_MARKS = {0xA5EC, 0xA5DC}  # since Word 97, and Word 6 and 95
ENCRYPTED = 0x0100


def read(file: BinaryIO, job: Job) -> Found:
    with olefile.OleFileIO(file) as ole:
        if ole.exists("EncryptedPackage"):
            raise Refused("password")
        if not ole.exists("WordDocument"):
            raise Refused("unknown_kind")
        _refuse_cut_off(ole)
        with ole.openstream("WordDocument") as stream:
            mark, flags = struct.unpack("<H8xH", stream.read(12))
        if mark not in WORD_MARKS:
            raise Broken("not written by a word processor")
        if flags & ENCRYPTED:
            raise Refused("password")
        _refuse_active(ole)
    return Found(WPS if job.ending == "wps" else DOC, None, "", readable=False)


def refuse_active(file: io.BytesIO) -> None:
    """For a compound file inside a package: an embedded table, a control, anything wrapped."""
    with olefile.OleFileIO(file) as ole:
        _refuse_active(ole)


def _refuse_active(ole: olefile.OleFileIO) -> None:
    if ole.root.clsid == INSTALLER:
        raise Refused("active_content", part="msi")
    for path in ole.listdir(streams=True, storages=True):
        if any(name.lower() in MACROS for name in path):
            raise Refused("macros")
        if path[-1].lower() == WRAPPED:
            with ole.openstream(path) as stream:
                _refuse_wrapped(stream.read(4096))


def _refuse_wrapped(head: bytes) -> None:
    """Size, a number, then the name and the path of the file that was wrapped, each ending in 0."""
    label, path, *_rest = [*head[6:].split(b"\0"), b"", b""]
    for name in (label, path):
        plain = name.decode("gb18030", "replace").replace("\\", "/")
        if ending_of_part(plain) in RUNS:
            raise Refused("active_content", part=plain[-100:])


def _refuse_cut_off(ole: olefile.OleFileIO) -> None:
    """Every stream is as long as the directory says."""
    for path in ole.listdir():
        with ole.openstream(path) as stream:
            if stream.size < ole.get_size(path):
                raise Broken("cut off")
