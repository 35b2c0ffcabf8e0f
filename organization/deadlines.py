"""How a deadline is counted. Pure functions of dates: the caller passes the start.

Periods of days, months and years: 民法典 第二百条至第二百零四条. The start day is not counted; a
month ends on the day of the same number, or on its last; a last day that is no working day is
moved to the next one. Working days are never moved, because they end on one. Hours are exact.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from organization.calendar import Calendar
from organization.models import DeadlineRule, Direction, Unit

OFFICE_TIME = ZoneInfo("Asia/Shanghai")
END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Deadline:
    """A computed deadline with its explanation: what was counted, from when, over which days."""

    rule: str
    starts_at: datetime
    count: int
    unit: str
    basis: str
    due_on: date
    due_at: datetime
    warn_on: date  # the last working day on or before the date before it was moved
    first_due_on: date  # never changes, whatever is extended later
    skipped: tuple[tuple[date, str], ...] = ()
    stopped_days: int = 0
    unknown_years: tuple[int, ...] = ()  # counted as a plain week: no notice was loaded yet
    direction: str = Direction.AFTER.value
    rolls: bool = True
    by_hand: bool = False  # the last day was chosen by a person; the rule only proposed one

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Deadline":
        """What `as_json` gave. Older explanations do not say whether a person chose the day."""
        known = {name: stored[name] for name in _NAMES if name in stored}
        for name in _DAYS:
            known[name] = date.fromisoformat(known[name])
        for name in _MOMENTS:
            known[name] = datetime.fromisoformat(known[name])
        known["skipped"] = tuple((date.fromisoformat(day), why) for day, why in known["skipped"])
        known["unknown_years"] = tuple(known.get("unknown_years", ()))
        read = cls(**known)
        return read if "by_hand" in stored else replace(read, by_hand=not _leads_there(read))

    @property
    def start(self) -> date:
        """The day it is counted from, in the office's own time; itself not counted."""
        return self.starts_at.astimezone(OFFICE_TIME).date()

    def as_json(self) -> dict[str, Any]:
        """The explanation as it is stored beside the assignment."""
        plain = asdict(self)
        plain["skipped"] = [[day.isoformat(), why] for day, why in self.skipped]
        plain["unknown_years"] = list(self.unknown_years)
        for name in (*_DAYS, *_MOMENTS):
            plain[name] = plain[name].isoformat()
        return plain

    def set_by_hand(self, due_on: date, calendar: Calendar) -> "Deadline":
        """The same work with a last day chosen by the person who hands it out."""
        if due_on == self.due_on:
            return self
        chosen = replace(
            self, due_on=due_on, due_at=end_of(due_on), first_due_on=due_on, by_hand=True
        )
        return _looked_at_again(chosen, calendar)

    def extended(self, due_on: date, calendar: Calendar) -> "Deadline":
        """A later last day was granted; the first one is kept."""
        return replace(self.set_by_hand(due_on, calendar), first_due_on=self.first_due_on)


_NAMES = frozenset(field.name for field in fields(Deadline))
_DAYS = ("due_on", "warn_on", "first_due_on")
_MOMENTS = ("starts_at", "due_at")


def compute(rule: DeadlineRule, starts_at: datetime, calendar: Calendar) -> Deadline:
    """When something that starts at `starts_at` (aware) must be done by, under `rule`."""
    sign = 1 if rule.direction == Direction.AFTER else -1
    start = starts_at.astimezone(OFFICE_TIME).date()
    exact = starts_at + timedelta(hours=sign * rule.count)
    unrolled = _unrolled(rule, start, sign, exact, calendar)
    due_on = _rolled(rule, unrolled, sign, calendar)
    low, high = min(start, due_on), max(start, due_on)
    return Deadline(
        rule=rule.code,
        starts_at=starts_at,
        count=rule.count,
        unit=rule.unit,
        basis=rule.basis,
        due_on=due_on,
        due_at=exact if rule.unit == Unit.HOUR else end_of(due_on),
        warn_on=calendar.workday_on_or_before(unrolled),
        first_due_on=due_on,
        skipped=_skipped(rule, low, high, unrolled, due_on, calendar),
        unknown_years=calendar.unknown_years(low, high),
        direction=str(rule.direction),
        rolls=rule.rolls,
    )


