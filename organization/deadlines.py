"""How a deadline is counted. Pure functions of dates: the caller passes the start.

Periods of days, months and years: 民法典 第二百条至第二百零四条. The start day is not counted; a
month ends on the day of the same number, or on its last; a last day that is no working day is
moved to the next one. Working days are never moved, because they end on one. Hours are exact.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
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

    def as_json(self) -> dict[str, Any]:
        """The explanation as it is stored beside the assignment."""
        plain = asdict(self)
        plain["skipped"] = [[day.isoformat(), why] for day, why in self.skipped]
        plain["unknown_years"] = list(self.unknown_years)
        for name in ("starts_at", "due_on", "due_at", "warn_on", "first_due_on"):
            plain[name] = plain[name].isoformat()
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Deadline":
        """The stored explanation, read again."""
        known = dict(plain)
        for name in ("due_on", "warn_on", "first_due_on"):
            known[name] = date.fromisoformat(plain[name])
        for name in ("starts_at", "due_at"):
            known[name] = datetime.fromisoformat(plain[name])
        known["skipped"] = tuple((date.fromisoformat(day), why) for day, why in plain["skipped"])
        known["unknown_years"] = tuple(plain.get("unknown_years", ()))
        return cls(**known)

    def set_by_hand(self, due_on: date, calendar: Calendar) -> "Deadline":
        """The same work with a last day chosen by the person who hands it out."""
        if due_on == self.due_on:
            return self
        start = self.starts_at.astimezone(OFFICE_TIME).date()
        return replace(
            self,
            due_on=due_on,
            due_at=end_of(due_on),
            warn_on=calendar.workday_on_or_before(due_on),
            first_due_on=due_on,
            skipped=calendar.skipped(start, due_on),
            unknown_years=calendar.unknown_years(start, due_on),
        )

    def extended(self, due_on: date, calendar: Calendar) -> "Deadline":
        """A later last day was granted; the first one is kept."""
        return replace(self.set_by_hand(due_on, calendar), first_due_on=self.first_due_on)


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
    )


def end_of(day: date) -> datetime:
    """The last second of a day in the office's own time."""
    return datetime.combine(day, END_OF_DAY, tzinfo=OFFICE_TIME)


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
