"""How an office hears that deadlines wait to be recounted, and who is reminded afterwards."""

from datetime import date

import time_machine
from django.utils import timezone

from activity.models import DeadlineReview, Reminder
from activity.recount import differing, look, waiting
from organization import loaders
from organization.calendar import Calendar
from organization.deadlines import Deadline
from organization.models import Department
from tests.activity import desk
from tests.activity.conftest import at
from tests.activity.recount.signing import NEW, OLD, due_on, signed


def test_a_job_counts_how_many_wait_and_whoever_may_see_it_reads_one_row(
    counted, festival, cast, django_assert_num_queries
):
    counted()
    look(timezone.now())
    assert waiting(cast.director) == 0
    festival()
    look(timezone.now())
    with django_assert_num_queries(1):
        assert waiting(cast.director) == 1
    assert waiting(cast.clerk) == 1
    for who in ("head", "chief", "handler", "system_admin", "superior", "outsider"):
        assert waiting(getattr(cast, who)) == 0, who
    signed(cast.director)
    assert waiting(cast.director) == 0


def test_a_calendar_that_is_as_it_was_is_counted_once_a_day(counted, festival, city, north, south):
    assert look(at(9, 28, 8)) == 3
    assert look(at(9, 28, 23)) == 0
    assert look(at(9, 29, 1)) == 3
    counted()
    festival()
    assert look(at(9, 29, 2)) == 1
    assert look(at(9, 29, 3)) == 1, "while something waits, work that is closed leaves the number"
    assert DeadlineReview.objects.get(procuratorate=north).waiting == 1


def test_the_calendar_of_the_next_year_is_noticed_when_it_is_loaded(cast, counted, monkeypatch):
    with time_machine.travel(at(12, 28), tick=False):
        row = counted()
        look(timezone.now())
        assert Deadline.from_json(row.deadline).unknown_years == (2027,)
        assert waiting(cast.director) == 0
        days = [{"date": "2027-01-01", "is_workday": "0", "name": "元旦"}]
        monkeypatch.setattr(loaders, "_rows", lambda name: days)
        loaders.load_calendar()
        look(timezone.now())
        assert waiting(cast.director) == 1
        signed(cast.director)
    assert due_on(row) == date(2027, 1, 5)
    assert Deadline.from_json(row.deadline).unknown_years == ()


def test_a_day_changed_in_the_administration_calls_the_job(
    signed_in, monkeypatch, django_capture_on_commit_callbacks
):
    called = []
    monkeypatch.setattr("activity.wake._send", lambda task, ids: called.append(task.name))
    client = signed_in("system_admin")
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.add(client, "organization/calendarday", date="2026-10-09", name="院庆日")
    assert answer.status_code == 302
    assert called == ["activity.tasks.look_at_calendars"]
    with django_capture_on_commit_callbacks(execute=True):
        desk.add(client, "organization/department", name="新设部门", position="7")
    assert Department.objects.filter(name="新设部门").exists()
    assert len(called) == 1


def test_what_was_not_yet_counted_is_said_to_nobody(cast):
    assert waiting(cast.director) == 0


def test_counting_costs_the_same_for_few_and_for_many(
    counted, festival, north, django_assert_num_queries
):
    for number in range(60):
        counted(duty=f"duty{number}")
    festival()
    calendar = Calendar.load(north.pk)
    with django_assert_num_queries(1):
        assert len(differing(north.pk, calendar)) == 60


def test_there_and_back_nobody_is_reminded_twice_of_one_day(counted, festival, cast, scan_at):
    """Due on Saturday 10 October: one reminder on the 9th, whatever happened in between."""
    row = counted(since=at(9, 1))
    scan_at(10, 9)
    sent = list(Reminder.objects.filter(due_on=OLD).values_list("stage", "outcome"))
    assert (-1, "sent") in sent
    day = festival(day=date(2026, 9, 30))
    with time_machine.travel(at(10, 9), tick=False):
        signed(cast.director)
    assert due_on(row) == NEW
    scan_at(10, 9)
    assert Reminder.objects.filter(due_on=NEW, outcome="sent").exists(), "of the new day, anew"
    before = Reminder.objects.count()
    with time_machine.travel(at(10, 9), tick=False):
        day.delete()
        signed(cast.director)
    assert due_on(row) == OLD
    scan_at(10, 9)
    assert Reminder.objects.count() == before
    assert list(Reminder.objects.filter(due_on=OLD).values_list("stage", "outcome")) == sent
