"""Rows of activity need something to be about: at this level that is a department."""

import threading
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from activity.loaders import load_channels
from activity.models import Assignment, Kind, Reminder
from activity.record import record
from activity.reminders import scan
from organization.deadlines import end_of
from organization.models import Department, Marking

HERE = ZoneInfo("Asia/Shanghai")


def at(month, day, hour=9, minute=0):
    """A moment of 2026 in the office's own time."""
    return datetime.combine(date(2026, month, day), time(hour, minute), tzinfo=HERE)


def due(day):
    return {"due_on": day, "due_at": end_of(day), "warn_on": day, "first_due_on": day}


@pytest.fixture
def target(departments):
    return departments.first


@pytest.fixture
def event(cast, target):
    return record("department.test", target, by=cast.clerk, details={"opinion": "同意。"})


@pytest.fixture
def assignment(event, cast, target):
    """`assignment(duty="read", …)` is an open row about the target, not saved yet."""

    def make(**fields):
        post = cast.handler.posts[0]
        known = {
            "procuratorate": event.procuratorate,
            "target_kind": ContentType.objects.get_for_model(target),
            "target_id": target.pk,
            "marking": Marking.INTERNAL,
            "kind": Kind.ACT,
            "duty": "handle",
            "post": post,
            "department": post.department,
            "since": event.at,
            "opening_event": event,
        }
        return Assignment(**known | fields)

    return make


@pytest.fixture
def work(assignment, cast):
    """`work((2, 25))` is the handler's work, due on that day of 2026 and given long before."""

    def make(day, *, who=None, since=None, **fields):
        post = (who or cast.handler).posts[0]
        row = assignment(
            post=post,
            department=fields.pop("department", post.department),
            since=since or at(1, 5),
            duty=fields.pop("duty", "handle"),
            **due(date(2026, *day)),
            **fields,
        )
        row.save()
        return row

    return make


@pytest.fixture
def scan_at():
    """`scan_at(2, 24)` looks for what is to be reminded of, on that day of 2026."""

    def look(*moment):
        with time_machine.travel(at(*moment), tick=False):
            return scan(timezone.now())

    return look


@pytest.fixture
def reminders():
    """All reminders as (month, day, stage, name, outcome), in the order they were made."""

    def read(**asked):
        rows = Reminder.objects.filter(**asked).order_by("day", "stage", "recipient__name")
        return [
            (row.day.month, row.day.day, row.stage, row.recipient.name, row.outcome)
            for row in rows.select_related("recipient")
        ]

    return read


@pytest.fixture
def mailing(cast, north, target, settings, monkeypatch):
    """Mail is on, everybody has an address, and departments can be seen like any other record."""
    settings.MAIL_IS_ON = True
    settings.DEFAULT_FROM_EMAIL = "office@office.invalid"
    load_channels(north)
    for actor in vars(cast).values():
        actor.user.email = f"{actor.user.username}@office.invalid"
        actor.user.save()

    def visible_to(actor):
        return Department.objects.filter(procuratorate=actor.procuratorate)

    monkeypatch.setattr(Department.objects, "visible_to", visible_to, raising=False)
    monkeypatch.setattr(Department, "reference", f"收〔2026〕{target.pk}号", raising=False)


@pytest.fixture
def at_once():
    """`at_once(act, act, …)` runs each in a thread and a connection of its own."""

    def run(*acts):
        barrier, failures = threading.Barrier(len(acts)), []

        def one(act):
            try:
                barrier.wait(10)
                act()
            except Exception as error:
                failures.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=one, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert failures == []

    return run
