"""承办: own days for each, another department, one more, one less; more time (延期)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from activity.models import Assignment, Event, Notice, Outcome
from activity.steps import StepClosed
from documents.deadlines import assisting_deadline, lead_deadline
from documents.flow import incoming as flow
from documents.models import Duty, IncomingPaper, State, Urgency
from organization.calendar import Calendar
from tests.documents.factories import paper_in, registration
from tests.documents.test_sending_back import hands, jointly_handled

FRIDAY = "2026-03-06 10:00+08:00"


def row_of(paper, actor, **fields):
    return Assignment.objects.about(paper).get(post=actor.posts[0], duty=Duty.HANDLE, **fields)


class TestDays:
    @pytest.mark.parametrize(
        ("urgency", "is_telegram", "lead", "assisting"),
        [
            (Urgency.NONE, False, date(2026, 3, 20), date(2026, 3, 17)),
            (Urgency.URGENT, False, date(2026, 3, 13), date(2026, 3, 11)),
            (Urgency.MOST_URGENT, False, date(2026, 3, 11), date(2026, 3, 10)),
            (Urgency.LEAST_URGENT, True, date(2026, 3, 16), date(2026, 3, 13)),
            (Urgency.URGENT, True, date(2026, 3, 11), date(2026, 3, 9)),
            (Urgency.MOST_URGENT, True, date(2026, 3, 9), date(2026, 3, 8)),  # no day off counts
            (Urgency.AT_ONCE, True, date(2026, 3, 7), date(2026, 3, 7)),
        ],
    )
    @time_machine.travel(FRIDAY, tick=False)
    def test_proposed_by_urgency_for_papers_and_telegrams(
        self, north, urgency, is_telegram, lead, assisting
    ):
        paper = IncomingPaper(procuratorate=north, urgency=urgency, is_telegram=is_telegram)
        calendar, now = Calendar.load(north.pk), timezone.now()
        assert lead_deadline(paper, now, calendar).due_on == lead
        assert assisting_deadline(paper, now, calendar).due_on == assisting

    def test_each_department_has_its_own_and_the_papers_is_the_leads(self, cast, departments):
        paper = paper_in(State.INSTRUCTED, cast)
        today = timezone.localdate()
        shares = [flow.Share(departments.second, today + timedelta(days=3))]
        plan = flow.Plan(departments.first, today + timedelta(days=9), assisting=shares)
        flow.assign(paper, plan, by=cast.clerk)
        assert row_of(paper, cast.head).due_on == paper.due_on == today + timedelta(days=9)
        assert row_of(paper, cast.co_handler).due_on == today + timedelta(days=3)

    def test_each_day_is_sent_beside_its_tick(self, cast, signed_in, departments):
        paper = paper_in(State.INSTRUCTED, cast)
        today = timezone.localdate()
        sent = {
            "lead": departments.first.pk,
            "due_on": (today + timedelta(days=9)).isoformat(),
            "assisting": [departments.second.pk],
            f"assisting-{departments.second.pk}": (today + timedelta(days=4)).isoformat(),
            f"assisting-{departments.office.pk}": "not ticked, so not read",
        }
        signed_in("clerk").post(f"{paper.get_absolute_url()}assign/", sent)
        assert row_of(paper, cast.co_handler).due_on == today + timedelta(days=4)
        assert hands(paper) == {("handle", "head"), ("handle", "co_handler")}

    @pytest.mark.parametrize("typed", ["昨天", "2020-01-01", ""])
    def test_a_wrong_day_of_one_department_comes_back_with_its_name(
        self, cast, signed_in, departments, typed
    ):
        paper = paper_in(State.INSTRUCTED, cast)
        second = departments.second
        sent = {
            "lead": departments.first.pk,
            "due_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
            "assisting": [second.pk],
            f"assisting-{second.pk}": typed,
        }
        answer = signed_in("clerk").post(f"{paper.get_absolute_url()}assign/", sent)
        assert "第二检察部：" in answer.text
        paper.refresh_from_db()
        assert paper.state == State.INSTRUCTED


class TestUrgency:
    def test_an_urgent_paper_needs_somebody_who_answers_for_chasing_it(self, cast, departments):
        paper = paper_in(State.INSTRUCTED, cast, urgency=Urgency.URGENT)
        plan = flow.Plan(departments.first, timezone.localdate() + timedelta(days=3))
        with pytest.raises(IntegrityError, match="somebody_who_chases_it"), transaction.atomic():
            flow.assign(paper, plan, by=cast.clerk)

    def test_the_form_asks_for_that_person_and_only_then(self, cast, signed_in):
        client = signed_in("clerk")
        urgent = paper_in(State.INSTRUCTED, cast, urgency=Urgency.URGENT)
        assert 'name="chaser"' in client.get(urgent.get_absolute_url()).text
        ordinary = paper_in(State.INSTRUCTED, cast)
        assert 'name="chaser"' not in client.get(ordinary.get_absolute_url()).text

    def test_who_answers_for_chasing_sees_the_paper_and_may_chase(self, cast, departments):
        paper = paper_in(State.INSTRUCTED, cast, urgency=Urgency.URGENT)
        due = timezone.localdate() + timedelta(days=3)
        plan = flow.Plan(departments.first, due, chaser=cast.two_posts.posts[0])
        flow.assign(paper, plan, by=cast.clerk)
        assert paper in IncomingPaper.objects.visible_to(cast.two_posts)
        flow.chase(paper, by=cast.two_posts, opinion="请今日反馈。")

    def test_what_is_urgent_rises_in_the_list(self, cast):
        from activity import inbox

        calm = paper_in(State.PROPOSED, cast)
        urgent = paper_in(State.PROPOSED, cast, urgency=Urgency.MOST_URGENT)
        rows = inbox.most_pressing_first(inbox.rows(inbox.Box.TO_DO, cast.chief))
        assert [row.target for row in rows] == [urgent, calm]

    @pytest.mark.parametrize(
        ("is_telegram", "urgency"),
        [(False, Urgency.AT_ONCE), (False, Urgency.LEAST_URGENT), (True, Urgency.NONE)],
    )
    def test_the_grades_of_papers_and_telegrams_are_not_mixed(self, cast, is_telegram, urgency):
        paper = paper_in(State.SIGNED_FOR, cast)
        data = registration(is_telegram=is_telegram, urgency=urgency)
        with pytest.raises(IntegrityError, match="urgency_is_one_of_its_form"):
            flow.register(paper, data, by=cast.clerk)

    def test_the_register_form_says_which_grades_there_are(self, cast, signed_in):
        from tests.documents.test_register import form_of

        paper = paper_in(State.SIGNED_FOR, cast)
        answer = signed_in("clerk").post(
            f"{paper.get_absolute_url()}register/", form_of(paper, urgency=Urgency.AT_ONCE.value)
        )
        assert "公文的紧急程度只有：无、加急、特急" in answer.text


class TestAnotherDepartment:
    def test_the_work_goes_on_there_and_who_had_it_still_sees_it(self, cast, departments):
        paper = jointly_handled(cast)
        due = timezone.localdate() + timedelta(days=12)
        flow.reassign(
            paper, by=cast.director, part=departments.second, department=departments.office,
            due_on=due, opinion="属办公室职责。",
        )  # fmt: skip
        left = row_of(paper, cast.co_handler)
        taken = row_of(paper, cast.director)
        assert (left.outcome, left.moved_to) == (Outcome.MOVED, taken)
        assert (taken.due_on, taken.first_due_on) == (due, left.first_due_on)
        assert paper in IncomingPaper.objects.visible_to(cast.co_handler)
        assert paper.lead_department == departments.first

    def test_no_department_has_two_parts(self, cast, departments):
        paper = jointly_handled(cast)
        due = timezone.localdate() + timedelta(days=12)
        with pytest.raises(StepClosed):
            flow.reassign(
                paper, by=cast.clerk, part=departments.second, department=departments.first,
                due_on=due,
            )  # fmt: skip
        with pytest.raises(StepClosed):
            flow.add_department(paper, by=cast.clerk, department=departments.first, due_on=due)

    def test_the_lead_cannot_be_taken_out(self, cast, departments):
        paper = jointly_handled(cast)
        with pytest.raises(PermissionDenied):
            flow.drop_department(paper, by=cast.clerk, part=departments.first)

    def test_the_last_co_handler_taken_out_lets_the_paper_go_on(self, cast, departments):
        paper = jointly_handled(cast)
        flow.report(paper, by=cast.head, opinion="已办。")
        flow.drop_department(paper, by=cast.clerk, part=departments.second)
        assert paper.state == State.REPORTED

    def test_the_sheet_names_only_who_really_assists(self, cast, departments):
        from documents import queries

        paper = jointly_handled(cast)
        assert queries.assisting(paper) == ["第二检察部"]
        flow.drop_department(paper, by=cast.clerk, part=departments.second)
        assert queries.assisting(paper) == []


class TestMoreTime:
    def asked(self, cast, days=20):
        paper = jointly_handled(cast)
        until = timezone.localdate() + timedelta(days=days)
        flow.ask_extension(paper, by=cast.head, until=until, opinion="需赴外地核实。")
        return paper, until

    def test_the_first_day_is_kept_and_the_papers_day_follows_the_lead(self, cast):
        paper, until = self.asked(cast)
        first = row_of(paper, cast.head).due_on
        flow.decide_extension(paper, by=cast.director, granted=True, until=until)
        row = row_of(paper, cast.head)
        paper.refresh_from_db()
        assert (row.due_on, row.first_due_on, paper.due_on) == (until, first, until)
        assert row.deadline["first_due_on"] == first.isoformat()
        assert row.closed_at is None

    def test_a_co_handlers_day_is_not_the_papers(self, cast):
        paper = jointly_handled(cast)
        before, until = paper.due_on, timezone.localdate() + timedelta(days=20)
        flow.ask_extension(paper, by=cast.co_handler, until=until, opinion="材料未齐。")
        flow.decide_extension(paper, by=cast.director, granted=True, until=until)
        paper.refresh_from_db()
        assert paper.due_on == before

    def test_refused_nothing_changes_and_who_asked_is_told(self, cast):
        paper, until = self.asked(cast)
        before = row_of(paper, cast.head).due_on
        Notice.objects.all().delete()
        flow.decide_extension(
            paper, by=cast.director, granted=False, until=until, opinion="按期办结。"
        )
        assert row_of(paper, cast.head).due_on == before
        assert [notice.recipient for notice in Notice.objects.all()] == [cast.head.user]

    def test_after_the_last_day_it_is_too_late(self, cast):
        paper = jointly_handled(cast)
        late = timezone.now() + timedelta(days=11)
        with time_machine.travel(late, tick=False):
            assert not flow.ASK_EXTENSION.is_open(paper, cast.head, {"handle"})
            with pytest.raises(StepClosed):
                flow.ask_extension(
                    paper, by=cast.head, until=timezone.localdate() + timedelta(days=5),
                    opinion="忘了。",
                )  # fmt: skip

    def test_no_earlier_day_and_no_second_request(self, cast):
        paper, until = self.asked(cast)
        with pytest.raises(StepClosed):
            flow.ask_extension(paper, by=cast.head, until=until, opinion="再请。")
        with pytest.raises(StepClosed):
            flow.ask_extension(
                paper, by=cast.co_handler, until=timezone.localdate(), opinion="提前。"
            )

    def test_two_departments_ask_side_by_side_and_each_is_decided(self, cast):
        paper, until = self.asked(cast)
        flow.ask_extension(paper, by=cast.co_handler, until=until, opinion="材料未齐。")
        about = row_of(paper, cast.co_handler)
        flow.decide_extension(paper, by=cast.director, granted=True, until=until, about=about)
        assert row_of(paper, cast.co_handler).due_on == until
        assert row_of(paper, cast.head).due_on != until
        assert ("extend", "director") in hands(paper)

    def test_reporting_ends_the_request(self, cast):
        paper, _ = self.asked(cast)
        flow.report(paper, by=cast.head, opinion="已办。")
        assert ("extend", "director") not in hands(paper)

    def test_it_goes_along_when_the_work_is_passed_to_a_colleague(self, cast):
        paper, until = self.asked(cast)
        flow.divide(paper, by=cast.head, to=cast.handler.posts[0])
        flow.decide_extension(paper, by=cast.director, granted=True, until=until)
        assert row_of(paper, cast.handler).due_on == until

    def test_the_director_sees_what_was_asked_and_decides_on_the_page(self, cast, signed_in):
        paper, until = self.asked(cast)
        client = signed_in("director")
        page = client.get(paper.get_absolute_url()).text
        assert "需赴外地核实。" in page
        about = row_of(paper, cast.head).pk
        url = f"{paper.get_absolute_url()}decide_extension/"
        refused = client.post(url, {"about": about, "granted": "no", "until": until.isoformat()})
        assert "请写明不同意延期的理由" in refused.text
        client.post(url, {"about": about, "granted": "yes", "until": until.isoformat()})
        assert row_of(paper, cast.head).due_on == until
        sentence = signed_in("head").get(paper.get_absolute_url()).text
        assert "同意延期：第一检察部" in sentence

    def test_a_reason_and_a_later_day_are_asked_for(self, cast, signed_in):
        paper = jointly_handled(cast)
        url = f"{paper.get_absolute_url()}ask_extension/"
        answer = signed_in("head").post(url, {"until": paper.due_on.isoformat(), "opinion": ""})
        assert "请写一句意见" in answer.text
        assert "延期后的时限应晚于现时限" in answer.text
        assert not Event.objects.filter(verb="incomingpaper.ask_extension").exists()
