"""OFD (GB/T 33190): its text page by page, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO
from xml.parsers import expat

from attachments.reading import markup
from attachments.reading.answers import (
    FIRST_PAGES,
    MAX_PAGES,
    MOST_CHARACTERS,
    MOST_CHARACTERS_FIRST,
    Found,
    Job,
    Refused,
)
from attachments.reading.kinds import OFD


class _Root(markup.Listener):
    """OFD.xml names at least one document."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if len(self.names) < 2 or markup.local(name) == "DocBody":
            self.names.append(markup.local(name))


def refuse_without_body(pieces: Iterable[bytes]) -> None:
    root = _Root()
    markup.listen(pieces, root)
    if root.names[0] != "OFD" or "DocBody" not in root.names:
        raise Refused("unknown_kind")


def read(file: BinaryIO, job: Job) -> Found:
    """Only after every part was judged: the library reads parts as it likes."""
    from ofdkit import OFDDocument, OFDError

    file.seek(0)
    texts: list[str] = []
    left = MOST_CHARACTERS if job.whole else MOST_CHARACTERS_FIRST
    with OFDDocument(file) as document:
        if not document.pages:
            raise Refused("no_pages")
        if len(document.pages) > MAX_PAGES:
            raise Refused("too_many_pages", limit=MAX_PAGES)
        for page in document.pages if job.whole else document.pages[:FIRST_PAGES]:
            try:
                texts.append(page.text()[: max(left, 0)])
            except OFDError as error:
                raise Refused("damaged", kind=OFD) from error
            left -= len(texts[-1]) + 1
    return Found(OFD, None, "\n".join(texts), readable=all(text.strip() for text in texts))
