"""Who must have been reminded of what, and when: counted anew, with no code of the product.

The ladder in force: the holder hears of it five, three and one working day before, on the day,
and on every working day it is late; the head of the department on the first late day; the leader
in charge on the third. On a day off nobody hears anything. What was missed is written as skipped,
all but the newest stage of each person.
"""

from dataclasses import dataclass
from datetime import date, timedelta

BEFORE = (-5, -3, -1, 0)  # holder
HEAD_FROM, LEADER_FROM = 1, 3
DAYS_OFF = {date(2026, 4, 4), date(2026, 4, 5), date(2026, 4, 6)}  # 清明节
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Work:
    """One open assignment: whose it is, since when, until when."""

    row: int
    began_on: date
    due_on: date
    holder: str
    head: str
    leader: str = ""  # empty: no leader is in charge of this department


def is_workday(day):
    return day.weekday() < 5 and day not in DAYS_OFF


def stage(due_on, day):
    """Working days from the due date to `day`; negative while it is ahead."""
    first, last = min(due_on, day), max(due_on, day)
    between = (first + ONE_DAY * number for number in range(1, (last - first).days + 1))
    count = sum(is_workday(one) for one in between)
    return count if day > due_on else -count


def reminders(works, looked_on):
    """{(row, due date, stage, who, outcome, day)} after somebody looked on each of these days."""
    return set(_lines(works, looked_on))


def mornings(works, looked_on):
    """{(who, day)}: one message a person and day on which something new was said to them."""
    lines = _lines(works, looked_on)
    return {(who, day) for _row, _due_on, _stage, who, outcome, day in lines if outcome == "sent"}


def _lines(works, looked_on):
    for work in works:
        seen = stage(work.due_on, work.began_on)
        for day in filter(is_workday, sorted(looked_on)):
            now = stage(work.due_on, day)
            for who, owed in _owed(work, seen, now).items():
                for one in owed:
                    outcome = "sent" if one == max(owed) else "skipped"
                    yield work.row, work.due_on, one, who, outcome, day
            seen = now


def _owed(work, seen, now):
    """The stages after `seen` up to `now`, by person; nobody hears one stage twice."""
    owed = {}
    for one in range(seen + 1, now + 1):
        told = {work.holder} if one in BEFORE or one > 0 else set()
        told |= {work.head} if one == HEAD_FROM else set()
        told |= {work.leader} - {""} if one == LEADER_FROM else set()
        for who in told:
            owed.setdefault(who, []).append(one)
    return owed
