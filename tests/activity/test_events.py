"""What was done stays as it was written: the database itself refuses every change."""

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from activity.models import Event
from activity.record import record
from organization.actor import Actor


def change(event):
    event.details = {"opinion": "不同意。"}
    event.save()


def change_unseen(event):
    Event.objects.filter(pk=event.pk).update(verb="department.other")


def delete(event):
    event.delete()


def delete_unseen(event):
    Event.objects.filter(pk=event.pk)._raw_delete(using="default")


def raw_change(event):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE activity_event SET at = now() WHERE id = %s", [event.pk])


def raw_delete(event):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM activity_event WHERE id = %s", [event.pk])


WAYS = [change, change_unseen, delete, delete_unseen, raw_change, raw_delete]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_event_cannot_be_changed_or_deleted(event, way):
    before = Event.objects.filter(pk=event.pk).values().get()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        way(Event.objects.get(pk=event.pk))
    assert Event.objects.filter(pk=event.pk).values().get() == before


@time_machine.travel("2026-03-02T09:00:00+08:00", tick=False)
def test_an_event_says_who_when_with_which_post_and_about_what(cast, target):
    event = record("department.test", target, by=cast.handler, details={"file": "来文.pdf"})
    event.refresh_from_db()
    assert (event.user, event.post, event.acting_for) == (
        cast.handler.user,
        cast.handler.posts[0],
        None,
    )
    assert (event.target, event.procuratorate) == (target, cast.handler.procuratorate)
    assert (event.at, event.by_system) == (timezone.now(), False)
    assert event.details == {"file": "来文.pdf"}


def test_an_event_of_a_delegate_keeps_both_people(cast, target):
    event = record("department.test", target, by=cast.delegate)
    assert event.user == cast.delegate.user
    assert event.acting_for == cast.chief.posts[0]
    assert event.acting_for.user != event.user


def test_what_happens_by_the_clock_has_no_person(cast, target, north):
    event = record("department.test", target, by=Actor.system(north))
    assert (event.user, event.post, event.by_system) == (None, None, True)


@pytest.mark.parametrize(("somebody", "by_system"), [(False, False), (True, True)])
def test_only_the_system_acts_without_a_person(event, somebody, by_system):
    event.pk, event._state.adding = None, True
    event.by_system = by_system
    event.user = event.user if somebody else None
    with pytest.raises(IntegrityError, match="event_has_a_person_or_is_by_the_system"):
        event.save()


def test_what_was_told_about_cannot_go_away(event):
    """The post and the person of an event stay as long as it does, which is for ever."""
    with pytest.raises(IntegrityError), transaction.atomic():
        event.post.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        event.user.delete()


def test_a_record_has_its_own_events_only(event, cast, departments):
    record("department.test", departments.second, by=cast.clerk)
    record("user.test", cast.clerk.user, by=cast.clerk)
    assert list(Event.objects.about(departments.first)) == [event]


def test_coming_and_going_are_written_down(client, cast):
    client.post("/sign-in/", {"username": "clerk", "password": "password-of-clerk"})
    client.post("/sign-out/")
    written = Event.objects.about(cast.clerk.user).values_list("verb", "user__name")
    assert list(written) == [("user.sign_in", "clerk"), ("user.sign_out", "clerk")]
