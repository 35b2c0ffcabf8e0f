"""Packages (.docx, .xlsx, .ofd): every part is inflated once and judged; nothing is written."""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import chain
from typing import BinaryIO

from attachments.reading import contents, inflating, markup, ofd, office, running
from attachments.reading.answers import Found, Job, Refused
from attachments.reading.directory import Broken, Part, parts_of
from attachments.reading.kinds import DOCX, OFD, XLSX

CONTENT_TYPES = "[content_types].xml"
OFD_ROOT = "ofd.xml"
NAMED = {"docx": DOCX, "wps": DOCX, "xlsx": XLSX, "ofd": OFD}
ALWAYS_MARKUP = {"xml", "rels"}


def read(file: BinaryIO, job: Job) -> Found:
    try:
        return _read(file, job)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        if job.ending not in NAMED:
            raise Refused("unknown_kind") from error
        raise Refused("damaged", kind=NAMED[job.ending]) from error


def _read(file: BinaryIO, job: Job) -> Found:
    parts = {part.name.lower(): part for part in parts_of(file, job.limit)}
    if {CONTENT_TYPES, OFD_ROOT} <= parts.keys():
        raise Refused("polyglot")
    if CONTENT_TYPES in parts:
        types = office.types_of(inflating.pieces(file, parts[CONTENT_TYPES]))
        paper = office.Paper(types, parts, job)
        _judge(file, parts, job, paper.listeners())
        return paper.found()
    if OFD_ROOT in parts:
        ofd.refuse_without_body(inflating.pieces(file, parts[OFD_ROOT]))
        _judge(file, parts, job, {})
        return ofd.read(file, job)
    raise Refused("unknown_kind")


def _judge(
    file: BinaryIO,
    parts: Mapping[str, Part],
    job: Job,
    listeners: Mapping[str, markup.Listener],
) -> None:
    """Every part once: its name, its first bytes, its XML, and what is packed in it."""
    for part in parts.values():
        contents.refuse_by_name(part.name)
    for key, part in parts.items():
        rest = inflating.pieces(file, part)
        first = next(rest)
        ending = contents.ending_of_part(part.name)
        contents.refuse_by_beginning(part.name, first)
        if key in listeners:
            markup.listen(chain([first], rest), listeners[key])
        elif first.startswith(contents.PACKAGE):
            _judge_inner(inflating.whole(first, rest), job)
        elif first.startswith(contents.COMPOUND):
            _judge_compound(inflating.whole(first, rest))
        elif ending == "svg":
            markup.listen(chain([first], rest), running.Drawing())
        elif ending in ALWAYS_MARKUP:
            markup.listen(chain([first], rest), None)
        else:
            _judge_other(chain([first], rest), markup.looks_like_markup(first))


def _judge_other(pieces: chain[bytes], perhaps_markup: bool) -> None:
    if perhaps_markup:
        try:
            markup.listen(pieces, None)
        except Broken:
            return  # drawings of old programs are nearly XML; no reader of ours opens them
    for _piece in pieces:
        pass  # inflated to the end: its length and its sum must be true


def _judge_inner(content: bytes, job: Job) -> None:
    """A package in the package is listed, its parts are begun, and it holds no further one."""
    file = io.BytesIO(content)
    for part in parts_of(file, job.limit):
        contents.refuse_by_name(part.name)
        if contents.ending_of_part(part.name) in contents.PACKAGES:
            raise Refused("bomb")
        contents.refuse_by_beginning(part.name, next(inflating.pieces(file, part)))


def _judge_compound(content: bytes) -> None:
    from attachments.reading import ole

    ole.refuse_active(io.BytesIO(content))
