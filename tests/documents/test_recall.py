"""撤回: one's own last act, while nobody has opened what it gave them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from activity import inbox
from activity.models import Assignment, Event, Outcome
from activity.steps import StepClosed
from documents.flow import incoming as flow
from documents.flow.incoming import returning
from documents.models import IncomingPaper, State
from tests.documents.factories import paper_in, registration
from tests.documents.test_sending_back import asked, hands, jointly_handled

ACTS = [  # state reached by the act, who took it, who must not have opened it
    (State.REGISTERED, "clerk", "colleague"),
    (State.SCREENED, "clerk", "director"),
    (State.PROPOSED, "director", "chief"),
    (State.INSTRUCTED, "chief", "clerk"),
    (State.HANDLING, "clerk", "head"),
    (State.REPORTED, "head", "director"),
    (State.REVIEWED, "director", "clerk"),
    (State.CIRCULATING, "director", "reader"),
]
BEFORE = {
    State.REGISTERED: State.SIGNED_FOR,
    State.SCREENED: State.REGISTERED,
    State.PROPOSED: State.SCREENED,
    State.INSTRUCTED: State.PROPOSED,
    State.HANDLING: State.INSTRUCTED,
    State.REPORTED: State.HANDLING,
    State.REVIEWED: State.REPORTED,
    State.CIRCULATING: State.SCREENED,
}


@pytest.mark.parametrize(("state", "who", "_next"), ACTS)
def test_while_nobody_opened_it_everything_is_as_before(cast, state, who, _next):
    paper = paper_in(state, cast, divided=False)
    before = paper_in(BEFORE[state], cast, divided=False)
    flow.recall(paper, by=getattr(cast, who))
    assert paper.state == BEFORE[state]
    same = hands(before) - {("read", "reader")}
    assert hands(paper) - {("read", "reader")} == same
    event = Event.objects.about(paper).last()
    assert (event.verb, event.details["state_after"]) == ("incomingpaper.recall", paper.state)


@pytest.mark.parametrize(("state", "who", "following"), ACTS)
def test_once_somebody_opened_it_it_is_too_late(cast, state, who, following):
    paper = paper_in(state, cast, divided=False)
    inbox.mark_opened(paper, getattr(cast, following), timezone.now())
    assert not flow.RECALL.is_open(paper, getattr(cast, who), set())
    with pytest.raises(StepClosed):
        flow.recall(paper, by=getattr(cast, who))
    assert paper.state == state


def test_what_was_opened_in_this_very_moment_is_not_taken_back(cast, monkeypatch):
    paper = paper_in(State.PROPOSED, cast)
    undoable = returning.undoable

    def opened_after_the_look(*asked):
        found = undoable(*asked)
        inbox.mark_opened(paper, cast.chief, timezone.now())
        return found

    monkeypatch.setattr(returning, "undoable", opened_after_the_look)
    with pytest.raises(StepClosed):
        flow.recall(paper, by=cast.director)
    assert hands(paper) == {("instruct", "chief")}


def test_who_lost_it_does_not_see_the_paper_any_more(cast):
    paper = paper_in(State.PROPOSED, cast)
    assert IncomingPaper.objects.visible_to(cast.chief).exists()
    flow.recall(paper, by=cast.director)
    assert not IncomingPaper.objects.visible_to(cast.chief).exists()
    row = Assignment.objects.about(paper).get(post=cast.chief.posts[0])
    assert row.outcome == Outcome.RECALLED


def test_a_number_is_not_given_twice(cast):
    paper = paper_in(State.REGISTERED, cast)
    number = paper.number
    flow.recall(paper, by=cast.clerk)
    flow.register(paper, registration(), by=cast.clerk)
    assert paper.number == number


def test_the_next_turn_waits_again(cast):
    paper = asked(cast, "vice_chief", "chief", in_order=True)
    flow.instruct(paper, by=cast.vice_chief, opinion="同意。")
    assert hands(paper) == {("instruct", "chief")}
    flow.recall(paper, by=cast.vice_chief)
    assert hands(paper) == {("instruct", "vice_chief"), ("instruct", "chief*")}


def test_one_branch_is_taken_back_and_the_others_stay(cast):
    paper = jointly_handled(cast)
    flow.report(paper, by=cast.co_handler, opinion="协办已办。")
    flow.recall(paper, by=cast.co_handler)
    assert ("handle", "co_handler") in hands(paper)
    assert ("handle", "head") in hands(paper)


def test_a_return_is_taken_back_with_the_work_of_the_others(cast):
    paper = asked(cast, "chief", "vice_chief")
    flow.send_back(paper, by=cast.chief, to="propose", opinion="请补充。")
    flow.recall(paper, by=cast.chief)
    assert paper.state == State.PROPOSED
    assert hands(paper) == {("instruct", "chief"), ("instruct", "vice_chief")}


def test_an_act_is_taken_back_once(cast):
    paper = asked(cast, "chief", "vice_chief")
    flow.instruct(paper, by=cast.chief, opinion="同意。")
    flow.recall(paper, by=cast.chief)
    with pytest.raises(StepClosed):
        flow.recall(paper, by=cast.chief)
    assert hands(paper) == {("instruct", "chief"), ("instruct", "vice_chief")}


def test_what_others_did_since_is_not_undone(cast):
    paper = asked(cast, "chief", "vice_chief")
    flow.instruct(paper, by=cast.chief, opinion="同意。")
    flow.send_back(paper, by=cast.vice_chief, to="propose", opinion="请补充。")
    flow.propose(paper, by=cast.director, opinion="补充。", leaders=[cast.vice_chief.posts[0]])
    with pytest.raises(StepClosed):
        flow.recall(paper, by=cast.chief)


def test_a_colleague_cannot_take_it_back(cast):
    paper = paper_in(State.SCREENED, cast)  # by the clerk
    with pytest.raises(StepClosed):
        flow.recall(paper, by=cast.colleague)
    with pytest.raises(PermissionDenied):
        flow.recall(paper, by=cast.handler)


def test_assigning_that_is_taken_back_leaves_no_department(cast):
    paper = paper_in(State.HANDLING, cast, divided=False)
    flow.recall(paper, by=cast.clerk)
    paper.refresh_from_db()
    assert (paper.lead_department, paper.due_on) == (None, None)


def test_the_page_offers_it_and_it_works_with_one_button(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    client = signed_in("director")
    page = client.get(f"{paper.get_absolute_url()}act/recall/").text
    assert "撤回" in page
    answer = client.post(f"{paper.get_absolute_url()}recall/", follow=True)
    assert "已撤回，公文回到您的待办" in answer.text
