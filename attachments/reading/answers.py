"""What is found out about a file, or why it is not taken. The caller has the sentences."""

from __future__ import annotations

from dataclasses import dataclass

CODES = {
    "empty": "no bytes",
    "too_large": "more bytes than `limit`",
    "no_ending": "the name has no ending",
    "wrong_ending": "the name ends in `ending`, which is not one of those of `kind`",
    "unknown_kind": "none of the kinds we take",
    "damaged": "of this `kind`, but its own reader cannot make sense of it",
    "password": "needs a password, or is encrypted in another way",
    "macros": "an office file with macros",
    "active_content": "runs when opened (page, script, program), or holds such a file `part`",
    "polyglot": "two kinds at once: a package hangs behind what it seems to be",
    "bomb": "packed too tightly, into too many or too large parts, or package within package",
    "unsafe_names": "a part of the package has a name that leads elsewhere, or two have the same",
    "doctype": "XML with a document type, the door to other files and to explosions",
    "no_pages": "nothing to see",
    "too_many_pages": "more pages or frames than `limit`",
    "too_many_pixels": "a picture of more than `limit` megapixels",
    "timeout": "not read in the time there is",
    "unavailable": "no answer: the child did not start, or died (memory, crash); `reason`",
}

MAX_PAGES = 500
MEGAPIXELS = 50
FIRST_PAGES = 2  # what the gate reads of a file with pages
FIRST_CHARACTERS = 4_000  # what it reads of a file without
MOST_CHARACTERS_FIRST = 20_000  # of the first pages, however full they are
A_FEW = 20  # letters beside a picture: the stamp of a scanning program, not the paper's text
MOST_CHARACTERS = 2_000_000  # of the whole text; the rest is cut


@dataclass(frozen=True)
class Found:
    kind: str
    pages: int | None  # known for PDF and pictures
    text: str  # of the first two pages, or the first 4,000 characters where there are no pages
    readable: bool  # whether its text says what is seen: not so for scans, pictures and .doc

    @property
    def is_whole(self) -> bool:
        """It has no further pages, so `text` is all it says."""
        short = self.pages is not None and self.pages <= FIRST_PAGES
        return short and len(self.text) < MOST_CHARACTERS_FIRST


class Refused(Exception):
    """A file that is not taken: one of CODES, and the values its sentence needs."""

    def __init__(self, code: str, **values: int | str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: dict[str, int | str] = values


@dataclass(frozen=True)
class Job:
    """What the child is asked about one file."""

    ending: str
    limit: int | None  # bytes of the largest upload; None when it was taken in before
    whole: bool  # the whole text, not only what the gate reads
    seconds: int  # of processor time, and on our side of the clock
    parent: int  # the process that asks; nobody works for one that is gone
