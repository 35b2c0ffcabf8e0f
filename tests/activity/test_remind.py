"""Who is reminded of what, and when: played day by day, compared with what a person would say."""

from datetime import date, timedelta

import pytest

from activity.models import (
    Assignment,
    Audience,
    Event,
    LadderStage,
    Notice,
    Outcome,
    Reminder,
)
from activity.words import sentence
from organization.calendar import Calendar
from organization.deadlines import compute
from organization.models import CalendarDay, DeadlineRule
from tests.activity.conftest import at

QUERIES = 19
ALL_DAYS = [date(2026, 2, 1) + timedelta(days=days) for days in range(45)]  # to 17 March


@pytest.fixture
def play(scan_at):
    """Scan three times on each day."""

    def every_day(days=ALL_DAYS):
        for day in days:
            for hour in (0, 9, 23):
                scan_at(day.month, day.day, hour)

    return every_day


def test_the_whole_ladder_of_a_late_piece_of_work(work, play, reminders):
    work((2, 25))
    play([day for day in ALL_DAYS if day <= date(2026, 3, 4)])
    assert reminders() == [
        (2, 11, -5, "handler", "sent"),
        (2, 13, -3, "handler", "sent"),
        (2, 24, -1, "handler", "sent"),  # nothing from 15 to 23 February
        (2, 25, 0, "handler", "sent"),
        (2, 26, 1, "handler", "sent"),
        (2, 26, 1, "head", "sent"),
        (2, 27, 2, "handler", "sent"),
        (2, 28, 3, "handler", "sent"),  # a working Saturday
        (2, 28, 3, "vice_chief", "sent"),
        (3, 2, 4, "handler", "sent"),
        (3, 3, 5, "handler", "sent"),
        (3, 4, 6, "handler", "sent"),
    ]


def test_a_reminder_is_a_row_an_event_by_the_system_and_a_notice(work, scan_at, target):
    row = work((2, 25))
    scan_at(2, 24)
    reminder = Reminder.objects.get(outcome="sent")
    event = reminder.event
    assert (reminder.assignment, reminder.due_on, reminder.day) == (
        row,
        date(2026, 2, 25),
        date(2026, 2, 24),
    )
    assert (event.verb, event.user, event.by_system) == ("assignment.remind", None, True)
    assert (event.target, event.at, event.procuratorate) == (target, at(2, 24), row.procuratorate)
    notice = Notice.objects.get(event=event)
    assert (notice.recipient, notice.read_at) == (row.post.user, None)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("last", "days"),
    [
        # In the middle of the holiday: its last working day is Saturday the 14th.
        ((2, 18), [(2, 9), (2, 11), (2, 13), (2, 14), (2, 24), (2, 25)]),
        # A plain Saturday off: its last working day is Friday the 6th.
        ((3, 7), [(2, 28), (3, 3), (3, 5), (3, 6), (3, 9), (3, 10)]),
        # A Saturday that is worked.
        ((2, 28), [(2, 14), (2, 25), (2, 27), (2, 28), (3, 2), (3, 3)]),
        # The first working day after the holiday.
        ((2, 24), [(2, 10), (2, 12), (2, 14), (2, 24), (2, 25), (2, 26)]),
    ],
)
def test_days_off_and_working_saturdays_move_the_stages(work, play, reminders, last, days):
    work(last)
    play([day for day in ALL_DAYS if day <= date(2026, *days[-1])])
    holder = [row[:3] for row in reminders(recipient__name="handler")]
    assert holder == [(*day, stage) for day, stage in zip(days, (-5, -3, -1, 0, 1, 2), strict=True)]


