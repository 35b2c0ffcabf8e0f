"""The demonstration's own clock: its papers came and went over the last year.

Nothing happens on the day it is loaded: the last thing was done on the working day before, so that
the first person to sign in finds a morning's work, whatever hour or day it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone

from organization.calendar import Calendar

START_OF_WORK = time(8, 40)
MINUTES_OF_WORK = 530  # until half past five


class Clock:
    """What it shows is the time of everything that happens."""

    now: datetime


@contextmanager
def running() -> Iterator[Clock]:
    clock = Clock()
    with patch("django.utils.timezone.now", lambda: clock.now):
        yield clock


class Days:
    """Working days of one office, counted from the last one before today."""

    def __init__(self, calendar: Calendar, today: date) -> None:
        self.calendar = calendar
        self.morning = calendar.workday_on_or_after(today)  # when people find their work
        self.last = calendar.add_workdays(today, -1)
        self.end = moment(self.last, MINUTES_OF_WORK)

    def ago(self, count: int) -> date:
        return self.later(self.last, -count)

    def later(self, day: date, count: int) -> date:
        return self.calendar.add_workdays(day, count)


def moment(day: date, minutes: int) -> datetime:
    """So many minutes after the office opens."""
    return timezone.make_aware(datetime.combine(day, START_OF_WORK)) + timedelta(minutes=minutes)
