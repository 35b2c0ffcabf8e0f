"""退回: to any earlier step, with what becomes of the others, and straight back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from activity.models import Assignment, Event, Notice, Outcome
from activity.steps import StepClosed
from documents.flow import incoming as flow
from documents.models import Duty, State
from tests.documents.factories import ALL_YES, paper_in, registration


def hands(paper):
    """Who has it: (duty, name), with a star while the turn has not come."""
    rows = Assignment.objects.about(paper).open().select_related("post__user")
    return {(row.duty, row.post.user.name + ("" if row.since else "*")) for row in rows}


def outcome(paper, who, duty):
    rows = Assignment.objects.about(paper).filter(post__user__name=who, duty=duty)
    return [row.outcome for row in rows.order_by("pk")]


def asked(cast, *names, in_order=False):
    paper = paper_in(State.SCREENED, cast)
    leaders = [getattr(cast, name).posts[0] for name in names]
    flow.propose(paper, by=cast.director, opinion="拟请批示。", leaders=leaders, in_order=in_order)
    return paper


def jointly_handled(cast):
    """The first department leads, the second assists."""
    paper = paper_in(State.HANDLING, cast, divided=False)
    due = timezone.localdate() + timedelta(days=6)
    second = cast.co_handler.posts[0].department
    flow.add_department(paper, by=cast.clerk, department=second, due_on=due)
    return paper


class TestLeaders:
    def test_one_who_sends_it_back_takes_it_from_the_others_and_they_are_told(self, cast):
        paper = asked(cast, "chief", "vice_chief")
        Notice.objects.all().delete()
        flow.send_back(paper, by=cast.vice_chief, to="propose", opinion="拟办意见不明确。")
        assert paper.state == State.SCREENED
        assert hands(paper) == {("propose", "director")}
        assert outcome(paper, "vice_chief", "instruct") == [Outcome.RETURNED]
        assert outcome(paper, "chief", "instruct") == [Outcome.CANCELLED]
        told = {notice.recipient.name for notice in Notice.objects.all()}
        assert told == {"chief", "director"}

    def test_what_was_said_before_stays_on_the_sheet(self, cast):
        paper = asked(cast, "chief", "vice_chief")
        flow.instruct(paper, by=cast.chief, opinion="请一部办。")
        flow.send_back(paper, by=cast.vice_chief, to="propose", opinion="请补充。")
        said = Event.objects.about(paper).filter(verb="incomingpaper.instruct")
        assert [event.details["opinion"] for event in said] == ["请一部办。"]
        assert outcome(paper, "chief", "instruct") == [Outcome.DONE]

    def test_without_the_wish_the_director_asks_whom_they_like(self, cast):
        paper = asked(cast, "chief", "vice_chief")
        flow.send_back(paper, by=cast.vice_chief, to="propose", opinion="请补充。")
        leaders = [cast.drafting_chief.posts[0]]
        flow.propose(paper, by=cast.director, opinion="补充如下。", leaders=leaders)
        assert hands(paper) == {("instruct", "drafting_chief")}

    def test_straight_back_goes_to_who_sent_it_and_to_those_who_lost_it(self, cast):
        paper = asked(cast, "chief", "vice_chief", "drafting_chief")
        flow.instruct(paper, by=cast.chief, opinion="请一部办。")
        flow.send_back(paper, by=cast.vice_chief, to="propose", opinion="请补充。", straight=True)
        flow.propose(paper, by=cast.director, opinion="补充如下。")
        assert paper.state == State.PROPOSED
        assert hands(paper) == {("instruct", "vice_chief"), ("instruct", "drafting_chief")}

    def test_straight_back_keeps_the_order_of_those_who_wait(self, cast):
        paper = asked(cast, "vice_chief", "drafting_chief", "chief", in_order=True)
        flow.instruct(paper, by=cast.vice_chief, opinion="同意。")
        flow.send_back(
            paper, by=cast.drafting_chief, to="propose", opinion="请补充。", straight=True
        )
        flow.propose(paper, by=cast.director, opinion="补充如下。")
        assert hands(paper) == {("instruct", "drafting_chief"), ("instruct", "chief*")}
        flow.instruct(paper, by=cast.drafting_chief, opinion="同意。")
        assert hands(paper) == {("instruct", "chief")}

    def test_straight_back_over_several_steps(self, cast):
        """The register is mended, and the leader has it again without the steps between."""
        paper = asked(cast, "chief")
        number = paper.number
        flow.send_back(paper, by=cast.chief, to="register", opinion="标题有误。", straight=True)
        assert (paper.state, paper.number) == (State.SIGNED_FOR, number)
        flow.register(paper, registration(title="改正后的标题"), by=cast.colleague)
        assert (paper.state, paper.title) == (State.PROPOSED, "改正后的标题")
        assert paper.number == number
        assert hands(paper) == {("instruct", "chief")}

    def test_the_wish_holds_once(self, cast):
        paper = asked(cast, "chief")
        flow.send_back(paper, by=cast.chief, to="propose", opinion="请补充。", straight=True)
        flow.propose(paper, by=cast.director, opinion="补充如下。")
        flow.instruct(paper, by=cast.chief, opinion="同意。")
        assert paper.state == State.INSTRUCTED

    def test_sent_back_to_the_pre_check_it_may_be_returned_to_the_sender(self, cast):
        paper = asked(cast, "chief")
        flow.send_back(paper, by=cast.chief, to="screen", opinion="不属本院。", straight=True)
        answers = ALL_YES | {"ours": False}
        flow.screen(paper, by=cast.clerk, answers=answers, opinion="不属本院管辖。")
        assert paper.state == State.RETURNED
        assert hands(paper) == set()


class TestDepartments:
    def test_a_part_that_is_sent_back_is_its_own_matter_and_the_others_go_on(self, cast):
        paper = jointly_handled(cast)
        flow.send_back(paper, by=cast.co_handler, to="assign", opinion="非本部门职责。")
        assert paper.state == State.HANDLING
        assert hands(paper) == {
            ("handle", "head"),
            ("read", "reader"),
            ("reassign", "clerk"),
            ("reassign", "colleague"),
        }

    def test_the_paper_waits_for_the_part_that_was_sent_back(self, cast, departments):
        paper = jointly_handled(cast)
        flow.send_back(paper, by=cast.co_handler, to="assign", opinion="非本部门职责。")
        flow.report(paper, by=cast.head, opinion="主办已办。")
        assert paper.state == State.HANDLING
        due = timezone.localdate() + timedelta(days=5)
        flow.reassign(
            paper, by=cast.colleague, part=departments.second, department=departments.office,
            due_on=due,
        )  # fmt: skip
        assert hands(paper) == {("handle", "director"), ("read", "reader")}
        flow.report(paper, by=cast.director, opinion="已协办。")
        assert paper.state == State.REPORTED

    def test_a_part_nobody_needs_is_taken_out_and_the_paper_goes_on(self, cast, departments):
        paper = jointly_handled(cast)
        flow.send_back(paper, by=cast.co_handler, to="assign", opinion="非本部门职责。")
        flow.report(paper, by=cast.head, opinion="主办已办。")
        flow.drop_department(paper, by=cast.clerk, part=departments.second)
        assert paper.state == State.REPORTED
        assert hands(paper) == {("review", "director"), ("read", "reader")}

    def test_the_lead_that_sends_its_part_back_is_replaced_by_another_lead(self, cast, departments):
        paper = jointly_handled(cast)
        flow.send_back(paper, by=cast.head, to="assign", opinion="应由办公室主办。")
        due = timezone.localdate() + timedelta(days=5)
        flow.reassign(
            paper, by=cast.clerk, part=departments.first, department=departments.office,
            due_on=due,
        )  # fmt: skip
        paper.refresh_from_db()
        assert (paper.lead_department, paper.due_on) == (departments.office, due)
        assert ("handle", "co_handler") in hands(paper)

    def test_the_lead_sends_the_whole_paper_back_and_takes_it_from_the_co_handlers(self, cast):
        paper = jointly_handled(cast)
        flow.send_back(paper, by=cast.head, to="instruct", opinion="请明确办理口径。")
        assert paper.state == State.PROPOSED
        assert hands(paper) == {("instruct", "chief"), ("read", "reader")}
        assert outcome(paper, "co_handler", "handle") == [Outcome.CANCELLED]

    def test_straight_back_all_departments_have_their_parts_and_days_again(self, cast):
        paper = jointly_handled(cast)
        before = Assignment.objects.about(paper).open().filter(duty=Duty.HANDLE)
        days = {row.post: (row.due_on, row.first_due_on) for row in before}
        flow.send_back(
            paper, by=cast.head, to="instruct", opinion="请明确办理口径。", straight=True
        )
        flow.instruct(paper, by=cast.chief, opinion="按上级口径办。")
        assert paper.state == State.HANDLING
        after = Assignment.objects.about(paper).open().filter(duty=Duty.HANDLE)
        assert {row.post: (row.due_on, row.first_due_on) for row in after} == days

    def test_a_co_handler_cannot_stop_the_lead(self, cast):
        paper = jointly_handled(cast)
        for to in ("instruct", "propose", "screen", "register"):
            with pytest.raises(PermissionDenied):
                flow.send_back(paper, by=cast.co_handler, to=to, opinion="不办。")

    def test_an_extension_that_was_asked_for_goes_with_the_part(self, cast):
        paper = jointly_handled(cast)
        later = timezone.localdate() + timedelta(days=20)
        flow.ask_extension(paper, by=cast.co_handler, until=later, opinion="材料未齐。")
        flow.send_back(paper, by=cast.co_handler, to="assign", opinion="非本部门职责。")
        assert outcome(paper, "director", "extend") == [Outcome.CANCELLED]


class TestReview:
    def test_only_the_department_whose_report_is_not_enough_works_again(self, cast, departments):
        paper = jointly_handled(cast)
        flow.report(paper, by=cast.head, opinion="主办已办。")
        flow.report(paper, by=cast.co_handler, opinion="协办已办。")
        flow.send_back(
            paper, by=cast.director, to="handle", opinion="数据不实。",
            departments=[departments.second],
        )  # fmt: skip
        assert paper.state == State.HANDLING
        assert hands(paper) == {("handle", "co_handler"), ("read", "reader")}
        flow.report(paper, by=cast.co_handler, opinion="已核实。")
        assert hands(paper) == {("review", "director"), ("read", "reader")}

    def test_from_closing_straight_back_without_a_second_review(self, cast):
        paper = paper_in(State.REVIEWED, cast)
        flow.send_back(paper, by=cast.clerk, to="handle", opinion="缺附件。", straight=True)
        flow.report(paper, by=cast.handler, opinion="已补。")
        assert paper.state == State.REVIEWED
        assert ("close", "clerk") in hands(paper)

    def test_work_that_is_done_again_keeps_its_day(self, cast):
        paper = paper_in(State.REPORTED, cast)
        flow.send_back(paper, by=cast.director, to="handle", opinion="再核。")
        row = Assignment.objects.about(paper).open().get(duty=Duty.HANDLE)
        assert row.due_on == paper.due_on

    def test_who_has_left_is_replaced_by_the_head(self, cast, ended):
        paper = paper_in(State.REPORTED, cast)  # reported by the handler
        ended(cast.handler.posts[0], timezone.localdate())
        flow.send_back(paper, by=cast.director, to="handle", opinion="再核。")
        assert ("handle", "head") in hands(paper)


def test_it_goes_back_only_to_steps_it_has_been_through(cast):
    paper = paper_in(State.SCREENED, cast)
    flow.forward(paper, by=cast.director, opinion="转一部办理。")
    row = Assignment.objects.about(paper).open().get(post=cast.clerk.posts[0])
    assert flow.targets(paper, row) == [Duty.REGISTER, Duty.SCREEN, Duty.PROPOSE]
    with pytest.raises(PermissionDenied):
        flow.send_back(paper, by=cast.clerk, to="instruct", opinion="请批示。")


def test_nobody_sends_back_what_a_colleague_has_done_meanwhile(cast):
    paper = paper_in(State.INSTRUCTED, cast)
    flow.send_back(paper, by=cast.clerk, to="instruct", opinion="批示不清。")
    with pytest.raises(StepClosed):
        flow.send_back(paper, by=cast.colleague, to="propose", opinion="拟办不清。")


def test_the_form_offers_the_steps_and_needs_a_reason(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    client = signed_in("chief")
    assert f"{paper.get_absolute_url()}act/send_back/" in client.get(paper.get_absolute_url()).text
    page = client.get(f"{paper.get_absolute_url()}act/send_back/").text
    for duty in ("register", "screen", "propose"):
        assert f'name="to" value="{duty}"' in page
    assert 'name="to" value="assign"' not in page
    answer = client.post(f"{paper.get_absolute_url()}send_back/", {"to": "propose"})
    assert "请写一句意见" in answer.text
    sent = {"to": "propose", "opinion": "请补充依据。", "straight": "on"}
    client.post(f"{paper.get_absolute_url()}send_back/", sent)
    paper.refresh_from_db()
    assert paper.state == State.SCREENED
    page = signed_in("director").get(paper.get_absolute_url()).text
    assert "chief退回，办后直送chief" in page
    assert "请补充依据。" in page
    assert 'name="leaders"' not in page
