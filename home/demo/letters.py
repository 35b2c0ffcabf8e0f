"""Believable papers that reach the office of an invented procuratorate, the same for one seed.

What the papers say stands in `papers/`, who sends them in `senders.toml`. A clock is never asked:
whoever wants no paper from the future says until when.
"""

import random
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from home.demo.places import Place, table
from home.demo.slots import slots, workdays

SENDER_CLASSES = (
    "superior",
    "party",
    "congress",
    "government",
    "cppcc",
    "justice",
    "subordinate",
    "other",
)
KINDS = ("通知", "函", "请示", "报告", "通报", "意见", "纪要", "批复")
URGENCIES = ("", "加急", "特急")

_PARAGRAPHS = (3, 8)


@dataclass(frozen=True)
class Letter:
    """`sender_number` is the 发文字号; `signed_by` is filled on papers that go upwards only."""

    sender: str
    sender_class: str
    sender_number: str
    title: str
    kind: str
    written_on: date
    urgency: str
    addressee: str
    paragraphs: tuple[str, ...]
    signer_org: str
    copies_to: str
    signed_by: str = ""


@dataclass(frozen=True)
class _Sender:
    name: str
    sender_class: str
    codes: dict[str, str]
    copies: Sequence[str]
    audience: str = "{own}"
    tails: Sequence[str] = ("",)
    only: Sequence[str] = ()


@dataclass(frozen=True)
class Paper:
    """What a paper says, before it has a receiver and a day."""

    sender: str
    kind: str
    title: str
    text: Sequence[str]
    months: Sequence[int] = tuple(range(1, 13))
    urgency: str = ""
    only: Sequence[str] = ()  # levels it is for; none: all
    to: str = ""
    tail: bool = True  # may end with what its sender often asks for


def letters(place: Place, count: int, seed: int, since: date, until: date) -> list[Letter]:
    """Papers to the procuratorate of `place`, in order of date."""
    return numbered(drawn(place, count, seed, since, until))


def drawn(place: Place, count: int, seed: int, since: date, until: date) -> list[Letter]:
    """Without running numbers yet: `sender_number` is still the bare 机关代字.

    Titles repeat only when there are more papers than things to say.
    """
    rng = random.Random(f"{since}/{seed}/{place}")  # noqa: S311 demonstration, no secret
    days = workdays(since, until)
    papers = [paper for paper in _papers() if _reaches(paper, place) and _days(paper, days)]
    written: list[Letter] = []
    seen: set[str] = set()
    deck: list[Paper] = []
    misses = 0
    while papers and len(written) < count:
        if not deck:
            deck = rng.sample(papers, len(papers))
        paper = deck.pop()
        letter = write(paper, rng.choice(_days(paper, days)), place, rng)
        if letter.title in seen and misses < 3 * len(papers):
            misses += 1
            continue
        if letter.title not in seen:
            misses = 0
        seen.add(letter.title)
        written.append(letter)
    return written


@cache
def _papers() -> tuple[Paper, ...]:
    files = sorted(Path(__file__).with_name("papers").glob("*.toml"))
    rows = (row for file in files for row in tomllib.loads(file.read_text("utf-8"))["paper"])
    return tuple(Paper(**row) for row in rows)


@cache
def _sender(key: str) -> _Sender:
    return _Sender(**table("senders.toml")["senders"][key])


def _reaches(paper: Paper, place: Place) -> bool:
    wanted = paper.only or _sender(paper.sender).only
    return not wanted or place.level in wanted


def _days(paper: Paper, days: Sequence[date]) -> list[date]:
    return [day for day in days if day.month in paper.months]


def write(paper: Paper, day: date, place: Place, rng: random.Random) -> Letter:
    """One paper without its running number: `sender_number` is still the bare 机关代字."""
    sender = _sender(paper.sender)
    words = place.words(paper.sender, rng) | slots(day, rng)
    words["sender"] = sender.name.format_map(words)
    text = _paragraphs(paper, sender, rng)
    going_up = paper.kind in ("请示", "报告")
    to = paper.to or ("{own}" if going_up or paper.kind in ("函", "批复") else sender.audience)
    return Letter(
        sender=words["sender"],
        sender_class=sender.sender_class,
        sender_number=sender.codes[paper.kind].format_map(words),
        title=paper.title.format_map(words),
        kind=paper.kind,
        written_on=day,
        urgency=paper.urgency or _urgency(paper, rng),
        addressee="" if paper.kind == "纪要" else to.format_map(words).format_map(words),
        paragraphs=tuple(paragraph.format_map(words) for paragraph in text),
        signer_org=words["sender"],
        copies_to=rng.choice(sender.copies).format_map(words),
        signed_by=words["lower_chief"] if going_up else "",
    )


def _urgency(paper: Paper, rng: random.Random) -> str:
    """Only a paper that wants something within days is marked urgent, and not every one."""
    within_days = any("{deadline_short}" in paragraph for paragraph in paper.text)
    return rng.choice(("", "加急")) if within_days else ""


def _paragraphs(paper: Paper, sender: _Sender, rng: random.Random) -> list[str]:
    """The text of the paper, sometimes a last request, and the phrase such a paper ends with."""
    fewest, most = _PARAGRAPHS
    text = list(paper.text)
    names_a_day = any("{deadline" in paragraph for paragraph in text)
    tail = rng.choice(sender.tails)
    fits = paper.tail and not (names_a_day and "{deadline" in tail)
    if fits and paper.kind in ("通知", "意见", "通报"):
        text.append(tail)
    ending = "复函" if paper.title.endswith("复函") else paper.kind
    closings = table("senders.toml")["closings"].get(ending, [""])
    text = [paragraph for paragraph in text if paragraph]
    text.append(closings[0] if len(text) < fewest else rng.choice(closings))
    return [paragraph for paragraph in text if paragraph][:most]


def numbered(written: Iterable[Letter]) -> list[Letter]:
    """In order of date; each series runs upwards through the year, with gaps: the rest went to
    other offices."""
    last: dict[tuple[str, int], int] = {}
    found = []
    for letter in sorted(written, key=lambda letter: letter.written_on):
        code, year = letter.sender_number, letter.written_on.year
        dice = random.Random(f"{code}/{letter.title}/{letter.written_on}")  # noqa: S311 no secret
        last[code, year] = last.get((code, year), 3 * letter.written_on.month) + dice.randint(1, 5)
        found.append(replace(letter, sender_number=f"{code}〔{year}〕{last[code, year]}号"))
    return found
