"""Days go by, with the office open, closed for the holidays, and out of order."""

from datetime import date

import pytest

from tests.faults import arrived, desks, oracle
from tests.faults.place import SECONDS
from tests.faults.waiting import until

pytestmark = pytest.mark.fault
WEDNESDAY, THURSDAY = date(2026, 4, 1), date(2026, 4, 2)
AFTER_THE_HOLIDAYS = date(2026, 4, 8)
DUE = [date(2026, 3, 31), THURSDAY, date(2026, 4, 4), date(2026, 4, 7), date(2026, 4, 15)]


def test_after_an_outage_over_a_holiday_only_the_newest_stage_is_sent(open_office, sink):
    place = open_office("2026-04-01T07:59:50+08:00")
    works = [
        work
        for due_on in DUE
        for work in desks.hand_out(place, due_on, "2026-03-23T09:00:00+08:00")
    ]
    place.run("worker", "beat")
    reminders_come(place, works, [WEDNESDAY])
    arrived.exactly_these(place, sink, works, [WEDNESDAY])
    early = "SELECT 1 FROM activity_outboxmessage WHERE made_at < '2026-04-01 08:00+08'"
    assert place.rows(early) == []

    move(place, "2026-04-02T07:50:00+08:00")
    reminders_come(place, works, [WEDNESDAY, THURSDAY])
    assert len(sink.messages) == len(oracle.mornings(works, [WEDNESDAY]))
    move(place, "2026-04-02T08:00:10+08:00")
    arrived.exactly_these(place, sink, works, [WEDNESDAY, THURSDAY])

    move(place, "2026-04-05T09:00:00+08:00")  # a Sunday of the holidays
    place.ask("queue", times=3)
    until(place.has_nothing_queued, SECONDS, "an empty queue")
    arrived.exactly_these(place, sink, works, [WEDNESDAY, THURSDAY])

    move(place, "2026-04-08T14:00:00+08:00")
    arrived.exactly_these(place, sink, works, [WEDNESDAY, THURSDAY, AFTER_THE_HOLIDAYS])


def test_a_clock_that_was_a_day_ahead_for_a_while_makes_nothing_twice(open_office, sink):
    tuesday, wednesday = date(2026, 3, 10), date(2026, 3, 11)
    place = open_office("2026-03-11T09:00:00+08:00")
    works = desks.seven_papers(place)
    place.run("worker", "beat")
    arrived.exactly_these(place, sink, works, [wednesday])

    def nothing_twice(days):
        reminders = oracle.reminders(works, [wednesday]) | oracle.reminders(new, days)
        mornings = oracle.mornings(works, [wednesday]) | oracle.mornings(new, days)
        arrived.exactly(place, sink, reminders, mornings)

    close(place, "2026-03-10T09:00:00+08:00")
    new = desks.hand_out(place, wednesday, "2026-03-09T15:00:00+08:00")
    place.run("worker", "beat")
    nothing_twice([tuesday])  # what is new is not held up
    move(place, "2026-03-11T10:00:00+08:00")
    nothing_twice([tuesday, wednesday])


def reminders_come(place, works, days):
    reminders = sorted(oracle.reminders(works, days))
    until(lambda: sorted(place.rows(arrived.REMINDERS)) == reminders, SECONDS, "all reminders")


def move(place, at):
    close(place, at)
    place.run("worker", "beat")


def close(place, at):
    """Nothing happens until the office opens again, at this time."""
    place.kill("worker")
    place.kill("beat")
    place.close_teller()
    place.set_clock(at)
