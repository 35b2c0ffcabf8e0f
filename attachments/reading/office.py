"""Word and Excel packages: which parts say something, and in which order it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.parsers import expat

from attachments.reading import markup
from attachments.reading.answers import FIRST_CHARACTERS, MOST_CHARACTERS, Found, Job, Refused
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
FIRST_FROM_HEADERS = 1_000  # characters; the body must have its share


class _Types(markup.Listener):
    """[Content_Types].xml: what each part is."""

    def __init__(self) -> None:
        self.of_part: dict[str, str] = {}  # both in small letters, without the first slash
        self.declared: set[str] = set()

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        declared = attributes.get("ContentType", "").lower()
        self.declared.add(declared)
        if "PartName" in attributes:
            self.of_part[attributes["PartName"].lstrip("/").lower()] = declared


def types_of(pieces: Iterable[bytes]) -> Mapping[str, str]:
    """The type of each part that has its own. Refuses what declares macros."""
    types = _Types()
    markup.listen(pieces, types)
    if any(mark in declared for declared in types.declared for mark in MACROS):
        raise Refused("macros")
    return types.of_part


class Paper:
    """What the parts of one paper say, gathered while they are judged."""

    def __init__(self, types: Mapping[str, str], job: Job) -> None:
        mains = [(name, MAIN[declared]) for name, declared in types.items() if declared in MAIN]
        if len(mains) != 1:
            raise Refused("unknown_kind")
        (self._main, self.kind) = mains[0]
        self._types = types
        self._whole = job.whole
        self._most = MOST_CHARACTERS if job.whole else FIRST_CHARACTERS
        self._heard: dict[str, list[Words | Cells | SheetNames]] = {}

    def listeners(self, parts: Iterable[str]) -> dict[str, markup.Listener]:
        order = WORD_ORDER if self.kind == DOCX else EXCEL_ORDER
        here = {name: self._types.get(name) for name in parts}
        if self._main not in here or not self._main.endswith(".xml"):
            raise Broken("no main part")
        found: dict[str, markup.Listener] = {}
        for declared in order:
            for name in (name for name, its in here.items() if its == declared):
                listener = _listener(declared, self._most)
                self._heard.setdefault(declared, []).append(listener)
                found[name] = listener
        return found

    def found(self) -> Found:
        text = "\n".join(said for said in self._said() if said)[: self._most]
        return Found(self.kind, None, text, readable=bool(text.strip()))

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


def _listener(declared: str, most: int) -> Words | Cells | SheetNames:
    if declared == EXCEL + "sheet.main+xml":
        return SheetNames(most)
    if declared == EXCEL + "worksheet+xml":
        return Cells(most)
    return Words(most)
