"""Who sees to a hand-over, of whose work, and who may be given it."""

import pytest
from django.core.exceptions import PermissionDenied

from activity.handover import flow as handovers
from activity.handover.access import may_hand_over
from activity.models import Event
from documents.models import State
from organization.actor import actor_for
from tests.activity.lent import lend
from tests.documents.factories import paper_in
from tests.documents.leaving import hand_over, open_of

REACH = {"handler": {"director", "head"}, "reader": {"director", "co_handler"},
         "head": {"director"}, "chief": {"director"}, "director": set(), "clerk": {"director"},
         "auditor": set(), "outsider": set()}  # fmt: skip


@pytest.mark.parametrize("whose", REACH)
def test_the_director_hands_over_anybodys_work_and_a_head_that_of_their_staff(whose, cast):
    post = getattr(cast, whose).posts[0]
    assert {who for who, actor in vars(cast).items() if may_hand_over(actor, post)} == REACH[whose]


@pytest.mark.parametrize(
    "who", ["clerk", "co_handler", "handler", "vice_chief", "auditor", "superior"]
)
def test_others_are_refused(who, people):
    paper_in(State.HANDLING, people)
    with pytest.raises(PermissionDenied):
        hand_over(people, "handler", "second_handler", by=who)
    assert open_of(people.handler).exists()


def test_a_head_passes_work_on_within_the_department(people):
    paper_in(State.HANDLING, people)
    with pytest.raises(handovers.CannotHandOver):
        hand_over(people, "handler", "reader", by="head")
    hand_over(people, "handler", "second_handler", by="head")
    assert open_of(people.second_handler).exists()


def test_whoever_acts_for_the_director_sees_to_it_but_not_for_the_director(people):
    people.acting = actor_for(lend(people.director, people.co_handler))
    paper = paper_in(State.HANDLING, people)
    hand_over(people, "handler", "second_handler", by="acting")
    event = Event.objects.about(paper).get(verb="assignment.hand_over")
    assert (event.user, event.acting_for) == (people.co_handler.user, people.director.posts[0])
    with pytest.raises(PermissionDenied):
        hand_over(people, "director", "clerk", by="acting")
