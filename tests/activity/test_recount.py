"""Deadlines over a calendar that changed: who signs, what moves, how an office hears of it."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from activity import recount
from activity.models import Assignment, DeadlineReview, Event, Notice, Reminder
from activity.record import record
from activity.recount import MOVED, SIGNED, STAYED, differing, digest, look, sign, waiting
from activity.words import sentence
from organization import loaders
from organization.calendar import Calendar
from organization.deadlines import Deadline, compute
from organization.models import CalendarDay, DeadlineRule, Department, Role
from tests.activity import desk
from tests.activity.conftest import at
from tests.conftest import make_person

START = at(9, 28)  # a Monday; five working days lead to Saturday 10 October, which is worked
OLD, NEW, FESTIVAL = date(2026, 10, 10), date(2026, 10, 12), date(2026, 10, 9)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(START, tick=False):
        yield


@pytest.fixture
def counted(cast, north, south):
    """`counted("handler")` is open work of that person, counted over the calendar of now."""

    def make(who="handler", *, by_hand=None, **fields):
        actor = getattr(cast, who) if isinstance(who, str) else who
        post, place = actor.posts[0], actor.procuratorate
        calendar = Calendar.load(place.pk)
        rule = DeadlineRule.objects.get(code="incoming.urgent")
        deadline = compute(rule, timezone.now(), calendar)
        event = record("department.test", post.department, by=actor)
        row = Assignment(
            procuratorate=place,
            target=post.department,
            marking=2,
            kind="act",
            post=post,
            department=post.department,
            opening_event=event,
            **{"since": event.at, "duty": "handle"} | fields,
        )
        row.set_deadline(deadline.set_by_hand(by_hand, calendar) if by_hand else deadline)
        row.save()
        return row

    return make


@pytest.fixture
def festival(north):
    """A day off of the northern procuratorate alone, unless it is said to be everybody's."""

    def make(place=north, day=FESTIVAL, is_workday=False):
        return CalendarDay.objects.create(
            procuratorate=place, date=day, is_workday=is_workday, name="院庆日"
        )

    return make


@pytest.fixture
def south_director(south, cast):
    office = cast.outsider.posts[0].department
    return make_person("south_director", south, (Role.OFFICE_DIRECTOR, office))


def found(place):
    return differing(place.pk, Calendar.load(place.pk))


def signed(director, reason="院发〔2026〕3号"):
    return sign(digest(found(director.procuratorate)[: recount.MOST]), reason, by=director)


def due_on(row):
    row.refresh_from_db()
    return row.due_on


def test_nothing_differs_from_the_calendar_it_was_counted_over(counted, north):
    counted()
    counted("head", by_hand=date(2026, 10, 16))
    assert found(north) == []


def test_a_signature_moves_the_day_and_says_why(counted, festival, cast, target):
    row = counted()
    row.reminded_on = date(2026, 9, 28)
    row.save()
    festival()
    assert signed(cast.director) == 1
    row.refresh_from_db()
    assert (row.due_on, row.first_due_on, row.warn_on, row.reminded_on) == (NEW, OLD, NEW, None)
    assert timezone.localtime(row.due_at).date() == NEW
    kept = Deadline.from_json(row.deadline)
    assert (kept.due_on, kept.first_due_on) == (NEW, OLD)
    event = Event.objects.get(verb=MOVED)
    assert (event.target, event.user, event.post) == (
        target, cast.director.user, cast.director.posts[0],
    )  # fmt: skip
    assert sentence(event) == (
        "因日历调整，第一检察部的办理时限由2026年10月10日改为2026年10月12日（院发〔2026〕3号）"
    )
    notice = Notice.objects.get(event=event)
    assert (notice.recipient, notice.procuratorate) == (cast.handler.user, row.procuratorate)
    whole = Event.objects.get(verb=SIGNED)
    assert whole.target == row.procuratorate
    assert whole.details == {"count": 1, "reason": "院发〔2026〕3号"}
    assert found(row.procuratorate) == []


def test_a_working_day_brings_the_last_day_forward(counted, festival, cast):
    row = counted()
    festival(day=date(2026, 10, 7), is_workday=True)
    signed(cast.director)
    assert due_on(row) == date(2026, 10, 9)


def test_taken_back_the_last_day_is_the_first_one_again(counted, festival, cast):
    row, day = counted(), festival()
    signed(cast.director)
    day.delete()
    signed(cast.director)
    assert due_on(row) == OLD
    assert Event.objects.filter(verb=MOVED).count() == 2


@pytest.mark.parametrize("who", ["clerk", "head", "chief", "handler", "system_admin", "outsider"])
def test_nobody_else_signs(who, counted, festival, cast, north):
    row = counted()
    festival()
    with pytest.raises(PermissionDenied):
        sign(digest(found(north)), "院发〔2026〕3号", by=getattr(cast, who))
    assert due_on(row) == OLD
    assert not Event.objects.filter(verb__in=[MOVED, SIGNED]).exists()


def test_a_national_change_is_signed_for_by_each_procuratorate_for_itself(
    counted, festival, cast, south_director
):
    here, there = counted(), counted("outsider")
    festival(place=None)
    assert signed(south_director) == 1
    assert (due_on(here), due_on(there)) == (OLD, NEW)
    assert signed(cast.director) == 1
    assert due_on(here) == NEW
    assert {event.procuratorate for event in Event.objects.filter(verb=MOVED)} == {
        here.procuratorate, there.procuratorate,
    }  # fmt: skip


