"""What every step checks, tried with steps that ask for nothing else."""

import pytest
from django.core.exceptions import PermissionDenied

from activity import inbox
from activity.inbox import Box
from activity.models import Event, Notice
from activity.steps import Step, StepClosed, open_duties
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from tests.documents.factories import paper_in


def step(**fields):
    known = {
        "kind": "incomingpaper",
        "name": "look",
        "before": {State.REGISTERED},
        "after": None,
        "who": "",
        "label": "",
        "sentence": "",
    }
    return Step(**known | {"allowed": lambda actor, paper: True} | fields)


def test_a_step_is_closed_in_every_other_state(cast):
    paper = paper_in(State.SIGNED_FOR, cast)
    with pytest.raises(StepClosed), step().taken(paper, by=cast.clerk):
        pytest.fail("the body must not run")


def test_who_is_not_allowed_is_refused_before_anything_else(cast):
    paper = paper_in(State.SIGNED_FOR, cast)
    refusing = step(allowed=lambda actor, paper: False)
    with pytest.raises(PermissionDenied), refusing.taken(paper, by=cast.clerk):
        pytest.fail("the body must not run")


def test_another_procuratorate_is_refused_whatever_is_allowed(cast):
    paper = paper_in(State.REGISTERED, cast)
    with pytest.raises(PermissionDenied), step().taken(paper, by=cast.outsider):
        pytest.fail("the body must not run")
    assert not step().is_open(paper, cast.outsider, set())


def test_a_step_without_a_next_state_stays_and_is_written_down(cast):
    paper = paper_in(State.REGISTERED, cast)
    with step().taken(paper, by=cast.clerk) as trace:
        trace.details["why"] = "看一看"
    paper.refresh_from_db()
    assert paper.state == State.REGISTERED
    event = Event.objects.about(paper).last()
    assert event.verb == "incomingpaper.look"
    assert event.details == {
        "state_before": "registered",
        "why": "看一看",
        "state_after": "registered",
    }


def test_what_the_caller_held_in_memory_is_read_afresh(cast):
    paper = paper_in(State.REGISTERED, cast)
    paper.title = "只在内存里的标题"
    with step().taken(paper, by=cast.clerk):
        assert paper.title != "只在内存里的标题"


def test_turns_come_one_after_the_other_and_the_last_moves_the_paper(cast):
    """Three leaders asked in order: nobody sees it before their turn."""
    paper = paper_in(State.SCREENED, cast)
    leaders = [cast.vice_chief, cast.drafting_chief, cast.chief]
    asked = [leader.posts[0] for leader in leaders]
    flow.propose(paper, by=cast.director, opinion="拟请批示。", leaders=asked, in_order=True)

    for turn, leader in enumerate(leaders):
        for later in leaders[turn + 1 :]:
            assert not inbox.rows(Box.TO_DO, later).exists()
            assert not IncomingPaper.objects.visible_to(later).exists()
            with pytest.raises(StepClosed):
                flow.instruct(paper, by=later, opinion="抢先。")
        assert paper.state == State.PROPOSED
        flow.instruct(paper, by=leader, opinion="同意。")
    assert paper.state == State.INSTRUCTED


def test_who_comes_later_in_the_order_is_neither_told_nor_offered_the_step(cast):
    paper = paper_in(State.SCREENED, cast)
    asked = [cast.vice_chief.posts[0], cast.chief.posts[0]]
    flow.propose(paper, by=cast.director, opinion="拟请批示。", leaders=asked, in_order=True)
    told = Notice.objects.filter(event=Event.objects.about(paper).last())
    assert [notice.recipient for notice in told] == [cast.vice_chief.user]
    assert open_duties(paper, cast.vice_chief) == {"instruct"}
    assert open_duties(paper, cast.chief) == set()
