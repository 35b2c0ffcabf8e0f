"""A hand-over while the leaver and others go on working, on real connections."""

import contextlib

import pytest

from activity.handover import flow as handovers
from activity.lending import flow as lending
from activity.models import Assignment, Event, Handover
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.models import Delegation
from tests.activity.lent import lend
from tests.documents.factories import paper_in
from tests.documents.test_at_the_same_time import again, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def hand_over(leaver, successor, by):
    return handovers.hand_over(handovers.Plan(leaver.user, successor.posts[0]), by=by)


def nothing_is_left(leaver):
    return not Assignment.objects.open().filter(post__in=leaver.posts).exists()


@pytest.mark.parametrize("_time", range(3))
def test_the_leavers_own_step_is_done_or_refused_and_nothing_is_done_twice(
    cast, second_handler, _time
):
    papers = [paper_in(State.HANDLING, cast) for _ in range(2)]
    met = at_once(
        lambda: hand_over(cast.handler, second_handler, cast.director),
        lambda: flow.report(again(papers[1]), by=cast.handler, opinion="已办。"),
    )
    assert met in (["done", "done"], ["StepClosed", "done"])
    assert nothing_is_left(cast.handler)
    reported = Event.objects.about(papers[1]).filter(verb="incomingpaper.report").count()
    assert reported == met.count("done") - 1
    left = Assignment.objects.open().filter(post__in=second_handler.posts)
    assert left.count() == 2 - reported


def test_what_is_given_at_the_same_moment_is_handed_over_or_stays_to_be_seen(cast, second_handler):
    paper = paper_in(State.HANDLING, cast, divided=False)
    paper_in(State.HANDLING, cast)

    def take_over():
        with contextlib.suppress(handovers.CannotHandOver):
            hand_over(cast.handler, second_handler, cast.director)

    at_once(take_over, lambda: flow.divide(again(paper), by=cast.head, to=cast.handler.posts[0]))
    rows = Assignment.objects.open().filter(duty="handle", target_id=paper.pk)
    assert rows.get().post in {cast.handler.posts[0], second_handler.posts[0]}


def test_two_who_take_over_from_each_other_do_not_wait_in_a_circle(cast, second_handler):
    papers = [paper_in(State.HANDLING, cast) for _ in range(2)]
    row = Assignment.objects.open().get(target_id=papers[1].pk, duty="handle")
    row.post = second_handler.posts[0]
    row.save()
    met = at_once(
        lambda: hand_over(cast.handler, second_handler, cast.director),
        lambda: hand_over(second_handler, cast.handler, cast.director),
    )
    assert met == ["done", "done"]
    assert Handover.objects.count() == 2
    assert Assignment.objects.open().filter(duty="handle").count() == 2


def test_giving_back_at_the_same_moment_ends_the_delegation_once(cast, second_handler):
    lent = lend(cast.handler, cast.reader)
    met = at_once(
        lambda: hand_over(cast.handler, second_handler, cast.director),
        lambda: lending.give_back(Delegation.objects.get(pk=lent.pk), by=cast.handler),
    )
    assert met in (["done", "done"], ["StepClosed", "done"])
    assert Event.objects.filter(verb="delegation.give_back").count() == 1


def test_the_same_hand_over_twice_at_once_moves_each_row_once(cast, second_handler):
    paper = paper_in(State.HANDLING, cast)
    at_once(*[lambda: hand_over(cast.handler, second_handler, cast.director) for _ in range(2)])
    assert Event.objects.about(paper).filter(verb="assignment.hand_over").count() == 1
    assert IncomingPaper.objects.get().state == State.HANDLING
