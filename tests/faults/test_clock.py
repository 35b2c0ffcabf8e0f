"""The office lives in another time than this machine, and nothing in it minds."""

from datetime import UTC, date, datetime

import pytest

from tests.faults import arrived, desks, oracle
from tests.faults.caller import Caller
from tests.faults.place import SECONDS
from tests.faults.waiting import until

pytestmark = pytest.mark.fault
TUESDAY, WEDNESDAY = date(2026, 3, 10), date(2026, 3, 11)
MIDNIGHT = datetime(2026, 3, 10, 16, tzinfo=UTC)  # in Shanghai


def test_a_day_begins_while_the_office_is_open(open_office):
    """With an hour between two scans only midnight itself can bring the reminders of the day."""
    place = open_office("2026-03-10T20:00:00+08:00", REMINDER_SCAN_SECONDS="3600")
    works = desks.seven_papers(place)
    place.ask("scan")
    arrived.nothing_but(place, oracle.reminders(works, [TUESDAY]))
    place.close_teller()
    place.set_clock("2026-03-10T23:59:46+08:00")
    place.run("web", "worker", "beat")
    until(lambda: place.health() == "", SECONDS, "a healthy office")
    Caller(place.url).sign_in("clerk")
    [(came,)] = place.rows("SELECT at FROM activity_event WHERE verb = 'user.sign_in'")
    assert abs((came - MIDNIGHT).total_seconds()) < SECONDS

    made = f"SELECT count(*) FROM activity_reminder WHERE day = '{WEDNESDAY}'"
    until(lambda: place.rows(made) != [(0,)], SECONDS, "the reminders of Wednesday")
    arrived.nothing_but(place, oracle.reminders(works, [TUESDAY, WEDNESDAY]))
    until(lambda: beats(place) == {"worker", "scheduler"}, SECONDS, "a sign of life after midnight")


def beats(place):
    found = place.rows("SELECT part FROM activity_heartbeat WHERE at > %s", MIDNIGHT)
    return {part for (part,) in found}
