"""The broker is emptied, or dead while somebody works: it held nothing that matters."""

import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPException
from urllib.error import URLError

import pytest

from tests.faults import arrived, desks
from tests.faults.arrived import OUTBOX
from tests.faults.caller import Caller
from tests.faults.place import SECONDS
from tests.faults.waiting import until

pytestmark = pytest.mark.fault
TUESDAY = date(2026, 3, 10)
PROMISED = 60  # seconds
AT_NINE = "2026-03-10T09:00:00+08:00"


def test_work_that_was_queued_in_an_emptied_broker_is_done(open_office, sink):
    place = open_office(AT_NINE)
    works = desks.seven_papers(place)
    place.run("beat")
    until(lambda: not place.has_nothing_queued(), SECONDS, "something queued by the clock")
    place.ask("queue", times=5)
    place.flush()
    place.run("worker")
    arrived.exactly_these(place, sink, works, [TUESDAY], seconds=PROMISED)


def test_a_broker_emptied_while_everybody_listens_to_it_delays_no_message(open_office, sink):
    place, _clerk, paper = office_with_an_urgent_paper(open_office, sink)
    until(place.has_nothing_queued, SECONDS, "an empty queue")
    place.flush()
    place.ask("hand_out", paper=paper, due_on="2026-03-12", to=["first"])
    the_message_comes_once(place, sink)


def test_an_urgent_paper_is_handed_out_while_the_broker_is_dead(open_office, sink):
    place, clerk, paper = office_with_an_urgent_paper(open_office, sink)
    place.kill("valkey")
    answer = hand_out(clerk, place, paper, clerk.token(f"documents/incoming/{paper}/"))
    assert answer.status == 302
    assert clerk.get(answer.location).status == 200
    assert len(sink.messages) == 1
    place.services.valkey.start()
    the_message_comes_once(place, sink)


def test_a_paper_handed_out_by_a_web_that_died_right_after_is_told_of(open_office, sink):
    """The broker hangs, so that no wake-up leaves; the session too, so that no answer does."""
    place, clerk, paper = office_with_an_urgent_paper(open_office, sink)
    token = clerk.token(f"documents/incoming/{paper}/")
    place.send("valkey", signal.SIGSTOP)
    session = place.held("LOCK TABLE django_session IN SHARE MODE")
    with session, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(hand_out, clerk, place, paper, token)
        state = "SELECT state FROM documents_incomingpaper WHERE id = %s"
        until(lambda: place.rows(state, paper) == [("handling",)], SECONDS, "the commit")
        place.kill("web")
        with pytest.raises((URLError, ConnectionError, HTTPException)):
            answer.result(SECONDS)
    place.send("valkey", signal.SIGCONT)
    the_message_comes_once(place, sink)


def office_with_an_urgent_paper(open_office, sink):
    """The clerk is to hand it out, and has been told so."""
    place = open_office(AT_NINE)
    paper = place.ask("paper", at=AT_NINE, urgency=2)["paper"]
    place.run("web", "worker", "beat")
    until(lambda: place.health() == "", SECONDS, "a healthy office")
    until(
        lambda: arrived.sent(place, "urgent") == {("clerk", TUESDAY)}, SECONDS, "the clerk's mail"
    )
    clerk = Caller(place.url)
    clerk.sign_in("clerk")
    return place, clerk, paper


def hand_out(clerk, place, paper, token):
    [(department,)] = place.rows("SELECT id FROM organization_department WHERE position = 1")
    whose = "SELECT p.id FROM organization_post p JOIN organization_user u ON u.id = p.user_id"
    [(chaser,)] = place.rows(f"{whose} WHERE u.username = %s", "clerk")
    page = f"documents/incoming/{paper}/assign/"
    return clerk.post(page, token, lead=department, due_on="2026-03-12", chaser=chaser)


def the_message_comes_once(place, sink):
    """Who had to act before the clerk needs none any more."""
    until(lambda: len(sink.messages) > 1, PROMISED, "the message to the head of the department")
    wanted = {("clerk", TUESDAY), ("first_head", TUESDAY)}
    until(lambda: arrived.sent(place, "urgent") == wanted, SECONDS, "its mark as sent")
    place.ask("deliver")
    assert sorted((who, status) for who, _day, status, _key in place.rows(OUTBOX, "urgent")) == [
        ("chief", "dropped"),
        ("clerk", "sent"),
        ("director", "dropped"),
        ("first_head", "sent"),
    ]
    arrived.each_copy_counted(place, sink)
