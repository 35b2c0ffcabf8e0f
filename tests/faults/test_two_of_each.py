"""Two schedulers and two workers at once: nothing twice, nothing missing."""

from datetime import date

import pytest

from tests.faults import arrived, desks, oracle

pytestmark = pytest.mark.fault
TUESDAY = date(2026, 3, 10)
ALL = ("worker", "worker-2", "beat", "beat-2")


def test_two_schedulers_and_two_workers_remind_once(open_office, sink):
    place = open_office("2026-03-10T09:00:00+08:00", OUTBOX_SWEEP_SECONDS="1")
    works = desks.seven_papers(place)
    sink.delay = 0.3
    place.run(*ALL)
    arrived.exactly_these(place, sink, works, [TUESDAY])


def test_a_scan_passes_over_what_another_hand_holds(open_office, sink):
    place = open_office("2026-03-10T09:00:00+08:00")
    works = desks.seven_papers(place)
    theirs, ours = works[:5], works[5:]
    ids = ", ".join(str(work.row) for work in theirs)
    with place.held(f"SELECT 1 FROM activity_assignment WHERE id IN ({ids}) FOR UPDATE"):
        place.ask("scan")
        arrived.nothing_but(place, oracle.reminders(ours, [TUESDAY]))
    place.run("worker", "beat")
    arrived.exactly_these(place, sink, works, [TUESDAY])


def test_a_message_in_another_hand_is_passed_over(open_office, sink):
    place = open_office("2026-03-10T09:00:00+08:00")
    works = desks.seven_papers(place)
    place.ask("scan")
    theirs = "vice_chief@beiqiu.invalid"
    message = f"""
        SELECT 1 FROM activity_outboxmessage
        WHERE recipient_id = (SELECT id FROM organization_user WHERE email = '{theirs}') FOR UPDATE
    """
    with place.held(message):
        place.ask("deliver")
        first = {message.recipient for message in sink.messages}
        assert len(first) == len(sink.messages) == 3
        assert theirs not in first
    place.run("worker", "beat")
    arrived.exactly_these(place, sink, works, [TUESDAY])