def test_after_an_outage_only_the_newest_stage_is_sent_to_each(work, scan_at, reminders):
    """Down from 24 to 28 February: the ladder of four days is caught up on 2 March."""
    work((2, 25))
    scan_at(2, 14)  # a late start: -3 is sent, -5 was missed
    scan_at(3, 2)
    assert reminders() == [
        (2, 14, -5, "handler", "skipped"),
        (2, 14, -3, "handler", "sent"),
        (3, 2, -1, "handler", "skipped"),
        (3, 2, 0, "handler", "skipped"),
        (3, 2, 1, "handler", "skipped"),
        (3, 2, 1, "head", "sent"),
        (3, 2, 2, "handler", "skipped"),
        (3, 2, 3, "handler", "skipped"),
        (3, 2, 3, "vice_chief", "sent"),
        (3, 2, 4, "handler", "sent"),
    ]
    assert Notice.objects.count() == 4  # nobody is told of what was skipped


def test_work_given_late_begins_where_the_ladder_stands(work, play, reminders):
    work((2, 25), since=at(2, 13, 0, 30))  # three working days before: that stage is past
    play([day for day in ALL_DAYS if day <= date(2026, 2, 25)])
    assert [row[:3] for row in reminders()] == [(2, 24, -1), (2, 25, 0)]


def test_what_was_given_with_its_last_day_in_the_past_is_late_the_next_day(work, play, reminders):
    work((2, 11), since=at(2, 13))
    play([date(2026, 2, 13), date(2026, 2, 14)])
    assert reminders() == [
        (2, 14, 3, "handler", "sent"),
        (2, 14, 3, "vice_chief", "sent"),
    ]


def test_hours_are_counted_to_the_day_they_end_on(work, scan_at, reminders):
    """A most urgent paper due at ten o'clock: that day is its last."""
    row = work((2, 25), since=at(2, 24, 10))
    Assignment.objects.filter(pk=row.pk).update(due_at=at(2, 25, 10))
    scan_at(2, 24, 23)
    scan_at(2, 25, 0)
    scan_at(2, 26, 0)
    assert [row[:4] for row in reminders()] == [
        (2, 25, 0, "handler"),
        (2, 26, 1, "handler"),
        (2, 26, 1, "head"),
    ]


def test_a_day_begins_at_midnight_in_shanghai_not_in_london(work, scan_at, reminders):
    work((2, 25))
    scan_at(2, 24, 23, 59)
    assert [row[:3] for row in reminders(outcome="sent")] == [(2, 24, -1)]
    scan_at(2, 25, 0, 0)  # still the 24th at 16:00 by UTC
    assert [row[:3] for row in reminders(outcome="sent")] == [(2, 24, -1), (2, 25, 0)]


def test_on_a_day_off_of_this_procuratorate_nothing_happens(work, scan_at, reminders, north, south):
    CalendarDay.objects.create(
        procuratorate=north, date=date(2026, 2, 25), is_workday=False, name="暴雪停工"
    )
    row = work((2, 25))
    scan_at(2, 24)
    assert [row[2] for row in reminders(outcome="sent")] == [0]  # the last one that is worked
    scan_at(2, 25)
    row.refresh_from_db()
    assert row.reminded_on == date(2026, 2, 24)
    scan_at(2, 26)
    assert [row[:3] for row in reminders(day=date(2026, 2, 26))] == [(2, 26, 1), (2, 26, 1)]


def test_a_day_off_elsewhere_is_a_working_day_here(work, scan_at, reminders, south):
    CalendarDay.objects.create(
        procuratorate=south, date=date(2026, 2, 25), is_workday=False, name="暴雪停工"
    )
    work((2, 25))
    scan_at(2, 25)
    assert [row[:3] for row in reminders(outcome="sent")] == [(2, 25, 0)]


def test_closed_withdrawn_and_unbegun_work_is_not_called_to_mind(work, event, scan_at, reminders):
    def closed(outcome):
        return {"closed_at": at(2, 2), "closing_event": event, "outcome": outcome}

    work((2, 25), duty="done", **closed(Outcome.DONE))
    work((2, 25), duty="cancelled", **closed(Outcome.CANCELLED))
    work((2, 25), duty="recalled", **closed(Outcome.RECALLED))
    row = work((2, 25), duty="not yet")
    Assignment.objects.filter(pk=row.pk).update(since=None)
    assert scan_at(2, 25) == 0
    assert reminders() == []


