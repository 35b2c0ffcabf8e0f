"""The way of a paper as it is drawn: what is behind it, where it is and in whose hands."""

from datetime import timedelta

from django.utils import timezone

from activity import trail
from documents import queries
from documents.flow import incoming as flow
from documents.models import Duty, State
from tests.documents.factories import paper_in, plan


def way(paper):
    """Each phase as (place, who was there, who is there now), by name."""
    drawn = queries.phases(paper, trail.lines(paper), trail.holders(paper))
    return {
        str(phase.name): (
            phase.place,
            [line.event.user.name for line in phase.passed],
            [row.post.user.name for row in phase.holders],
        )
        for phase in drawn
    }


def test_what_is_behind_has_its_people_and_what_is_ahead_nobody(cast):
    assert way(paper_in(State.PROPOSED, cast)) == {
        "签收": ("past", ["clerk"], []),
        "登记": ("past", ["clerk"], []),
        "初审": ("past", ["clerk"], []),
        "拟办": ("past", ["director"], []),
        "批示": ("now", [], ["chief"]),
        "交办": ("ahead", [], []),
        "承办": ("ahead", [], []),
        "审核": ("ahead", [], []),
        "办结": ("ahead", [], []),
    }


def test_a_paper_that_was_just_signed_for_waits_with_every_clerk(cast):
    drawn = way(paper_in(State.SIGNED_FOR, cast))
    assert drawn["登记"] == ("now", [], ["clerk", "colleague"])


def test_each_branch_of_joint_work_is_seen(cast, departments):
    paper = paper_in(State.INSTRUCTED, cast)
    flow.assign(
        paper,
        plan(departments, assisting=[flow.Share(departments.second, timezone.localdate())]),
        by=cast.clerk,
    )
    assert way(paper)["承办"] == ("now", [], ["head", "co_handler"])
    flow.report(paper, by=cast.co_handler, opinion="已核对。")
    assert way(paper)["承办"] == ("now", ["co_handler"], ["head"])


def test_reading_stands_beside_the_way_and_outlasts_it(cast):
    paper = paper_in(State.CLOSED, cast)
    assert way(paper)["传阅"] == ("beside", [], ["reader"])
    flow.read(paper, by=cast.reader)
    drawn = way(paper)
    assert drawn["传阅"] == ("beside", ["reader"], [])
    assert {place for place, *_ in drawn.values()} == {"past", "beside"}


def test_the_page_marks_the_present_phase_and_who_has_not_opened_it(cast, signed_in):
    page = signed_in("director").get(paper_in(State.HANDLING, cast).get_absolute_url()).text
    drawn = page.split('<ol class="flow"')[1].split("</ol>")[0]
    now = drawn.split('aria-current="step"')[1].split("</li>")[0]
    for words in ("承办", "当前办理", "handler", "尚未打开"):
        assert words in now
    assert drawn.count("aria-current") == 1


def test_who_has_opened_it_is_not_said_to_have_not(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    rows = [row for row in trail.holders(paper) if row.duty == Duty.INSTRUCT]
    for row in rows:
        row.opened_at = timezone.now() - timedelta(minutes=1)
        row.save(update_fields=["opened_at"])
    drawn = signed_in("director").get(paper.get_absolute_url()).text.split('class="flow"')[1]
    assert "尚未打开" not in drawn.split("</ol>")[0]
