"""Plain text, when it is nothing else."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from attachments.reading.answers import (
    FIRST_CHARACTERS,
    MOST_CHARACTERS,
    Found,
    Job,
    Refused,
)
from attachments.reading.contents import PAGE, PROGRAMS, without_mark
from attachments.reading.kinds import TXT

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
HEAD = 4096
SCRIPT = re.compile(r"#!\s*/|<\?(php|=)|@echo off\b|wscript\.|set-executionpolicy", re.IGNORECASE)
MAIL = re.compile(r"^(mime-version|content-type|content-transfer-encoding)\s*:", re.I | re.M)
OTHER = re.compile(r"<\?xml|<!doctype|%pdf-|%!ps|\{\\rtf|gif8[79]a", re.IGNORECASE)


def read(file: BinaryIO, job: Job) -> Found:
    content = file.read()
    head = content[:HEAD]
    if head.startswith(PROGRAMS) and b"\0" in content:
        raise Refused("active_content")
    text = _decoded(content)
    if CONTROL.search(text):
        raise Refused("unknown_kind")
    _refuse_in_disguise(text[:HEAD].lstrip())
    return Found(
        TXT,
        None,
        text[: MOST_CHARACTERS if job.whole else FIRST_CHARACTERS],
        readable=bool(text[:FIRST_CHARACTERS].strip()),
    )


def _decoded(content: bytes) -> str:
    names = [name for mark, name in MARKS if content.startswith(mark)] or ["utf-8", "gb18030"]
    for name in names:
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise Refused("unknown_kind")


def _refuse_in_disguise(text: str) -> None:
    """A page, a script, a saved mail, or another kind that is written in letters."""
    if SCRIPT.match(text) or PAGE.match(without_mark(text.encode())):
        raise Refused("active_content")
    letterhead = re.split(r"\n\s*\n", text.replace("\r\n", "\n"), maxsplit=1)[0]
    if MAIL.search(letterhead):
        raise Refused("active_content")
    if OTHER.match(text):
        raise Refused("unknown_kind")
