"""批示 by several leaders: in order or at once, one more (加签), one less (减签)."""

import pytest
from django.core.exceptions import PermissionDenied

from activity import trail
from activity.steps import StepClosed
from documents import queries
from documents.flow import incoming as flow
from documents.models import State
from tests.documents.factories import paper_in
from tests.documents.test_sending_back import asked, hands


def test_one_more_is_asked_at_once_and_the_paper_waits_for_all(cast):
    paper = asked(cast, "chief")
    flow.add_leader(paper, by=cast.chief, leader=cast.vice_chief.posts[0], opinion="请阅示。")
    flow.instruct(paper, by=cast.chief, opinion="同意。")
    assert paper.state == State.PROPOSED
    flow.instruct(paper, by=cast.vice_chief, opinion="同意。")
    assert paper.state == State.INSTRUCTED


def test_asking_somebody_who_has_it_changes_nothing(cast):
    paper = asked(cast, "chief")
    flow.add_leader(paper, by=cast.director, leader=cast.chief.posts[0])
    assert hands(paper) == {("instruct", "chief")}


def test_one_who_was_added_can_be_taken_out_and_both_are_in_the_trail(cast):
    paper = asked(cast, "chief")
    flow.add_leader(paper, by=cast.director, leader=cast.vice_chief.posts[0])
    flow.remove_leader(paper, by=cast.director, leader=cast.vice_chief.posts[0])
    assert hands(paper) == {("instruct", "chief")}
    verbs = [line.event.verb for line in trail.lines(paper)][-2:]
    assert verbs == ["incomingpaper.add_leader", "incomingpaper.remove_leader"]


def test_in_order_the_next_has_it_when_the_one_before_is_taken_out(cast):
    paper = asked(cast, "vice_chief", "chief", in_order=True)
    flow.remove_leader(paper, by=cast.director, leader=cast.vice_chief.posts[0])
    assert hands(paper) == {("instruct", "chief")}


def test_the_only_one_cannot_be_taken_out(cast):
    paper = asked(cast, "chief")
    with pytest.raises(StepClosed):
        flow.remove_leader(paper, by=cast.director, leader=cast.chief.posts[0])


def test_the_last_of_several_can_and_the_paper_goes_on(cast):
    paper = asked(cast, "chief", "vice_chief")
    flow.instruct(paper, by=cast.vice_chief, opinion="请一部办。")
    flow.remove_leader(paper, by=cast.director, leader=cast.chief.posts[0])
    assert paper.state == State.INSTRUCTED
    assert hands(paper) == {("assign", "clerk"), ("assign", "colleague")}


def test_what_was_said_in_an_earlier_round_does_not_count(cast):
    paper = asked(cast, "chief", "vice_chief")
    flow.instruct(paper, by=cast.vice_chief, opinion="请一部办。")
    flow.send_back(paper, by=cast.chief, to="propose", opinion="请补充。")
    flow.propose(paper, by=cast.director, opinion="补充。", leaders=[cast.chief.posts[0]])
    with pytest.raises(StepClosed):
        flow.remove_leader(paper, by=cast.director, leader=cast.chief.posts[0])


def test_a_leader_who_was_not_asked_changes_nothing(cast):
    paper = asked(cast, "chief")
    with pytest.raises(PermissionDenied):
        flow.add_leader(paper, by=cast.vice_chief, leader=cast.drafting_chief.posts[0])


def test_in_the_leaders_box_the_senior_comes_first_whoever_wrote_first(cast):
    paper = asked(cast, "vice_chief", "chief", "drafting_chief")
    for name in ("vice_chief", "drafting_chief", "chief"):
        flow.instruct(paper, by=getattr(cast, name), opinion=f"{name}：同意。")
    boxes = {str(box.name): box for box in queries.sheet(trail.lines(paper))}
    said = [line.event.user.name for line in boxes["领导批示"].lines]
    assert said == ["chief", "vice_chief", "drafting_chief"]


def test_without_leaders_it_goes_straight_to_the_departments(cast):
    paper = paper_in(State.SCREENED, cast)
    flow.forward(paper, by=cast.director, opinion="转一部办理。")
    assert paper.state == State.INSTRUCTED
    assert hands(paper) == {("assign", "clerk"), ("assign", "colleague")}


def test_who_proposed_it_is_warned_when_they_instruct_on_it(cast, signed_in, departments):
    """Two duties of one paper in one hand, whichever of two posts it is."""
    from organization.models import Role
    from tests.conftest import make_post

    both = make_post(cast.director.user, Role.VICE_CHIEF)
    paper = paper_in(State.SCREENED, cast)
    flow.propose(paper, by=cast.director, opinion="拟请批示。", leaders=[both])
    page = signed_in("director").get(paper.get_absolute_url()).text
    assert "本件的拟办意见是您本人提出的" in page
    assert "不宜由同一人办理" in page
    assert "不宜由同一人办理" not in signed_in("clerk").get(paper.get_absolute_url()).text
