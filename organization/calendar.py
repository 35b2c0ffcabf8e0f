"""Working days. Pure functions of dates: no clock is read here."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256

from django.db.models import Q

from organization.models import CalendarDay

SATURDAY = 5
ONE_DAY = timedelta(days=1)
Days = Mapping[date, tuple[bool, str]]  # is it a working day, and what is it called?
WEEKEND = "weekend"  # why a day is skipped when no row names it


class Calendar:
    """The named days of the years it was loaded for, over the plain Monday-to-Friday week."""

    def __init__(self, national: Days, local: Days | None = None) -> None:
        self.days = {**national, **(local or {})}
        self.years = {day.year for day in national}  # a local day says nothing about a year

    @classmethod
    def load(cls, procuratorate_id: int) -> "Calendar":
        """National days with the rows of this procuratorate laid over them."""
        national: dict[date, tuple[bool, str]] = {}
        local: dict[date, tuple[bool, str]] = {}
        rows = CalendarDay.objects.filter(
            Q(procuratorate=procuratorate_id) | Q(procuratorate__isnull=True)
        )
        for row in rows:
            days = national if row.procuratorate_id is None else local
            days[row.date] = (row.is_workday, row.name)
        return cls(national, local)

    def digest(self) -> str:
        """Another one as soon as a day, its kind or its name is another one."""
        days = sorted((day.isoformat(), *kind) for day, kind in self.days.items())
        return sha256(json.dumps([days, sorted(self.years)]).encode()).hexdigest()

    def is_workday(self, day: date) -> bool:
        return self.days[day][0] if day in self.days else day.weekday() < SATURDAY

    def reason(self, day: date) -> str:
        """Why `day` is not a working day: the name of the holiday, or the weekend."""
        return self.days[day][1] if day in self.days else WEEKEND

    def add_workdays(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`, before it if negative; `start` never counts."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workday_on_or_after(self, day: date) -> date:
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def workday_on_or_before(self, day: date) -> date:
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def workdays_left(self, today: date, due_on: date) -> int:
        """Working days after `today` up to and with `due_on`; negative once it is past."""
        if due_on >= today:
            return sum(self.is_workday(day) for day in days_between(today, due_on))
        return -sum(self.is_workday(day) for day in days_between(due_on, today))

    def skipped(self, start: date, end: date) -> tuple[tuple[date, str], ...]:
        """The non-working days after `start` up to and with `end`, and why each is one."""
        return tuple(
            (day, self.reason(day)) for day in days_between(start, end) if not self.is_workday(day)
        )

    def unknown_years(self, start: date, end: date) -> tuple[int, ...]:
        """Years of this span for which no official arrangement has been loaded."""
        first, last = min(start, end), max(start, end)
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)


def days_between(start: date, end: date) -> Iterator[date]:
    """Each day after `start`, up to and with `end`."""
    for offset in range(1, (end - start).days + 1):
        yield start + timedelta(days=offset)
