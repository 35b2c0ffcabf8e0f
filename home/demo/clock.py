"""The demonstration's own clock: its papers came and went over the last weeks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone

from organization.calendar import Calendar

START_OF_WORK = time(8, 40)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at `moment`, never later than now."""
    now = min(moment, timezone.now())
    with patch("django.utils.timezone.now", return_value=now):
        yield


def working_moment(calendar: Calendar, days_ago: int, minutes: int) -> datetime:
    """So many working days before today, so many minutes after the office opens."""
    day = calendar.workday_on_or_before(timezone.localdate())
    if days_ago:
        day = calendar.add_workdays(day, -days_ago)
    opening = timezone.make_aware(datetime.combine(day, START_OF_WORK))
    return opening + timedelta(minutes=minutes)
