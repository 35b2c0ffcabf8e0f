"""A paper that is decided and assigned a second time: what holds is the present round."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import Notice
from activity.trace import NobodyToAsk
from documents import queries
from documents.flow import incoming as flow
from documents.models import State, Urgency
from tests.documents.factories import paper_in, registration
from tests.documents.test_sending_back import asked, hands, jointly_handled


def test_a_department_of_an_older_plan_is_not_asked_again(cast, departments):
    """Assigned twice: the second plan does without the second department."""
    paper = jointly_handled(cast)
    flow.report(paper, by=cast.co_handler, opinion="协办已办。")
    flow.send_back(paper, by=cast.head, to="instruct", opinion="请明确。")
    flow.instruct(paper, by=cast.chief, opinion="一部独办。")
    due = timezone.localdate() + timedelta(days=5)
    flow.assign(paper, flow.Plan(lead=departments.first, due_on=due), by=cast.clerk)
    assert queries.assisting(paper) == []
    flow.report(paper, by=cast.head, opinion="已办。")
    flow.send_back(paper, by=cast.director, to="handle", opinion="再核。")
    assert hands(paper) == {("handle", "head"), ("read", "reader")}


def test_a_department_that_has_not_reported_cannot_be_named(cast, departments):
    paper = paper_in(State.REPORTED, cast)
    with pytest.raises(NobodyToAsk):
        flow.send_back(
            paper, by=cast.director, to="handle", opinion="再核。",
            departments=[departments.second],
        )  # fmt: skip
    assert hands(paper) == {("review", "director"), ("read", "reader")}


def test_a_paper_that_turns_out_to_be_urgent_in_the_middle_has_somebody_who_chases_it(cast):
    paper = jointly_handled(cast)
    flow.send_back(paper, by=cast.head, to="register", opinion="应为加急件。", straight=True)
    flow.register(paper, registration(urgency=Urgency.URGENT), by=cast.colleague)
    paper.refresh_from_db()
    assert (paper.state, paper.chaser) == (State.HANDLING, cast.colleague.posts[0])


def test_who_was_still_waiting_for_a_turn_hears_nothing(cast):
    """They never saw it, so there is nothing they lose."""
    paper = asked(cast, "vice_chief", "chief", in_order=True)
    flow.send_back(paper, by=cast.vice_chief, to="propose", opinion="请补充。")
    assert not Notice.objects.filter(recipient=cast.chief.user).exists()


def test_a_paper_that_is_only_read_in_the_end_has_no_last_day(cast):
    paper = jointly_handled(cast)
    flow.send_back(paper, by=cast.head, to="instruct", opinion="请明确。")
    flow.instruct(paper, by=cast.chief, opinion="传阅即可。")
    flow.circulate(paper, by=cast.clerk, readers=[cast.two_posts.posts[0]])
    assert (paper.lead_department, paper.due_on) == (None, None)
