"""Every deadline can be explained: the card on the paper's page, and the links that lead to it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activity import explanation, recount, trail
from activity.inbox import Box, lines, rows, with_what_a_line_shows
from activity.models import Assignment
from documents.deadlines import lead_deadline
from documents.flow import incoming as flow
from documents.models import State
from organization.calendar import Calendar
from organization.models import CalendarDay
from tests.documents.factories import paper_in, plan

MONDAY = datetime(2026, 9, 28, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def monday(db):
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def assigned(cast, departments, north):
    def make(due_on=None, **given):
        paper = paper_in(State.INSTRUCTED, cast)
        proposed = lead_deadline(paper, timezone.now(), Calendar.load(north.pk)).due_on
        flow.assign(paper, plan(departments, due_on=due_on or proposed, **given), by=cast.clerk)
        return paper

    return make


def cards(paper):
    return explanation.cards(paper, trail.lines(paper))


def test_a_paper_in_nobodys_hands_yet_has_no_card(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    assert cards(paper) == []
    assert 'id="deadline"' not in signed_in("chief").get(paper.get_absolute_url()).text


def test_one_card_for_departments_with_one_deadline(assigned, departments, signed_in):
    day = date(2026, 10, 13)  # what the rule proposes for co-handlers
    assisting = [flow.Share(each, day) for each in (departments.second, departments.office)]
    paper = assigned(assisting=assisting)
    lead, card = cards(paper)
    assert lead.whose == ["第一检察部"]
    assert card.whose == ["第二检察部", "办公室"]
    assert (lead.how.deadline.count, lead.how.deadline.by_hand) == (10, False)
    assert (card.how.deadline.count, card.how.deadline.by_hand) == (7, False)
    page = signed_in("head").get(paper.get_absolute_url()).text
    assert page.count('<details class="deadline" id="deadline">') == 1
    assert "10 个工作日" in page
    assert 'href="#deadline"' in page, "the line of whoever has it leads to the card"


def test_who_chose_the_day_is_named_however_often_the_work_was_passed_on(
    assigned, cast, signed_in, monday
):
    paper = assigned(due_on=date(2026, 10, 9))
    monday.shift(60)
    flow.divide(paper, by=cast.head, to=cast.handler.posts[0])
    (card,) = cards(paper)
    assert (card.chosen_by.verb, card.chosen_by.user) == ("incomingpaper.assign", cast.clerk.user)
    page = signed_in("handler").get(paper.get_absolute_url()).text
    assert "clerk 2026年9月28日 10:00" in " ".join(page.split())


def test_a_day_the_rule_proposed_was_chosen_by_nobody(assigned):
    (card,) = cards(assigned())
    assert card.chosen_by is None


def test_what_the_calendar_changed_stands_on_the_card_of_whom_it_concerns(
    assigned, departments, cast, north, signed_in
):
    paper = assigned(assisting=[flow.Share(departments.second, date(2026, 10, 13))])
    row = Assignment.objects.get(department=departments.second, duty="handle")
    row.set_deadline(
        lead_deadline(paper, timezone.now(), Calendar.load(north.pk)).set_by_hand(
            date(2026, 10, 30), Calendar.load(north.pk)
        )
    )
    row.save()
    CalendarDay.objects.create(
        procuratorate=north, date=date(2026, 10, 9), is_workday=False, name="院庆日"
    )
    shown = recount.digest(recount.differing(north.pk, Calendar.load(north.pk)))
    recount.sign(shown, "院发〔2026〕3号", by=cast.director)
    first, second = cards(paper)
    assert [line.event.verb for line in first.changes] == [recount.MOVED]
    assert [line.event.verb for line in second.changes] == [recount.STAYED]
    assert first.how.deadline.first_due_on == date(2026, 10, 16)
    page = signed_in("director").get(paper.get_absolute_url()).text
    assert "最初时限" in page
    assert "院庆日 10-9" in page


def test_the_assign_form_explains_what_it_proposes(cast, signed_in):
    paper = paper_in(State.INSTRUCTED, cast)
    page = signed_in("clerk").get(paper.get_absolute_url()).text
    assert "建议时限" in page
    assert "国庆节 10-1—10-7" in page


@pytest.mark.parametrize(
    ("who", "address"),
    [("head", "/inbox/to_do/"), ("head", "/"), ("clerk", "/documents/incoming/")],
)
def test_lists_lead_to_the_card(who, address, assigned, signed_in):
    paper = assigned()
    page = signed_in(who).get(address).text
    assert f'href="{paper.get_absolute_url()}#deadline"' in page


def test_the_list_of_what_is_watched_leads_there_too(assigned, signed_in):
    paper = assigned(due_on=date(2026, 9, 30))
    page = signed_in("director").get("/").text
    assert f'href="{paper.get_absolute_url()}#deadline"' in page


def test_a_line_of_the_register_that_does_not_open_leads_nowhere(assigned, signed_in, cast):
    """two_posts sees nothing; a clerk who was given nothing of it sees the line alone."""
    paper = assigned()
    Assignment.objects.filter(post=cast.colleague.posts[0]).delete()
    page = signed_in("colleague").get("/documents/incoming/").text
    assert paper.number in page
    assert "2026年10月16日" in page
    assert "#deadline" not in page


# The last day of the paper stands before whoever closes it.


@pytest.fixture
def box():
    def look(name, actor):
        found = with_what_a_line_shows(rows(name, actor))
        return lines(found, actor, timezone.localdate())

    return look


def test_whoever_closes_a_paper_sees_its_last_day(assigned, cast, box, signed_in):
    paper = assigned()
    flow.report(paper, by=cast.head, opinion="已办。")
    flow.review(paper, by=cast.director, opinion="同意办结。")
    (line,) = box(Box.TO_DO, cast.clerk)
    assert (line.row.duty, line.row.due_on, line.due_on) == ("close", None, date(2026, 10, 16))
    assert "2026年10月16日" in signed_in("clerk").get("/inbox/to_do/").text


def test_readers_and_what_is_done_have_no_last_day(assigned, cast, box):
    paper = assigned(readers=[cast.reader.posts[0]])
    flow.report(paper, by=cast.head, opinion="已办。")
    flow.review(paper, by=cast.director, opinion="同意办结。")
    flow.close(paper, by=cast.clerk, result="已办结。")
    assert [line.due_on for line in box(Box.TO_READ, cast.reader)] == [None]
    done = box(Box.DONE, cast.clerk)
    assert len(done) == 4
    assert {line.due_on for line in done} == {None}
    assert [line.due_on for line in box(Box.DONE, cast.head)] == [date(2026, 10, 16)]


def test_it_costs_no_query_more(assigned, cast, box):
    def closing(count):
        for _ in range(count):
            paper = assigned()
            flow.report(paper, by=cast.head, opinion="已办。")
            flow.review(paper, by=cast.director, opinion="同意办结。")

    closing(1)
    box(Box.TO_DO, cast.clerk)
    with CaptureQueriesContext(connection) as few:
        assert all(line.due_on for line in box(Box.TO_DO, cast.clerk))
    closing(5)
    with CaptureQueriesContext(connection) as many:
        assert len([line.due_on for line in box(Box.TO_DO, cast.clerk)]) == 6
    assert len(many) == len(few)