def test_a_local_change_is_no_business_of_the_neighbours(counted, festival, cast, south_director):
    here, there = counted(), counted("outsider")
    festival()
    assert found(there.procuratorate) == []
    with pytest.raises(recount.ListChanged):
        signed(south_director)
    with pytest.raises(recount.ListChanged):
        sign(digest(found(here.procuratorate)), "…", by=south_director)
    assert (due_on(here), due_on(there)) == (OLD, OLD)


def test_an_office_that_never_signs_keeps_its_dates(counted, festival, scan_at, north):
    row = counted()
    festival()
    look(timezone.now())
    scan_at(10, 9)
    look(at(10, 13))
    assert due_on(row) == OLD
    assert len(found(north)) == 1


def test_closed_work_and_work_without_a_deadline_is_left_alone(counted, festival, cast, north):
    closed, plain = counted(), counted("reader")
    now = timezone.now()
    Assignment.objects.filter(pk=closed.pk).update(
        closed_at=now, outcome="done", closing_event=closed.opening_event
    )
    Assignment.objects.filter(pk=plain.pk).update(
        due_on=None, due_at=None, warn_on=None, first_due_on=None, deadline=None
    )
    festival()
    assert found(north) == []


def test_work_whose_turn_has_not_come_moves_too_and_nobody_is_told(counted, festival, cast):
    row = counted(since=None)
    festival()
    signed(cast.director)
    assert due_on(row) == NEW
    assert not Notice.objects.exists()


def test_a_chosen_day_stays_and_is_listed_apart_when_it_becomes_a_day_off(
    counted, festival, cast, north
):
    row = counted(by_hand=FESTIVAL)
    festival()
    (change,) = found(north)
    assert (change.moves, change.fell_on_a_day_off) == (False, True)
    signed(cast.director)
    row.refresh_from_db()
    assert (row.due_on, row.warn_on) == (FESTIVAL, date(2026, 10, 8))
    event = Event.objects.get(verb=STAYED)
    assert sentence(event).startswith("因日历调整，第一检察部的办理时限经重算仍为2026年10月9日")
    assert not Notice.objects.exists()
    assert found(north) == []


def test_a_day_off_inside_a_chosen_span_only_changes_the_explanation(counted, festival, north):
    counted(by_hand=date(2026, 10, 16))
    festival()
    (change,) = found(north)
    assert (change.moves, change.fell_on_a_day_off) == (False, False)
    assert change.days == ((FESTIVAL, False, "院庆日"),)


def test_the_most_urgent_come_first_and_those_that_stay_last(counted, festival, cast, north):
    same = counted("reader", by_hand=date(2026, 10, 16))
    chosen = counted("co_handler", by_hand=FESTIVAL)
    with time_machine.travel(at(9, 29), tick=False):
        later = counted("head")
    first = counted()
    festival()
    assert [change.row_id for change in found(north)] == [
        first.pk, later.pk, chosen.pk, same.pk,
    ]  # fmt: skip


def test_one_signature_covers_so_many_and_the_rest_follows(counted, festival, cast, monkeypatch):
    monkeypatch.setattr(recount, "MOST", 2)
    rows = [counted(duty=f"duty{number}") for number in range(3)]
    festival()
    assert signed(cast.director) == 2
    assert [due_on(row) for row in rows] == [NEW, NEW, OLD]
    assert waiting(cast.director) == 1
    assert signed(cast.director) == 1
    assert due_on(rows[2]) == NEW


def test_the_list_must_be_the_one_that_was_signed_for(counted, festival, cast, north):
    row = counted()
    festival()
    shown = digest(found(north))
    counted("head")  # over the new calendar: nothing to do with it
    assert digest(found(north)) == shown
    festival(day=date(2026, 10, 12))
    with pytest.raises(recount.ListChanged):
        sign(shown, "院发〔2026〕3号", by=cast.director)
    assert due_on(row) == OLD
    assert not Event.objects.filter(verb__in=[MOVED, SIGNED]).exists()


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"closed_at": START, "outcome": "done"},
        {"deadline": {"due_on": "2026-10-20", "due_at": "2026-10-20T23:59:59+08:00"}},
    ],
)
def test_work_that_is_closed_or_extended_between_reading_and_locking_stops_it_all(
    meanwhile, counted, festival, cast, north, monkeypatch
):
    row, other = counted(), counted("reader")
    festival()
    shown, honest = digest(found(north)), recount.differing

    def slow(*asked):
        """Somebody is quicker, after the list was read and before its rows are locked."""
        listed = honest(*asked)
        known = {"closing_event": row.opening_event} if "outcome" in meanwhile else {}
        if "deadline" in meanwhile:
            known["deadline"] = row.deadline | meanwhile["deadline"]
        Assignment.objects.filter(pk=row.pk).update(**meanwhile | known)
        return listed

    monkeypatch.setattr(recount, "differing", slow)
    with pytest.raises(recount.ListChanged):
        sign(shown, "院发〔2026〕3号", by=cast.director)
    assert (due_on(row), due_on(other)) == (OLD, OLD)
    assert not Event.objects.filter(verb__in=[MOVED, SIGNED]).exists()


def test_a_record_that_keeps_a_copy_is_told(counted, festival, cast, monkeypatch):
    told = []
    monkeypatch.setattr(
        Department,
        "follow_deadline",
        lambda record, row: told.append((record, row.pk, row.due_on)),
        raising=False,
    )
    row, stays = counted(), counted(duty="other", by_hand=date(2026, 10, 16))
    festival()
    signed(cast.director)
    assert told == [(row.target, row.pk, NEW)]
    assert due_on(stays) == date(2026, 10, 16)


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


# How an office hears of it.


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
