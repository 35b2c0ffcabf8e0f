"""Deadlines over a calendar that has changed: who signs, what moves, what stays."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from activity import recount
from activity.models import Assignment, Event, Notice
from activity.recount import MOVED, SIGNED, STAYED, digest, look, sign, waiting
from activity.words import sentence
from organization.deadlines import Deadline
from organization.models import Department
from tests.activity.conftest import at
from tests.activity.recount.signing import FESTIVAL, NEW, OLD, START, due_on, found, signed


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
