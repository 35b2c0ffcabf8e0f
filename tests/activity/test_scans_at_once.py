"""Several schedulers at once, a step in between, and a worker that dies: nothing twice or half."""

from collections import Counter

import pytest
import time_machine
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from activity.models import Assignment, Event, Notice, OutboxMessage, Reminder
from activity.outbox import queue_morning
from activity.reminders import scan
from organization.calendar import Calendar
from tests.activity.conftest import at

NOW = at(2, 27)  # two working days late
TABLES = (Reminder, Event, Notice)


@pytest.fixture
def many(work):
    for number in range(40):
        work((2, 25), duty=f"duty {number}")


@pytest.mark.django_db(transaction=True)
def test_two_scans_at_once_remind_of_everything_once(many, at_once, monkeypatch):
    monkeypatch.setattr("activity.reminders.BATCH", 3)
    at_once(*[lambda: scan(NOW)] * 4)
    scan(NOW)  # whatever one of them passed over
    sent = Reminder.objects.filter(outcome="sent").values_list("assignment", "recipient__name")
    assert set(Counter(sent).values()) == {1}
    assert Counter(name for _row, name in sent) == {"handler": 40, "head": 40}
    assert Notice.objects.count() == 80
    assert Event.objects.filter(verb="assignment.remind").count() == 80  # stages 2 and 1


@pytest.mark.django_db(transaction=True)
def test_work_somebody_is_busy_with_is_left_for_the_next_scan(work, at_once):
    """A step holds its row: the scan neither waits for it nor reminds of what was just done."""
    busy, free = work((2, 25), duty="busy"), work((2, 25), duty="free")
    with transaction.atomic():
        Assignment.objects.select_for_update().get(pk=busy.pk)
        at_once(lambda: scan(NOW))
        assert set(Reminder.objects.values_list("assignment", flat=True)) == {free.pk}
        Assignment.objects.filter(pk=busy.pk).update(
            closed_at=NOW, closing_event=busy.opening_event, outcome="done"
        )
    scan(NOW)
    assert set(Reminder.objects.values_list("assignment", flat=True)) == {free.pk}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("last", ["update", "bulk_create"])
def test_a_worker_that_dies_in_a_batch_leaves_nothing_half(many, monkeypatch, last):
    """The last writes fail: rows, events and notices of this batch are gone, earlier ones stay."""
    monkeypatch.setattr("activity.reminders.BATCH", 30)
    queryset = type(Assignment.objects.all() if last == "update" else Notice.objects.all())
    real, calls = getattr(queryset, last), []

    def dies_the_second_time(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit("killed")
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(queryset, last, dies_the_second_time)
        with pytest.raises(SystemExit):
            scan(NOW)
    done = Assignment.objects.filter(reminded_on__isnull=False)
    assert done.count() == 30
    counted = [model.objects.count() for model in (Reminder, Notice)]
    assert counted == [30 * 7, 30 * 2]  # five skipped and two sent for each
    scan(NOW)
    assert [model.objects.count() for model in (Reminder, Notice)] == [40 * 7, 40 * 2]


def test_the_constraint_stands_behind_the_lock(work, scan_at):
    work((2, 25))
    scan_at(2, 25)
    again = Reminder.objects.filter(outcome="sent").get()
    again.pk = None
    with pytest.raises(IntegrityError, match="reminder_is_made_once"), transaction.atomic():
        again.save()


def test_looked_at_again_by_mistake_nobody_is_reminded_twice(work, scan_at):
    """Redis was flushed, a backup restored, somebody wrote the column: the rows know better."""
    work((2, 25))
    scan_at(2, 27)
    before = [model.objects.count() for model in TABLES]
    Assignment.objects.update(reminded_on=None)
    assert scan_at(2, 27) == 1
    assert [model.objects.count() for model in TABLES] == before


def test_the_trouble_of_one_procuratorate_is_not_that_of_the_others(
    work, cast, south, monkeypatch, caplog
):
    ours = work((2, 25))
    work((2, 25), who=cast.outsider, procuratorate=south)
    real = Calendar.load

    def broken(pk):
        if pk == south.pk:
            raise OperationalError("lock timeout")
        return real(pk)

    monkeypatch.setattr("activity.reminders.Calendar.load", broken)
    scan(NOW)
    assert set(Reminder.objects.values_list("assignment", flat=True)) == {ours.pk}
    assert f"procuratorate {south.pk} wait" in caplog.text


def test_a_clock_that_was_wrong_for_a_moment_stops_no_reminder(work, scan_at):
    row = work((2, 25))
    Assignment.objects.filter(pk=row.pk).update(reminded_on=at(12, 31).date())
    assert scan_at(2, 25) == 1
    assert Reminder.objects.filter(outcome="sent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_make_one_morning_message(many, mailing, at_once):
    with time_machine.travel(NOW, tick=False):
        scan(timezone.now())
    at_once(*[lambda: queue_morning(NOW)] * 4)
    names = OutboxMessage.objects.values_list("recipient__name", flat=True)
    assert sorted(names) == ["handler", "head"]
