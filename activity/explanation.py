"""怎么算的: how a deadline was counted, said from what is stored beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import ngettext

from activity.models import Assignment, Event, Outcome
from activity.models.assignment import TAKEN_BACK
from activity.recount import MOVED, STAYED, whose
from activity.trail import Line
from organization.calendar import WEEKEND
from organization.deadlines import Deadline
from organization.models import Direction, Unit

CHANGES = {MOVED, STAYED}  # verbs that change a deadline; whoever extends one adds its own


@dataclass(frozen=True)
class Stretch:
    """Days off that follow each other and have one name."""

    name: str
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Explanation:
    """One deadline in the parts that a page puts into words."""

    deadline: Deadline
    allowed: str  # the time the rule gives
    holidays: list[Stretch]
    weekend_days: int
    moved_from: date | None  # where the count ended, on a day off

    @property
    def is_exact(self) -> bool:
        """Hours end at a time of day, all else with the day."""
        return self.deadline.unit == Unit.HOUR and not self.deadline.by_hand

    @property
    def is_counted_back(self) -> bool:
        return self.deadline.direction == Direction.BEFORE

    @property
    def was_another(self) -> bool:
        return self.deadline.first_due_on != self.deadline.due_on


@dataclass(frozen=True)
class Card:
    """How the deadline of one department, or of several, was counted and what became of it."""

    whose: list[str]
    how: Explanation
    chosen_by: Event | None  # the act in which a person chose the last day
    changes: list[Line]


def explain(deadline: Deadline) -> Explanation:
    moves = deadline.unit in {Unit.CALENDAR_DAY, Unit.MONTH} and not deadline.by_hand
    end = 0 if deadline.direction == Direction.AFTER else -1
    return Explanation(
        deadline=deadline,
        allowed=_allowed(deadline.count, deadline.unit),
        holidays=_stretches(day for day in deadline.skipped if day[1] != WEEKEND),
        weekend_days=sum(why == WEEKEND for _day, why in deadline.skipped),
        moved_from=deadline.skipped[end][0] if moves and deadline.skipped else None,
    )


def cards(record: Any, lines: Iterable[Line]) -> list[Card]:
    """Each deadline of the work on a record, open or done: one query. `lines` is its trail."""
    rows = list(
        Assignment.objects.about(record)
        .filter(deadline__isnull=False)
        .select_related("department", "post__user", "opening_event__user")
        .order_by("pk")
    )
    over = {*TAKEN_BACK, Outcome.MOVED, Outcome.RETURNED}
    shared: dict[Deadline, list[Assignment]] = {}
    for row in rows:
        if row.outcome not in over:
            shared.setdefault(Deadline.from_json(row.deadline or {}), []).append(row)
    changes = [line for line in lines if line.event.verb in CHANGES]
    return [
        Card(
            whose=list(dict.fromkeys(whose(row) for row in those)),
            how=explain(deadline),
            chosen_by=_chosen_by(deadline, rows),
            changes=[line for line in changes if _concerns(line, those)],
        )
        for deadline, those in shared.items()
    ]


def _chosen_by(deadline: Deadline, rows: Iterable[Assignment]) -> Event | None:
    """Work that is passed on keeps when it began: the first such row came with the choice.

    A last day that was extended afterwards is said by the change.
    """
    if not deadline.by_hand or deadline.first_due_on != deadline.due_on:
        return None
    began = deadline.starts_at.isoformat()
    return next(
        row.opening_event for row in rows if row.deadline and row.deadline["starts_at"] == began
    )


def _concerns(line: Line, rows: Iterable[Assignment]) -> bool:
    """A change says whose deadline it was; one that does not say it concerns them all."""
    holder = line.event.details.get("holder")
    return holder is None or holder in {whose(row) for row in rows}


def _allowed(count: int, unit: str) -> str:
    words = {
        Unit.HOUR: ngettext("%(count)s hour", "%(count)s hours", count),
        Unit.CALENDAR_DAY: ngettext("%(count)s calendar day", "%(count)s calendar days", count),
        Unit.WORKING_DAY: ngettext("%(count)s working day", "%(count)s working days", count),
        Unit.MONTH: ngettext("%(count)s month", "%(count)s months", count),
    }
    return words[Unit(unit)] % {"count": count}


def _stretches(days: Iterable[tuple[date, str]]) -> list[Stretch]:
    found: list[Stretch] = []
    for day, name in sorted(days):
        if found and found[-1].name == name and day - found[-1].last == timedelta(days=1):
            found[-1] = Stretch(name, found[-1].first, day)
        else:
            found.append(Stretch(name, day, day))
    return found