def test_extended_work_is_called_to_mind_of_the_new_day_only(work, scan_at, reminders, north):
    row = work((2, 25))
    scan_at(2, 25)
    row.refresh_from_db()
    rule = DeadlineRule.objects.get(code="incoming.ordinary")
    longer = compute(rule, at(2, 25), Calendar.load(north.pk))  # to 10 March
    row.set_deadline(longer)
    assert row.reminded_on is None
    row.save()
    scan_at(2, 25, 10)
    scan_at(2, 26)
    scan_at(3, 3)
    assert reminders(outcome="sent") == [
        (2, 25, 0, "handler", "sent"),
        (3, 3, -5, "handler", "sent"),
    ]
    assert longer.due_on == date(2026, 3, 10)


def test_work_that_went_on_to_a_colleague_is_called_to_mind_there(work, scan_at, reminders, cast):
    first = work((2, 25))
    scan_at(2, 13)
    second = work((2, 26), who=cast.two_posts, since=at(2, 14), duty="other")
    second.keep_deadline_of(first)
    second.save()
    Assignment.objects.filter(pk=first.pk).update(
        closed_at=at(2, 14), closing_event=first.opening_event, outcome="moved", moved_to=second
    )
    scan_at(2, 14)
    scan_at(2, 24)
    assert [row[:4] for row in reminders(outcome="sent")] == [
        (2, 13, -3, "handler"),
        (2, 24, -1, "two_posts"),
    ]


def test_a_change_of_its_last_day_has_the_ladder_looked_at_again(work, scan_at):
    row = work((2, 25))
    scan_at(2, 25)
    row.refresh_from_db()
    assert row.reminded_on == date(2026, 2, 25)
    row.keep_deadline_of(row)
    assert row.reminded_on is None


def test_the_sentence_says_who_has_it_and_how_long_is_left(work, scan_at):
    work((2, 25))
    for day in ((2, 13), (2, 24), (2, 25), (2, 27)):
        scan_at(*day)
    events = Event.objects.filter(verb="assignment.remind").order_by("at", "pk")
    said = [sentence(event) for event in events]
    assert ["handler" in text and "2026年2月25日" in text for text in said] == [True] * len(said)
    assert [event.details["days_left"] for event in events] == [3, 1, 0, -2, -2]
    assert "3 个工作日" in said[0]
    assert "2 个工作日" in said[3]


def test_a_scan_costs_the_same_for_many_as_for_few(work, scan_at, django_assert_num_queries):
    for number in range(2):
        work((2, 25), duty=f"few {number}")
    with django_assert_num_queries(QUERIES):
        assert scan_at(2, 25) == 2
    for number in range(60):
        work((2, 25), duty=f"many {number}")
    with django_assert_num_queries(QUERIES):
        assert scan_at(2, 25) == 60


def test_many_rows_are_done_in_several_batches(work, scan_at, monkeypatch):
    monkeypatch.setattr("activity.reminders.BATCH", 2)
    for number in range(5):
        work((2, 25), duty=f"duty {number}")
    assert scan_at(2, 25) == 5
    assert Reminder.objects.filter(outcome="sent").count() == 5
    assert scan_at(2, 25, 10) == 0


def test_a_ladder_of_ones_own_replaces_the_national_one_as_a_whole(work, scan_at, reminders, north):
    LadderStage.objects.create(procuratorate=north, stage=-2, audience=Audience.HEAD)
    work((2, 25))
    for day in range(9, 15):
        scan_at(2, day)
    scan_at(2, 26)
    assert reminders() == [(2, 14, -2, "head", "sent")]


def test_a_ladder_of_one_procuratorate_is_not_that_of_another(work, scan_at, reminders, south):
    LadderStage.objects.create(procuratorate=south, stage=-2, audience=Audience.HEAD)
    work((2, 25))
    scan_at(2, 25)
    assert [row[2:4] for row in reminders(outcome="sent")] == [(0, "handler")]


def test_without_a_ladder_nobody_is_reminded(work, scan_at, reminders):
    LadderStage.objects.all().delete()
    work((2, 25))
    assert scan_at(2, 25) == 0
    assert reminders() == []
