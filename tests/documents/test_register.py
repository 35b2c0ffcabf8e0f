from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from activity.models import Assignment, Event, Outcome
from activity.steps import StepClosed
from activity.trace import NobodyToAsk
from activity.writing import NotCleared
from documents.flow import incoming as flow
from documents.models import Duty, IncomingPaper, State
from documents.numbers import kind_of, normalized_number
from organization.models import LedgerEntry, Marking, Post, User
from tests.documents.factories import ALL_YES, paper_in, registration


def test_registering_gives_the_number_and_asks_the_clerks_for_the_pre_check(cast):
    paper = paper_in(State.SIGNED_FOR, cast)

    flow.register(paper, registration(), by=cast.colleague)

    year = timezone.localdate().year
    paper.refresh_from_db()
    assert (paper.state, paper.number) == (State.REGISTERED, f"收〔{year}〕0001号")
    assert paper.registered_by == cast.colleague.posts[0]
    rows = Assignment.objects.about(paper).open()
    asked = {(row.duty, row.post.user.name) for row in rows}
    assert asked == {(Duty.SCREEN, "clerk"), (Duty.SCREEN, "colleague")}
    assert Event.objects.about(paper).last().details["number"] == paper.number


def test_the_first_act_closes_the_colleagues_row(cast):
    paper = paper_in(State.SIGNED_FOR, cast)
    flow.register(paper, registration(), by=cast.colleague)
    outcomes = {
        row.post.user.name: row.outcome
        for row in Assignment.objects.about(paper).filter(duty=Duty.REGISTER)
    }
    assert outcomes == {"clerk": Outcome.TAKEN_BY_COLLEAGUE, "colleague": Outcome.DONE}


def test_who_is_too_late_hears_that_somebody_was_quicker(cast):
    paper = paper_in(State.SIGNED_FOR, cast)
    same_row = IncomingPaper.objects.get(pk=paper.pk)
    flow.register(paper, registration(), by=cast.clerk)
    with pytest.raises(StepClosed):
        flow.register(same_row, registration(), by=cast.colleague)
    assert LedgerEntry.objects.count() == 1


def test_a_step_that_fails_at_its_last_write_leaves_nothing(cast, monkeypatch):
    paper = paper_in(State.SIGNED_FOR, cast)
    before = Event.objects.count()

    def fail(*args, **options):
        raise RuntimeError

    monkeypatch.setattr("activity.writing.Notice.objects.bulk_create", fail)
    with pytest.raises(RuntimeError):
        flow.register(paper, registration(), by=cast.clerk)

    kept = IncomingPaper.objects.get(pk=paper.pk)
    assert (kept.state, kept.number) == (State.SIGNED_FOR, "")
    assert Event.objects.count() == before
    assert not LedgerEntry.objects.exists()
    assert Assignment.objects.about(paper).open().count() == 2


