"""Who hears the words in the parts of office papers: no more of them than is asked for."""

from __future__ import annotations

import re
from xml.parsers import expat

from attachments.reading.markup import Listener, attribute, local
from attachments.reading.running import COMMANDS, Fields

# Tab stops are no tabs; moved text stands elsewhere again; readings are not the word itself.
PASSED_OVER = {"pPr", "rPr", "sectPr", "tblPr", "moveFrom", "rPh", "phoneticPr"}
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
LINES = {"p", "si", "comment"}
MARGINS = {"oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"}
# In margins of a sheet: &C (where), &P (page), &"font", &K000000 (colour), &14 (size).
MARGIN_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z+-])')
NUMBERS = {"n", "s", "b", "e", "d"}  # cells that hold a number, or the place of a string
STAR = "★"
STARS = str.maketrans(dict.fromkeys("\uf0ab\uf0b6\uf0ac\uf0ad\uf0ae\uf0af", STAR))
# In fonts of signs, by the last byte of the number; Wingdings 2 has a row of them.
STAR_BYTES = {
    "wingdings": {*range(0xAA, 0xB1), 0xB6},
    "wingdings 2": set(range(0xE8, 0xF9)),
    "webdings": {0xEA},
}


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
        return "".join(self._said)[: self._most].translate(STARS)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        raise AssertionError(name)  # each kind of part has its own

    def _say(self, text: str) -> None:
        if self._length < self._most:
            self._said.append(text)
            self._length += len(text)


class Words(_Hearing):
    """Running text with its lines: bodies, headers, notes, text boxes, lists of strings."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._passing = 0  # how deep in something that is passed over
        self._drawings: list[int] = []  # how many pieces were said before each drawing
        self._again: list[int] = []  # and before what older programs see of it
        self._fields = Fields()

    def attach(self, parser: expat.XMLParserType) -> None:
        super().attach(parser)
        self._fields.attach(parser)
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if self._length >= self._most:
            # Not while it is told text: expat would tell the same text again.
            self._fields.take_over()
            self._fields.alone(name, attributes)
        elif name in COMMANDS:
            self._fields.start(name, attributes)
        elif self._passing or name in PASSED_OVER:
            self._passing += 1
        elif name == "t":
            self._parser.CharacterDataHandler = self._say
        elif name in SIGNS:
            self._say(SIGNS[name])
        elif name == "sym":
            self._say(_sign(attribute(attributes, "font"), attribute(attributes, "char")))
        elif name == "textpath":
            self._say(f"\n{attribute(attributes, 'string')}\n")
        else:
            self._start_drawing(name)

    def _start_drawing(self, name: str) -> None:
        if name == "AlternateContent":
            self._drawings.append(len(self._said))
        elif name == "Fallback" and self._drawings:
            self._again.append(len(self._said))

    def _end(self, name: str) -> None:
        name = local(name)
        if name in COMMANDS:
            self._parser.CharacterDataHandler = None
        elif self._passing:
            self._passing -= 1
        elif name == "t":
            self._parser.CharacterDataHandler = None
        elif name in LINES:
            self._say("\n")
        elif name == "Fallback" and self._again:
            self._forget_said_twice(self._again.pop())
        elif name == "AlternateContent" and self._drawings:
            self._drawings.pop()

    def _forget_said_twice(self, start: int) -> None:
        """A text box is stored twice, once for older programs. What differs is heard twice."""
        before, again = self._said[self._drawings[-1] : start], "".join(self._said[start:])
        if again in "".join(before):
            del self._said[start:]
            self._length -= len(again)


class Cells(_Hearing):
    """One sheet: strings that stand in their cells, results of formulas, and the page margins."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._margins = ""
        self._speaks = False  # the cell holds a string of its own

    def margins(self) -> str:
        return MARGIN_CODE.sub(" ", self._margins).strip()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Called for millions of cells."""
        if ":" in name:
            name = local(name)
        if name == "c":
            self._speaks = "t" in attributes and attributes["t"] not in NUMBERS
        elif name == "t" or (name == "v" and self._speaks):
            self._parser.CharacterDataHandler = self._say
            self._parser.EndElementHandler = self._end
        elif name in MARGINS:
            self._parser.CharacterDataHandler = self._margin
            self._parser.EndElementHandler = self._end

    def _end(self, name: str) -> None:
        """A cell is one line, however many pieces its string was styled in."""
        self._parser.CharacterDataHandler = None
        if local(name) in {"c", *MARGINS}:
            self._parser.EndElementHandler = None
            self._say("\n")

    def _margin(self, text: str) -> None:
        self._margins = (self._margins + text + " ")[: self._most]


class SheetNames(_Hearing):
    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            self._say(attributes.get("name", "") + "\n")


def _sign(font: str, char: str) -> str:
    """A sign that Word took from a font of signs; a star is a star in all of them."""
    try:
        number = int(char, 16)
        stars = STAR_BYTES.get(font.strip().lower(), set())
        is_byte = number < 0x100 or 0xF000 <= number < 0xF100
        return STAR if is_byte and number & 0xFF in stars else chr(number)
    except (ValueError, OverflowError):
        return ""
