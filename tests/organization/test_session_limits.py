"""A session ends when nobody works in it, and in the evening in any case."""

import pytest
import time_machine

from organization.models import User

MORNING = "2026-03-02T08:30:00+08:00"
MINUTE, HOUR = 60, 3600
POLL = {"X-Poll": "1"}


@pytest.fixture
def clock(client, north):
    """Somebody has signed in in the morning; the clock moves by hand."""
    User.objects.create_user("clerk", "password-of-clerk", name="收文", procuratorate=north)
    with time_machine.travel(MORNING, tick=False) as clock:
        data = {"username": "clerk", "password": "password-of-clerk"}
        assert client.post("/sign-in/", data, follow=True).status_code == 200
        yield clock


def answers(client, **headers):
    return client.get("/", headers=headers).status_code == 200


def test_half_an_hour_without_work_ends_a_session(client, clock):
    clock.shift(30 * MINUTE)
    assert answers(client)
    clock.shift(30 * MINUTE + 1)
    assert not answers(client)


def test_an_ended_session_stays_ended(client, clock):
    key = client.cookies["sessionid"].value
    clock.shift(31 * MINUTE)
    assert not answers(client)
    client.cookies["sessionid"] = key
    assert not answers(client)


def test_work_keeps_a_session_but_not_beyond_eight_hours(client, clock):
    for _ in range(24):  # eight hours in steps of twenty minutes
        clock.shift(20 * MINUTE)
        assert answers(client)
    clock.shift(1)
    assert not answers(client)


def test_a_page_that_asks_by_itself_is_not_work(client, clock):
    for _ in range(6):
        clock.shift(5 * MINUTE)
        assert answers(client, **POLL)
    clock.shift(1)
    assert not answers(client, **POLL)


def test_one_limit_is_the_operators(client, clock, settings):
    settings.SESSION_IDLE_MINUTES = 15
    clock.shift(15 * MINUTE + 1)
    assert not answers(client)