def test_the_row_is_locked_first(cast, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    paper = paper_in(State.SIGNED_FOR, cast)
    with CaptureQueriesContext(connection) as queries:
        flow.register(paper, registration(), by=cast.clerk)
    asked = [query["sql"] for query in queries if "documents_incomingpaper" in query["sql"]]
    assert asked[0].endswith("FOR NO KEY UPDATE")


def test_without_a_director_nothing_happens_and_the_sentence_says_what_to_do(cast, signed_in):
    paper = paper_in(State.REGISTERED, cast)
    User.objects.filter(pk=cast.director.user.pk).update(is_active=False)
    with pytest.raises(NobodyToAsk):
        flow.screen(paper, by=cast.clerk, answers=ALL_YES)

    answer = signed_in("clerk").post(
        f"{paper.get_absolute_url()}screen/", dict.fromkeys(flow.QUESTIONS, "on"), follow=True
    )
    assert "请安全管理员先补齐岗位" in answer.text


def test_a_sensitive_paper_goes_only_to_cleared_people(cast):
    paper = paper_in(State.INSTRUCTED, cast, marking=Marking.SENSITIVE)
    names = {row.post.user.name for row in Assignment.objects.about(paper).open()}
    assert names == {"clerk"}
    assert set(Assignment.objects.about(paper).values_list("marking", flat=True)) == {3}


def test_giving_work_above_somebodys_clearance_is_refused(cast):
    paper = paper_in(State.SCREENED, cast, marking=Marking.SENSITIVE)
    User.objects.filter(pk=cast.chief.user.pk).update(clearance=Marking.INTERNAL)
    leader = Post.objects.get(pk=cast.chief.posts[0].pk)
    with pytest.raises(NotCleared):
        flow.propose(paper, by=cast.director, opinion="拟办。", leaders=[leader])


def test_a_department_whose_head_is_not_cleared_gets_nothing(cast):
    paper = paper_in(State.INSTRUCTED, cast, marking=Marking.SENSITIVE)
    first = cast.head.posts[0].department
    due = timezone.localdate() + timedelta(days=3)
    with pytest.raises(NobodyToAsk):
        flow.assign(paper, flow.Plan(lead=first, due_on=due), by=cast.clerk)


def form_of(paper, **fields):
    return {
        "title": paper.title,
        "sender": paper.sender,
        "sender_class": "superior",
        "for_reading": "no",
        "sender_number": "丘检办〔2026〕8号",
        "kind": "notice",
        "written_on": "20260105",
        "urgency": "0",
        "marking": "2",
        "copies": "1",
    } | fields


def test_register_page_gives_the_number(signed_in, cast):
    paper = paper_in(State.SIGNED_FOR, cast)
    answer = signed_in("clerk").post(
        f"{paper.get_absolute_url()}register/", form_of(paper), follow=True
    )
    assert answer.redirect_chain == [(paper.get_absolute_url(), 302)]  # the pre-check comes next
    assert "收〔" in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"written_on": "2999-01-01"}, "成文日期不能晚于收文日期"),
        ({"written_on": "20261399"}, "日期请写成"),
        ({"title": ""}, "请填写“标题”。"),
        ({"title": "字" * 301}, "300"),
        ({"copies": "0"}, "至少为 1。"),
        ({"urgency": "9"}, "选择"),
    ],
)
def test_wrong_input_gets_a_sentence_and_keeps_what_was_typed(signed_in, cast, fields, sentence):
    paper = paper_in(State.SIGNED_FOR, cast)
    answer = signed_in("clerk").post(
        f"{paper.get_absolute_url()}register/", form_of(paper, sender="仍在这里的单位", **fields)
    )
    assert sentence in answer.text
    assert "仍在这里的单位" in answer.text
    paper.refresh_from_db()
    assert paper.state == State.SIGNED_FOR


def test_nobody_registers_above_their_own_clearance(signed_in, cast):
    paper = paper_in(State.SIGNED_FOR, cast)
    answer = signed_in("colleague").post(
        f"{paper.get_absolute_url()}register/", form_of(paper, marking="3")
    )
    assert "超出您的知悉范围" in answer.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("丘检办[2026]0041号", "丘检办〔2026〕41号"),
        ("丘检（政）（2010） 第034 号", "丘检（政）〔2010〕34号"),
        ("〔2026〕100号", "〔2026〕100号"),
        ("[86]丘检会[办]字第11号", "[86]丘检会[办]字第11号"),
        ("无字号", "无字号"),
    ],
)
def test_a_senders_number_is_kept_in_its_standard_form(typed, kept):
    assert normalized_number(typed) == kept


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于商请协助的函", "letter"),
        ("关于印发《办法（试行）》的通知", "notice"),
        ("关于经费的请示（附件略）", "request"),
        ("工作要点", ""),
    ],
)
def test_the_kind_is_read_from_the_last_word_of_the_title(title, kind):
    assert kind_of(title) == kind


def test_the_day_the_sender_wants_an_answer_is_proposed_when_it_is_earlier(signed_in, cast):
    paper = paper_in(State.INSTRUCTED, cast)
    soon = timezone.localdate() + timedelta(days=2)
    IncomingPaper.objects.filter(pk=paper.pk).update(wanted_by=soon)
    page = signed_in("clerk").get(paper.get_absolute_url()).text
    assert f'value="{soon.isoformat()}"' in page


@time_machine.travel("2026-12-31T16:30:00+00:00", tick=False)
def test_the_year_of_a_number_turns_at_midnight_in_the_office(cast):
    """Half past midnight here is still the old year in Greenwich."""
    paper = paper_in(State.SIGNED_FOR, cast)
    flow.register(paper, registration(), by=cast.clerk)
    assert paper.number == "收〔2027〕0001号"
