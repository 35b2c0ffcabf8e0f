"""Word and Excel packages: which parts say something, and in which order it is read."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote
from xml.parsers import expat

from attachments.reading import markup, running
from attachments.reading.answers import (
    A_FEW,
    FIRST_CHARACTERS,
    MOST_CHARACTERS,
    Found,
    Job,
    Refused,
)
from attachments.reading.contents import MEDIA
from attachments.reading.directory import Broken
from attachments.reading.kinds import DOCX, XLSX
from attachments.reading.words import Cells, SheetNames, Words

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml."
MAIN = {WORD + "document.main+xml": DOCX, EXCEL + "sheet.main+xml": XLSX}
MACROS = ("macroenabled", "vbaproject", "macrosheet")
SMART_ART = "application/vnd.openxmlformats-officedocument.drawingml.diagramdata+xml"
DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
HEADER = WORD + "header+xml"
# A mark of secrecy may stand in the header alone, so the gate reads headers before the body.
WORD_ORDER = (
    *(WORD + "document.main+xml", HEADER, WORD + "footer+xml", WORD + "footnotes+xml"),
    *(WORD + "endnotes+xml", WORD + "comments+xml", SMART_ART),
)
EXCEL_ORDER = (
    *(EXCEL + "sheet.main+xml", EXCEL + "worksheet+xml", EXCEL + "sharedstrings+xml"),
    *(DRAWING, EXCEL + "comments+xml", SMART_ART),
)
LINK = EXCEL + "externallink+xml"
FIRST_FROM_HEADERS = 1_000  # characters; the body must have its share


class Types(markup.Listener):
    """[Content_Types].xml: what each part is, by its name or else by its ending."""

    def __init__(self) -> None:
        self._of_part: dict[str, str] = {}  # all in small letters, without the first slash
        self._of_ending: dict[str, str] = {}
        self.declared: set[str] = set()

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        declared = attributes.get("ContentType", "").partition(";")[0].strip().lower()
        self.declared.add(declared)
        if "PartName" in attributes:
            self._of_part[_plain(attributes["PartName"])] = declared
        elif "Extension" in attributes:
            self._of_ending[attributes["Extension"].lstrip(".").lower()] = declared

    def of(self, part: str) -> str:
        """ "" when nothing is declared."""
        own = self._of_part.get(_plain(part))
        return own if own is not None else self._of_ending.get(part.rpartition(".")[2], "")

    def mains(self, parts: Iterable[str]) -> dict[str, str]:
        """Parts that are a whole paper, here or only declared, and its kind."""
        declared = self._of_part | {_plain(part): self.of(part) for part in parts}
        return {part: MAIN[its] for part, its in declared.items() if its in MAIN}


def types_of(pieces: Iterable[bytes]) -> Types:
    """Refuses what declares macros."""
    types = Types()
    markup.listen(pieces, types)
    if any(mark in declared for declared in types.declared for mark in MACROS):
        raise Refused("macros")
    return types


class Paper:
    """What the parts of one paper say, gathered while they are judged."""

    def __init__(self, types: Types, parts: Iterable[str], job: Job) -> None:
        self._kinds = {name: types.of(name) for name in parts}
        mains = types.mains(self._kinds)
        if len(mains) != 1:
            raise Refused("unknown_kind")
        ((self._main, self.kind),) = mains.items()
        self._whole = job.whole
        self._most = MOST_CHARACTERS if job.whole else FIRST_CHARACTERS
        self._heard: dict[str, list[Words | Cells | SheetNames]] = {}

    def listeners(self) -> dict[str, markup.Listener]:
        """Who hears which part."""
        order = WORD_ORDER if self.kind == DOCX else EXCEL_ORDER
        if self._main not in map(_plain, self._kinds):
            raise Broken("no main part")
        found: dict[str, markup.Listener] = {
            name: running.Relations() for name in self._kinds if name.endswith(".rels")
        }
        for declared in order:
            for name in (name for name, its in self._kinds.items() if its == declared):
                listener = _listener(declared, self._most)
                self._heard.setdefault(declared, []).append(listener)
                found[name] = listener
        for name in (name for name, its in self._kinds.items() if its == LINK):
            found[name] = running.Links()
        return found

    def found(self) -> Found:
        text = "\n".join(said for said in self._said() if said)[: self._most]
        letters = len("".join(text.split()))
        mute = letters < A_FEW and any(map(self._is_picture, self._kinds))
        return Found(self.kind, None, text, readable=bool(letters) and not mute)

    def _is_picture(self, name: str) -> bool:
        """The small picture of the whole paper, for lists of files, is none in it."""
        if name.startswith("docprops/"):
            return False
        return name.startswith(MEDIA) or self._kinds[name].startswith("image/")

    def _said(self) -> list[str]:
        if self.kind == XLSX:
            sheets = [
                part for part in self._all(EXCEL + "worksheet+xml") if isinstance(part, Cells)
            ]
            margins = [sheet.margins() for sheet in sheets]
            return [*self._texts(EXCEL_ORDER[:1]), *margins, *self._texts(EXCEL_ORDER[1:])]
        if self._whole:
            return self._texts(WORD_ORDER)
        headers = "\n".join(self._texts([HEADER]))[:FIRST_FROM_HEADERS]
        return [headers, *self._texts(kind for kind in WORD_ORDER if kind != HEADER)]

    def _all(self, declared: str) -> list[Words | Cells | SheetNames]:
        return self._heard.get(declared, [])

    def _texts(self, order: Iterable[str]) -> list[str]:
        return [part.text().strip("\n") for declared in order for part in self._all(declared)]


def _plain(name: str) -> str:
    return unquote(name).lstrip("/").lower()


def _listener(declared: str, most: int) -> Words | Cells | SheetNames:
    if declared == EXCEL + "sheet.main+xml":
        return SheetNames(most)
    if declared == EXCEL + "worksheet+xml":
        return Cells(most)
    return Words(most)
