"""Worker and scheduler say that they are alive; whoever is silent for half a minute is named."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import OperationalError

from activity import heartbeat
from activity.models import Heartbeat

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def connection_stays_open(monkeypatch):
    monkeypatch.setattr(heartbeat, "close_old_connections", lambda: None)


def beat(part, seconds_ago):
    with time_machine.travel(NOW - timedelta(seconds=seconds_ago), tick=False):
        heartbeat.beat(part)


@pytest.mark.parametrize(
    ("worker", "scheduler", "silent"),
    [
        (None, None, ["worker", "scheduler"]),
        (0, None, ["scheduler"]),
        (29, 29, []),
        (30, 5, ["worker"]),
        (3600, 31, ["worker", "scheduler"]),
    ],
)
def test_a_part_is_silent_after_thirty_seconds(db, worker, scheduler, silent):
    for part, ago in (("worker", worker), ("scheduler", scheduler)):
        if ago is not None:
            beat(part, ago)
    assert heartbeat.silent_parts(NOW) == silent


def test_a_part_has_one_row_however_long_it_lives(db):
    beat("worker", 60)
    beat("worker", 1)
    assert Heartbeat.objects.get().at == NOW - timedelta(seconds=1)


def test_a_database_that_is_away_kills_no_worker(monkeypatch, caplog):
    def away(**fields):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(Heartbeat.objects, "update_or_create", away)
    heartbeat.beat("worker")
    assert "worker goes on" in caplog.text


def test_the_health_page_names_who_is_silent(db, client):
    with time_machine.travel(NOW, tick=False):
        beat("worker", 0)
        response = client.get("/healthz")
        assert (response.status_code, response.content) == (503, b"scheduler: not alive\n")
        beat("scheduler", 0)
        response = client.get("/healthz")
        assert (response.status_code, response.content) == (200, b"alive\n")
