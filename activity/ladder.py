"""Which stages of the reminder ladder are owed. Pure functions of dates; no clock, no query."""

from collections.abc import Container, Iterable
from datetime import date

from activity.models import LadderStage
from organization.calendar import Calendar


def stage_on(due_on: date, today: date, calendar: Calendar) -> int:
    """How many working days `today` is past the last day: negative before it, 0 on it.

    For work due on a day off, the last working day before it is 0 and the next one is 1. A day
    off counts as the working day before it.
    """
    return -calendar.workdays_left(today, due_on)


def owed(
    ladder: Iterable[LadderStage], audiences: Container[str], began: int, now: int
) -> list[int]:
    """The stages after `began` up to and with `now`, in order: what these audiences should have."""
    stages: set[int] = set()
    for rung in ladder:
        if rung.audience in audiences:
            last = now if rung.repeats else min(rung.stage, now)
            stages.update(range(max(rung.stage, began + 1), last + 1))
    return sorted(stages)


def reach(ladder: Iterable[LadderStage], today: date, calendar: Calendar) -> date:
    """The first last day that is too far off for any stage to be owed today."""
    earliest = min((rung.stage for rung in ladder), default=0)
    return calendar.add_workdays(today, max(0, -earliest) + 1)
