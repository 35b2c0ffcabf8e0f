"""What in an office paper starts a program, or fetches another file, when it is opened."""

from __future__ import annotations

import re
from xml.parsers import expat

from attachments.reading.answers import Refused
from attachments.reading.markup import Listener, attribute, local

# Fetched or run without asking; a plain link is followed only by the person who clicks on it.
FETCHED = {"attachedtemplate", "oleobject", "frame", "subdocument", "externallinkpath"}
COMMANDS = {"instrText", "fldChar", "fldSimple"}
DDE = re.compile(r"dde(auto)?\b", re.IGNORECASE)
BEFORE_COMMAND = ' \t\r\n"'
LONGEST_COMMAND = 20
LINKS_TO_PROGRAMS = {"ddeLink", "oleLink"}
ACTIVE_IN_DRAWING = {"script", "handler", "foreignObject", "iframe", "embed", "object", "html"}
BLANKS = re.compile(r"[\x00-\x20]")


class Relations(Listener):
    """One list of relations: nothing outside the package but plain links and pictures."""

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode", "").strip().lower() != "external":
            return
        kind = attributes.get("Type", "").strip().lower()
        if kind.rpartition("/")[2] in FETCHED or "xlexternallinkpath" in kind:
            raise Refused("active_content", part=attributes.get("Target", "")[-100:])


class Links(Listener):
    """A table's link to another file: none to a running program."""

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if local(name) in LINKS_TO_PROGRAMS:
            raise Refused("active_content", part=local(name))


class Drawing(Listener):
    """An SVG picture that only draws."""

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        runs = local(name) in ACTIVE_IN_DRAWING or any(
            local(key).lower().startswith("on") or _is_script(value)
            for key, value in attributes.items()
        )
        if runs:
            raise Refused("active_content", part=local(name)[:100])


class Fields:
    """The commands of fields in running text, though their letters be spread over many runs."""

    def __init__(self) -> None:
        self._commands = [""]  # of the fields that are open, one within another

    def attach(self, parser: expat.XMLParserType) -> None:
        self._parser = parser

    def take_over(self) -> None:
        """From here on nobody hears the words any more, only the commands."""
        self._parser.StartElementHandler = self.alone
        self._parser.CharacterDataHandler = None
        self._parser.EndElementHandler = None

    def alone(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) in COMMANDS:
            self.start(local(name), attributes)
            self._parser.EndElementHandler = self._end

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "instrText":
            self._parser.CharacterDataHandler = self._hear
        elif name == "fldSimple":
            _refuse_command(attribute(attributes, "instr").lstrip(BEFORE_COMMAND))
        elif attribute(attributes, "fldCharType") == "begin":
            self._commands.append("")
        elif attribute(attributes, "fldCharType") == "end" and len(self._commands) > 1:
            self._commands.pop()

    def _end(self, _name: str) -> None:
        self._parser.CharacterDataHandler = None
        self._parser.EndElementHandler = None

    def _hear(self, text: str) -> None:
        said = (self._commands[-1] + text).lstrip(BEFORE_COMMAND)[:LONGEST_COMMAND]
        self._commands[-1] = said
        _refuse_command(said)


def _refuse_command(said: str) -> None:
    if DDE.match(said):
        raise Refused("active_content", part="DDE")


def _is_script(value: str) -> bool:
    return BLANKS.sub("", value[:100]).lower().startswith(("javascript:", "vbscript:", "data:text"))
