"""拟办 批示 交办 分办 反馈 传阅 办结."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format

from activity import inbox, trail
from activity.models import Assignment, Event, Notice, Outcome
from activity.steps import StepClosed
from activity.trace import NobodyToAsk
from documents.flow import incoming as flow
from documents.models import Duty, State, Urgency
from organization.models import Post, Role
from tests.conftest import make_post
from tests.documents.factories import paper_in


def open_rows(paper):
    rows = Assignment.objects.about(paper).open().filter(since__isnull=False)
    return {(row.duty, row.post.user.name) for row in rows}


def share(head):
    return flow.Share(head.posts[0].department, timezone.localdate() + timedelta(days=6))


def test_a_proposal_asks_each_leader(cast):
    paper = paper_in(State.SCREENED, cast)
    leaders = [cast.chief.posts[0], cast.vice_chief.posts[0]]
    flow.propose(paper, by=cast.director, opinion="拟请批示。", leaders=leaders)
    assert open_rows(paper) == {("instruct", "chief"), ("instruct", "vice_chief")}
    event = Event.objects.about(paper).last()
    assert event.details["opinion"] == "拟请批示。"
    assert event.details["leaders"] == "chief、vice_chief"


def test_a_proposal_without_a_leader_is_refused(cast):
    paper = paper_in(State.SCREENED, cast)
    with pytest.raises(NobodyToAsk):
        flow.propose(paper, by=cast.director, opinion="拟办。", leaders=[])


def test_the_paper_waits_for_the_last_leader(cast):
    paper = paper_in(State.SCREENED, cast)
    leaders = [cast.chief.posts[0], cast.vice_chief.posts[0]]
    flow.propose(paper, by=cast.director, opinion="拟请批示。", leaders=leaders)

    flow.instruct(paper, by=cast.vice_chief, opinion="请一部办。")
    assert paper.state == State.PROPOSED
    assert open_rows(paper) == {("instruct", "chief")}

    flow.instruct(paper, by=cast.chief, opinion="同意。")
    assert paper.state == State.INSTRUCTED
    assert open_rows(paper) == {("assign", "clerk"), ("assign", "colleague")}


def test_a_leader_who_was_not_asked_may_not_instruct(cast):
    paper = paper_in(State.PROPOSED, cast)
    with pytest.raises(PermissionDenied):
        flow.instruct(paper, by=cast.vice_chief, opinion="同意。")


def test_a_leader_instructs_once(cast):
    paper = paper_in(State.INSTRUCTED, cast)
    with pytest.raises(StepClosed):
        flow.instruct(paper, by=cast.chief, opinion="再批一次。")


def test_a_delegate_instructs_in_the_leaders_name_and_both_are_kept(cast):
    paper = paper_in(State.PROPOSED, cast)
    flow.instruct(paper, by=cast.delegate, opinion="同意。")
    event = Event.objects.about(paper).last()
    assert event.user == cast.delegate.user
    assert event.acting_for == cast.chief.posts[0]
    assert event.post == cast.chief.posts[0]


@time_machine.travel("2026-02-13 10:00+08:00", tick=False)
def test_assigning_sets_the_deadline_with_its_explanation(cast):
    paper = paper_in(State.INSTRUCTED, cast, urgency=Urgency.MOST_URGENT)
    first = cast.head.posts[0].department
    chaser = cast.director.posts[0]
    urgent = flow.Plan(lead=first, due_on=date(2026, 2, 25), chaser=chaser)
    flow.assign(paper, urgent, by=cast.clerk)

    row = Assignment.objects.about(paper).open().get()
    assert (row.duty, row.post, row.department) == (Duty.HANDLE, cast.head.posts[0], first)
    assert row.due_on == row.first_due_on == paper.due_on == date(2026, 2, 25)
    assert row.deadline["rule"] == "incoming.most_urgent"
    assert row.deadline["count"] == 3
    assert ["2026-02-16", "春节"] in row.deadline["skipped"]
    assert "第二十四条" in row.deadline["basis"]


@time_machine.travel("2026-02-13 10:00+08:00", tick=False)
def test_a_date_chosen_by_hand_is_kept_as_the_first_one(cast):
    paper = paper_in(State.INSTRUCTED, cast)
    first = cast.head.posts[0].department
    flow.assign(paper, flow.Plan(lead=first, due_on=date(2026, 3, 20)), by=cast.clerk)
    row = Assignment.objects.about(paper).open().get()
    assert row.due_on == row.first_due_on == date(2026, 3, 20)


def test_every_department_and_every_reader_gets_a_row(cast):
    paper = paper_in(State.INSTRUCTED, cast)
    plan = flow.Plan(
        lead=cast.head.posts[0].department,
        assisting=[share(cast.co_handler)],
        readers=[cast.reader.posts[0], cast.two_posts.posts[0]],
        due_on=timezone.localdate() + timedelta(days=9),
    )
    flow.assign(paper, plan, by=cast.clerk)
    assert open_rows(paper) == {
        ("handle", "head"),
        ("handle", "co_handler"),
        ("read", "reader"),
        ("read", "two_posts"),
    }


def test_dividing_moves_the_work_with_its_deadline(cast):
    paper = paper_in(State.HANDLING, cast, divided=False)
    flow.divide(paper, by=cast.head, to=cast.handler.posts[0], opinion="请办。")
    left = Assignment.objects.about(paper).get(post=cast.head.posts[0])
    taken = Assignment.objects.about(paper).get(post=cast.handler.posts[0])
    assert (left.outcome, left.moved_to) == (Outcome.MOVED, taken)
    assert (taken.due_on, taken.deadline) == (left.due_on, left.deadline)
    assert paper.state == State.HANDLING


def test_the_paper_waits_for_the_last_department(cast):
    paper = paper_in(State.INSTRUCTED, cast)
    plan = flow.Plan(
        lead=cast.head.posts[0].department,
        assisting=[share(cast.co_handler)],
        due_on=timezone.localdate() + timedelta(days=9),
    )
    flow.assign(paper, plan, by=cast.clerk)
    flow.report(paper, by=cast.head, opinion="主办已办。")
    assert paper.state == State.HANDLING
    flow.report(paper, by=cast.co_handler, opinion="协办已办。")
    assert paper.state == State.REPORTED
    assert open_rows(paper) == {("review", "director")}


def test_reading_is_possible_after_the_paper_is_closed(cast):
    paper = paper_in(State.CLOSED, cast)
    flow.read(paper, by=cast.reader)
    assert Assignment.objects.about(paper).get(duty=Duty.READ).outcome == Outcome.DONE
    assert paper.state == State.CLOSED


def test_closing_writes_the_result_and_tells_who_decided(cast):
    paper = paper_in(State.REVIEWED, cast)
    Notice.objects.all().delete()
    flow.close(paper, by=cast.clerk, result="已报送。")
    paper.refresh_from_db()
    assert (paper.state, paper.result) == (State.CLOSED, "已报送。")
    assert paper.closed_at
    assert {notice.recipient.name for notice in Notice.objects.all()} == {"director", "chief"}
    assert open_rows(paper) == {("read", "reader")}


@pytest.mark.parametrize("who", ["clerk", "director", "outsider", "superior", "auditor"])
def test_a_refused_step_leaves_no_trace(cast, who):
    paper = paper_in(State.PROPOSED, cast)
    before = Event.objects.count(), Notice.objects.count(), open_rows(paper)
    with pytest.raises(PermissionDenied):
        flow.instruct(paper, by=getattr(cast, who), opinion="同意。")
    assert (Event.objects.count(), Notice.objects.count(), open_rows(paper)) == before


def test_a_head_passes_work_on_within_the_department_only(cast):
    paper = paper_in(State.HANDLING, cast, divided=False)
    with pytest.raises(PermissionDenied):
        flow.divide(paper, by=cast.head, to=cast.reader.posts[0])


def test_nothing_is_given_across_the_border_of_a_procuratorate(cast):
    paper = paper_in(State.SCREENED, cast)
    with pytest.raises(PermissionDenied):
        flow.propose(paper, by=cast.director, opinion="拟办。", leaders=[cast.superior.posts[0]])
    assert open_rows(paper) == {("propose", "director")}


def test_the_trail_names_the_colleague_and_the_day_in_chinese(cast):
    paper = paper_in(State.HANDLING, cast)
    sentences = [line.sentence for line in trail.lines(paper)]
    assert "分给handler办理" in sentences
    day = date_format(paper.due_on)
    assert any(f"时限{day}" in sentence for sentence in sentences)
    assert "年" in day


def test_only_a_head_passes_work_on_even_when_others_have_it(cast):
    paper = paper_in(State.HANDLING, cast)
    assert not flow.DIVIDE.is_open(paper, cast.handler, {"handle"})
    with pytest.raises(PermissionDenied):
        flow.divide(paper, by=cast.handler, to=cast.head.posts[0])


def test_who_heads_two_departments_divides_the_work_of_each(cast):
    second = cast.co_handler.posts[0].department
    both = replace(
        cast.head, posts=(*cast.head.posts, make_post(cast.head.user, Role.DEPARTMENT_HEAD, second))
    )
    Post.objects.filter(pk=cast.co_handler.posts[0].pk).update(role=Role.STAFF)
    paper = paper_in(State.INSTRUCTED, cast)
    lead, due = cast.head.posts[0].department, timezone.localdate() + timedelta(days=9)
    shares = [flow.Share(second, due)]
    flow.assign(paper, flow.Plan(lead=lead, due_on=due, assisting=shares), by=cast.clerk)
    flow.divide(paper, by=both, to=cast.reader.posts[0])
    flow.divide(paper, by=both, to=cast.handler.posts[0])
    assert open_rows(paper) == {("handle", "reader"), ("handle", "handler")}


def test_an_event_names_the_post_that_was_asked(cast):
    """Not the first one of a person who holds several."""
    paper = paper_in(State.INSTRUCTED, cast)
    as_staff = cast.drafting_chief.posts[1]
    due = timezone.localdate() + timedelta(days=9)
    lead = cast.head.posts[0].department
    flow.assign(paper, flow.Plan(lead=lead, due_on=due, readers=[as_staff]), by=cast.clerk)
    flow.read(paper, by=cast.drafting_chief)
    assert Event.objects.about(paper).last().post == as_staff


def test_who_acts_has_opened_it_and_an_earlier_look_counts(cast):
    for looked in (False, True):
        paper = paper_in(State.PROPOSED, cast)
        row = Assignment.objects.about(paper).get(duty="instruct")
        if looked:
            inbox.mark_opened(paper, cast.chief, row.since)
        flow.instruct(paper, by=cast.chief, opinion="同意。")
        row.refresh_from_db()
        assert row.opened_at == (row.since if looked else row.closed_at)
