"""XML, read in pieces by expat: no document type, no entity, no other file, no network."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from xml.parsers import expat

from attachments.reading.answers import Refused
from attachments.reading.directory import Broken

DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
NATIVE = {"utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1"}
CHINESE = {"gb2312", "gbk", "gb18030", "cp936"}  # expat does not know them
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BEGINS = (b"<", b"<\0", b"\0<")


class Listener:
    """Hears what a part says; sets the handlers it needs and takes them away when it has enough."""

    def attach(self, parser: expat.XMLParserType) -> None:
        raise AssertionError(parser)


def looks_like_markup(head: bytes) -> bool:
    for mark in MARKS:
        head = head.removeprefix(mark)
    return head.lstrip(b" \t\r\n").startswith(BEGINS)


def listen(pieces: Iterable[bytes], listener: Listener | None) -> None:
    """All of it must be XML. Raises Broken, or Refused for a document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _refuse_encoding
    if listener:
        listener.attach(parser)
    decoder: codecs.IncrementalDecoder | None = None
    first = True
    try:
        for piece in pieces:
            if first:
                decoder, first = _chinese(piece), False
            parser.Parse(decoder.decode(piece) if decoder else piece, False)
        parser.Parse(decoder.decode(b"", True) if decoder else b"", True)
    except expat.ExpatError as error:
        raise Broken(str(error)) from error


def local(name: str) -> str:
    """Without the prefix: producers choose it freely, some choose a wrong one."""
    return name.rpartition(":")[2]


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """The value under this name, whatever its prefix; "" when there is none."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def _refuse_doctype(*_declared: object) -> None:
    raise Refused("doctype")


def _refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    """An encoding that others may read in another way could hide anything."""
    if encoding and encoding.lower() not in NATIVE | CHINESE:
        raise Broken("encoding")


def _chinese(head: bytes) -> codecs.IncrementalDecoder | None:
    declared = DECLARED.match(head)
    if declared and declared[1].decode("ascii", "replace").lower() in CHINESE:
        return codecs.getincrementaldecoder("gb18030")("replace")
    return None