def recounted(deadline: Deadline, calendar: Calendar) -> Deadline:
    """The same work by the rule as it was counted then, over the calendar as it is now.

    The first last day never changes. One that a person chose stays; only what is said of it
    (skipped days, when to warn) is looked at again.
    """
    if deadline.by_hand:
        return _looked_at_again(deadline, calendar)
    rule = DeadlineRule(
        code=deadline.rule,
        count=deadline.count,
        unit=deadline.unit,
        direction=deadline.direction,
        rolls=deadline.rolls,
        basis=deadline.basis,
    )
    again = compute(rule, deadline.starts_at, calendar)
    return replace(again, first_due_on=deadline.first_due_on, stopped_days=deadline.stopped_days)


class ChangedDay(NamedTuple):
    """A day that has become a working day, or a day off, since a deadline was counted."""

    day: date
    is_workday: bool
    name: str


def changed_days(old: Deadline, new: Deadline, calendar: Calendar) -> tuple[ChangedDay, ...]:
    """Why `new`, recounted over `calendar`, is another one than `old`: the days that changed."""
    known, low, high = dict(old.skipped), min(old.start, old.due_on), max(old.start, old.due_on)
    off = [
        ChangedDay(day, False, why)
        for day, why in new.skipped
        if day not in known and low <= day <= high
    ]
    on = [
        ChangedDay(day, True, calendar.days.get(day, (True, ""))[1])
        for day in known
        if calendar.is_workday(day)
    ]
    return tuple(sorted(off + on))


def end_of(day: date) -> datetime:
    """The last second of a day in the office's own time."""
    return datetime.combine(day, END_OF_DAY, tzinfo=OFFICE_TIME)


def _looked_at_again(chosen: Deadline, calendar: Calendar) -> Deadline:
    """What is said of a last day that a person chose."""
    low, high = min(chosen.start, chosen.due_on), max(chosen.start, chosen.due_on)
    return replace(
        chosen,
        warn_on=calendar.workday_on_or_before(chosen.due_on),
        skipped=calendar.skipped(low, high),
        unknown_years=calendar.unknown_years(low, high),
    )


def _leads_there(read: Deadline) -> bool:
    """Whether the count and the skipped days of an explanation end on its last day."""
    off = {day for day, _why in read.skipped}
    if read.unit == Unit.HOUR:
        return read.due_at == read.starts_at + timedelta(hours=read.count)
    if read.unit == Unit.WORKING_DAY:
        counted = (read.due_on - read.start).days - len(off)
        return counted == read.count and read.due_on not in off
    months = relativedelta(months=read.count)
    unrolled = read.start + (months if read.unit == Unit.MONTH else timedelta(days=read.count))
    moved_over = {unrolled + timedelta(days=n) for n in range((read.due_on - unrolled).days)}
    return read.due_on >= unrolled and moved_over == off


def _unrolled(
    rule: DeadlineRule, start: date, sign: int, exact: datetime, calendar: Calendar
) -> date:
    match rule.unit:
        case Unit.HOUR:
            return exact.astimezone(OFFICE_TIME).date()
        case Unit.CALENDAR_DAY:
            return start + timedelta(days=sign * rule.count)
        case Unit.WORKING_DAY:
            return calendar.add_workdays(start, sign * rule.count)
        case Unit.MONTH:
            return start + relativedelta(months=sign * rule.count)
        case _:
            raise ValueError(f"Unknown unit {rule.unit}")


def _rolled(rule: DeadlineRule, day: date, sign: int, calendar: Calendar) -> date:
    """Counted forwards a last day moves forwards; counted back from an event it moves back."""
    if not rule.rolls or rule.unit not in {Unit.CALENDAR_DAY, Unit.MONTH}:
        return day
    return calendar.workday_on_or_after(day) if sign > 0 else calendar.workday_on_or_before(day)


def _skipped(
    rule: DeadlineRule, low: date, high: date, unrolled: date, due_on: date, calendar: Calendar
) -> tuple[tuple[date, str], ...]:
    """The days that made a difference: all skipped ones, or only those the end moved over."""
    if rule.unit == Unit.WORKING_DAY:
        last = high if rule.direction == Direction.AFTER else high - timedelta(days=1)
        return calendar.skipped(low, last)
    if rule.unit == Unit.HOUR or unrolled == due_on:
        return ()
    first, last = min(unrolled, due_on), max(unrolled, due_on)
    return calendar.skipped(first - timedelta(days=1), last)
