"""What must always be true of events, assignments and notices is refused by the database."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from activity.models import Kind, Notice, Outcome
from tests.activity import test_outgoing_constraints as outgoing

DAY = date(2026, 3, 2)
DATES = ("due_on", "due_at", "warn_on", "first_due_on")


def whole_deadline():
    return {"due_on": DAY, "due_at": timezone.now(), "warn_on": DAY, "first_due_on": DAY}


def closed(event, outcome=Outcome.DONE):
    return {"closed_at": timezone.now(), "closing_event": event, "outcome": outcome}


BROKEN = {
    "assignment_kind_is_known": lambda event: [{"kind": "sing"}],
    "assignment_outcome_is_known": lambda event: [closed(event, "forgotten")],
    "closed_assignment_says_how_and_by_which_event": lambda event: [
        closed(event) | missing
        for missing in ({"closed_at": None}, {"closing_event": None}, {"outcome": ""})
    ],
    "moved_assignment_says_where_to": lambda event: [closed(event, Outcome.MOVED)],
    "assignment_deadline_is_whole": lambda event: [
        whole_deadline() | {name: None} for name in DATES
    ],
}
ELSEWHERE = {  # broken by tests of their own
    "one_open_row_for_each_duty_of_a_post",
    "event_is_told_once_to_each_person",
    "event_has_a_person_or_is_by_the_system",
    "phrase_is_offered_once_for_each_act",
    "own_phrase_is_kept_once_for_each_act",
    "nobody_sees_to_their_own_handover",
    "phrase_act_is_the_name_of_a_step",
    "phrase_says_something_in_one_line",
    "one_draft_of_each_form_for_a_person",
    "draft_says_for_which_form",
    "draft_is_not_too_long",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_assignment_is_refused_by_the_constraint_of_that_name(
    assignment, event, name, refused
):
    for fields in BROKEN[name](event):
        refused(name, assignment(**fields).save)


@pytest.fixture
def refused():
    def check(name, act):
        with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
            act()

    return check


def test_good_assignments_are_taken(assignment, event):
    first = assignment(duty="first", **whole_deadline())
    first.save()
    assignment(duty="second", kind=Kind.READ, since=None, turn=1).save()
    assignment(duty="third", moved_to=first, **closed(event, Outcome.MOVED)).save()


def test_a_post_has_a_duty_on_a_record_open_once(assignment, event, cast, refused):
    assignment(**closed(event)).save()
    assignment().save()
    refused("one_open_row_for_each_duty_of_a_post", assignment().save)
    refused("one_open_row_for_each_duty_of_a_post", assignment(since=None, turn=1).save)
    assignment(duty="other").save()
    assignment(post=cast.reader.posts[0]).save()


def test_nobody_is_told_the_same_twice(event, cast, refused):
    def tell(person):
        Notice.objects.create(procuratorate=event.procuratorate, event=event, recipient=person.user)

    tell(cast.handler)
    tell(cast.reader)
    refused("event_is_told_once_to_each_person", lambda: tell(cast.handler))


def test_every_constraint_is_broken_somewhere():
    models = apps.get_app_config("activity").get_models()
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    assert named == set(BROKEN) | ELSEWHERE | set(outgoing.BROKEN) | set(outgoing.TWICE)
