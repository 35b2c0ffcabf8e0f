"""Who hears the words in the parts of office papers: no more of them than is asked for."""

from __future__ import annotations

import re
from xml.parsers import expat

from attachments.reading.markup import Listener, local

# Tab stops are no tabs; moved text stands elsewhere again; readings are not the word itself.
PASSED_OVER = {"pPr", "rPr", "sectPr", "tblPr", "moveFrom", "rPh", "phoneticPr"}
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
LINES = {"p", "si", "comment"}
MARGINS = {"oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"}
# In margins of a sheet: &C (where), &P (page), &"font", &K000000 (colour), &14 (size).
# What a sheet must hold for us to hear anything; in UTF-16 it is full of zeros instead.
SPEAKING = (b"inlineStr", b'"str"', b"'str'", b"Header", b"Footer")
LONGEST_TAG = 200  # bytes of a cell's own tag that may lie before the next piece
MARGIN_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z+-])')


class _Hearing(Listener):
    """Takes in text up to a length, and then hears nothing more of the part."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._said: list[str] = []
        self._length = 0

    def attach(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.StartElementHandler = self._start

    def text(self) -> str:
        return "".join(self._said)[: self._most]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        raise AssertionError(name)  # each kind of part has its own

    def _say(self, text: str) -> None:
        if self._length < self._most:
            self._said.append(text)
            self._length += len(text)

    def _is_full(self) -> bool:
        """Deafens itself. Not while it is told text: expat would tell the same text again."""
        if self._length < self._most:
            return False
        self._parser.StartElementHandler = None
        self._parser.EndElementHandler = None
        self._parser.CharacterDataHandler = None
        return True


class Words(_Hearing):
    """Running text with its lines: bodies, headers, notes, text boxes, lists of strings."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._passing = 0  # how deep in something that is passed over
        self._choices: list[int] = []  # how much was said before each choice between two drawings

    def attach(self, parser: expat.XMLParserType) -> None:
        super().attach(parser)
        parser.EndElementHandler = self._end

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        name = local(name)
        if self._is_full():
            return
        if self._passing or name in PASSED_OVER or self._is_said_already(name):
            self._passing += 1
        elif name == "t":
            self._parser.CharacterDataHandler = self._say
        elif name in SIGNS:
            self._say(SIGNS[name])
        elif name == "AlternateContent":
            self._choices.append(self._length)

    def _is_said_already(self, name: str) -> bool:
        """A text box is stored twice, once for older programs."""
        return name == "Fallback" and bool(self._choices) and self._length > self._choices[-1]

    def _end(self, name: str) -> None:
        name = local(name)
        if self._passing:
            self._passing -= 1
        elif name == "t":
            self._parser.CharacterDataHandler = None
        elif name in LINES:
            self._say("\n")
        elif name == "AlternateContent" and self._choices:
            self._choices.pop()


class Cells(_Hearing):
    """One sheet: strings that stand in their cells, results of formulas, and the page margins."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._margins = ""
        self._inside = False  # a cell with a string of its own, or a margin
        self._before = b""

    def margins(self) -> str:
        return MARGIN_CODE.sub(" ", self._margins).strip()

    def expect(self, piece: bytes) -> None:
        """A hundred thousand cells of numbers are not listened to one by one."""
        near = self._before + piece
        self._before = piece[-LONGEST_TAG:]
        if not self._inside:
            may_speak = b"\0" in piece or any(word in near for word in SPEAKING)
            self._parser.StartElementHandler = self._start if may_speak else None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name in MARGINS or (name == "c" and attributes.get("t") in {"str", "inlineStr"}):
            self._inside = True
            self._parser.EndElementHandler = self._end
        if self._inside and (name in MARGINS or name in {"v", "t"}):
            heard = self._margin if name in MARGINS else self._say
            self._parser.CharacterDataHandler = heard

    def _end(self, name: str) -> None:
        """A cell is one line, however many pieces its string was styled in."""
        self._parser.CharacterDataHandler = None
        if local(name) in {"c", *MARGINS}:
            self._inside = False
            self._parser.EndElementHandler = None
            self._say("\n")

    def _margin(self, text: str) -> None:
        self._margins = (self._margins + text + " ")[: self._most]


class SheetNames(_Hearing):
    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            self._say(attributes.get("name", "") + "\n")
