"""A worker is killed where it hurts most: in the middle of a batch, between sending and marking."""

from datetime import date

import pytest

from tests.faults import arrived, desks
from tests.faults.place import SECONDS
from tests.faults.waiting import until

pytestmark = pytest.mark.fault
TUESDAY = date(2026, 3, 10)
WRITTEN = ["activity_event", "activity_reminder", "activity_notice", "activity_assignment"]


def test_a_worker_killed_at_any_write_of_a_batch_leaves_nothing_half_done(open_office, sink):
    place = open_office("2026-03-10T09:00:00+08:00")
    works = desks.seven_papers(place)
    before = place.rows("SELECT count(*) FROM activity_event")
    place.run("beat")
    for table in WRITTEN:
        with place.held(f"LOCK TABLE {table} IN SHARE MODE"):  # nobody can add or change a row
            place.run("worker")
            place.until_somebody_waits_for(table)
            place.kill("worker")
        until(place.is_quiet, SECONDS, "the end of what the worker had begun")
        assert place.rows(arrived.REMINDERS) == []
        assert place.rows("SELECT count(*) FROM activity_event") == before
        assert place.rows("SELECT 1 FROM activity_assignment WHERE reminded_on IS NOT NULL") == []
    place.run("worker")
    arrived.exactly_these(place, sink, works, [TUESDAY])


def test_a_worker_killed_after_sending_sends_at_most_one_copy_with_the_same_key(open_office, sink):
    place = open_office("2026-03-10T09:00:00+08:00")
    works = desks.seven_papers(place)
    sink.at_number[3] = lambda: place.kill("worker")
    place.run("worker", "beat")
    until(lambda: not place.parts["worker"].is_alive, SECONDS, "the third message")
    assert len(sink.messages) == 3
    place.kill("beat")
    place.set_clock("2026-03-10T09:10:00+08:00")
    place.run("worker", "beat")
    arrived.exactly_these(place, sink, works, [TUESDAY], twice=1)
