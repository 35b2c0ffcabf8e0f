"""How far each paper of the demonstration gets, when, and through whose hands.

For the show-case office the last weeks are written down in `monday.toml`; all else is thrown with
dice, the same for one office and one day.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from documents.models import State
from home.demo import letters
from home.demo.clock import Days
from home.demo.letters import Letter, Paper
from home.demo.people import SHOW_CASE, Office
from home.demo.places import table
from home.demo.staff import Staff

SEED = 7
A_YEAR = timedelta(days=364)
COUNTS = {  # of papers in twelve months
    "云川省人民检察院": 45,
    "澜江市人民检察院": 48,
    "青岭县人民检察院": 110,
    "白石县人民检察院": 28,
    "霁陵市人民检察院": 30,
    "竹坞县人民检察院": 20,
    "榆津县人民检察院": 20,
}
FOR_READING = {"通报", "纪要", "公告", "通告"}  # kinds that mostly want no more than to be known
UNDISTURBED = 14  # working days before Monday, for which what came is written down
RECENT = 9  # papers that came in those days to each other office


@dataclass(frozen=True)
class Way:
    """The way of one paper. People and departments by name; days are working days."""

    came: date
    at: int  # minutes after the office opened
    lead: str
    leaders: Sequence[str]
    goal: State = State.CLOSED
    instructed_by: Sequence[str] = ()  # leaders who have, while others have not
    assisting: Sequence[str] = ()
    handler: str = ""  # nobody: the head keeps it
    readers: Sequence[str] = ()
    unread_by: Sequence[str] = ()
    reported_by: Sequence[str] = ()  # departments that have, while others have not
    reported: int | None = None  # days before the last one
    early: int = 1  # else: days before the deadline, after it when negative
    closed: int = 1  # days after the last report
    wanted: int | None = None  # by the sender, so many days after Monday
    is_sensitive: bool = False
    is_for_reading: bool = False  # 阅件: no department handles it
    in_order: bool = False  # leaders, or readers of a paper for reading, one after the other


@dataclass(frozen=True)
class Planned:
    letter: Letter
    way: Way | None  # None: thrown with dice once the people are known


def planned(office: Office, days: Days) -> list[Planned]:
    """The papers of one office, in order of the dates they bear."""
    lately = days.ago(UNDISTURBED)
    ways: dict[str, Way | None] = {}
    if office == SHOW_CASE:
        written = _written_down(office, days)
        found = [letter for letter, _ in written]
        ways |= {letter.title: way for letter, way in written}
    else:
        found = letters.drawn(office.place, RECENT, SEED, lately, days.ago(1))
    known = {letter.title for letter in found}
    older = letters.drawn(
        office.place, COUNTS[office.name], SEED, days.last - A_YEAR, days.ago(UNDISTURBED + 2)
    )
    older = [letter for letter in older if letter.title not in known]
    found += older[: COUNTS[office.name] - len(found)]
    return [Planned(letter, ways.get(letter.title)) for letter in letters.numbered(found)]


def _written_down(office: Office, days: Days) -> list[tuple[Letter, Way]]:
    dice = random.Random(f"Monday {days.morning}")  # noqa: S311 demonstration, no secret
    found = []
    for row in table("monday.toml")["paper"]:
        row = dict(row)
        way = _way(row.pop("way"), days, dice)
        written = days.later(way.came, -dice.randint(1, 2))
        found.append((letters.write(Paper(**row, tail=False), written, office.place, dice), way))
    return found


def _way(row: dict[str, Any], days: Days, dice: random.Random) -> Way:
    names = {each.name for each in fields(Way)}
    assert set(row) <= names, set(row) - names
    row = {"at": dice.randint(5, 110), "lead": "", "leaders": (), **row}
    return Way(**row | {"came": days.ago(row["came"]), "goal": State(row.get("goal", "closed"))})


def thrown(letter: Letter, office: Staff, days: Days, dice: random.Random) -> Way:
    """A way for a paper nobody wrote one down for."""
    came = days.later(letter.written_on, dice.randint(1, 3))
    lead = office.lead_for(letter.title)
    chief = office.leaders[0]
    leader = office.leader_of(lead) if dice.random() < 0.6 else chief
    leaders = [leader.user.name]
    if leader != chief and dice.random() < 0.15:
        leaders.insert(0, chief.user.name)
    others = [name for name in office.heads if name != lead]
    if letter.kind in FOR_READING and dice.random() < 0.7:
        return _to_be_read(min(came, days.last), office, dice)
    colleagues = office.colleagues(office.heads[lead])
    assisting = dice.sample(others, 1) if dice.random() < 0.12 else []
    return Way(
        came=min(came, days.last),
        at=dice.randint(5, 110),
        lead=lead,
        leaders=leaders,
        assisting=assisting,
        handler=dice.choice(colleagues).user.name if dice.random() < 0.65 else "",
        readers=[
            office.heads[name].user.name
            for name in dice.sample(others, dice.choice([0, 0, 1, 1, 2]))
            if name not in assisting
        ],
        early=dice.choice([0, 1, 1, 2, 2, 3, 4, 5, -1]),
    )


def _to_be_read(came: date, office: Staff, dice: random.Random) -> Way:
    heads = [post.user.name for post in office.heads.values()]
    readers = [office.leaders[0].user.name, *dice.sample(heads, min(3, len(heads)))]
    return Way(
        came=came,
        at=dice.randint(5, 110),
        lead="",
        leaders=(),
        readers=list(dict.fromkeys(readers)),
        is_for_reading=True,
        in_order=dice.random() < 0.5,
    )
