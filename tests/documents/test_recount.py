"""时限重算 with real papers: the page, who may look and sign, the register that follows."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activity import recount
from activity.models import Assignment, Event
from documents.deadlines import lead_deadline
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.calendar import Calendar
from organization.models import CalendarDay, Marking
from tests.documents.factories import paper_in, plan

MONDAY = datetime(2026, 9, 28, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
OLD, NEW, FESTIVAL = date(2026, 10, 16), date(2026, 10, 19), date(2026, 10, 9)
SENT = {"reason": "院发〔2026〕3号", "agreed": "on"}
PAGE, SIGN = "/inbox/recount/", "/inbox/recount/sign/"


@pytest.fixture(autouse=True)
def monday(db):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def assigned(cast, departments):
    """Papers handed out as the rule proposes: ten working days, until Friday 16 October."""

    def make(count=1, *, marking=Marking.INTERNAL, due_on=None, **given):
        papers = [paper_in(State.INSTRUCTED, cast, marking=marking) for _ in range(count)]
        calendar = Calendar.load(cast.clerk.procuratorate.pk)
        for paper in papers:
            proposed = lead_deadline(paper, timezone.now(), calendar).due_on
            flow.assign(paper, plan(departments, due_on=due_on or proposed, **given), by=cast.clerk)
        return papers

    return make


@pytest.fixture
def festival(north):
    return lambda day=FESTIVAL: CalendarDay.objects.create(
        procuratorate=north, date=day, is_workday=False, name="院庆日"
    )


def listing(client):
    return client.get(PAGE).context["listing"]


def sign(client, **sent):
    known = {"digest": listing(client).digest} | SENT
    return client.post(SIGN, known | sent, follow=True)


def again(paper):
    return IncomingPaper.objects.get(pk=paper.pk)


def test_the_director_sees_what_moves_and_why(assigned, festival, signed_in):
    (paper,) = assigned()
    festival()
    client = signed_in("director")
    (line,) = listing(client).moved
    assert (line.record, line.number) == (paper, paper.number)
    assert (line.change.old.due_on, line.change.new.due_on) == (OLD, NEW)
    assert line.why == ["10月9日成为休息日（院庆日）"]
    assert (line.before.words, line.after.words) == ("剩 9 个工作日", "剩 10 个工作日")
    page = client.get(PAGE).text
    assert paper.title in page
    assert "2026年10月19日" in page


def test_signed_for_the_register_follows_the_lead_department(assigned, festival, signed_in, cast):
    (paper,) = assigned()
    festival()
    answer = sign(signed_in("director"))
    assert "已重算时限 1 件" in answer.text
    assert "院发〔2026〕3号" in answer.text, "the last signature is named"
    assert again(paper).due_on == Assignment.objects.get(duty="handle").due_on == NEW
    trail = signed_in("head").get(paper.get_absolute_url()).text
    assert "因日历调整，第一检察部的办理时限由2026年10月16日改为2026年10月19日" in trail


def test_the_register_does_not_follow_another_department(assigned, festival, departments, cast):
    """The co-department was given longer by hand; only its own row is looked at."""
    (paper,) = assigned(assisting=[flow.Share(departments.second, OLD)])
    rows = {row.department: row for row in Assignment.objects.filter(duty="handle")}
    rows[departments.second].due_on = date(2026, 10, 30)
    paper = again(paper)
    paper.follow_deadline(rows[departments.second])
    assert again(paper).due_on == OLD
    rows[departments.first].due_on = NEW
    rows[departments.first].duty = "read"
    paper.follow_deadline(rows[departments.first])
    assert again(paper).due_on == OLD
    rows[departments.first].duty = "handle"
    paper.follow_deadline(rows[departments.first])
    assert again(paper).due_on == NEW


def test_a_clerk_looks_and_cannot_sign(assigned, festival, signed_in):
    (paper,) = assigned()
    festival()
    client = signed_in("clerk")
    page = client.get(PAGE)
    assert (page.status_code, SIGN in page.text) == (200, False)
    assert "时限重算由办公室主任签办" in page.text
    assert client.post(SIGN, {"digest": listing(client).digest} | SENT).status_code == 403
    assert again(paper).due_on == OLD


@pytest.mark.parametrize(
    "who", ["head", "chief", "handler", "two_posts", "system_admin", "security_admin", "auditor"]
)
def test_it_is_nobody_elses_page(who, assigned, festival, signed_in):
    (paper,) = assigned()
    festival()
    client = signed_in(who)
    page = client.get(PAGE)
    assert page.status_code == 403
    assert paper.title not in page.text
    assert client.post(SIGN, SENT).status_code == 403


@pytest.mark.parametrize("who", ["outsider", "superior"])
def test_another_procuratorate_sees_none_of_it(who, assigned, festival, signed_in):
    (paper,) = assigned()
    festival()
    page = signed_in(who).get(PAGE)
    assert page.status_code == 200
    assert (page.context["listing"].count, paper.title in page.text) == (0, False)


def test_a_title_is_shown_to_whom_the_paper_is_shown(assigned, festival, signed_in, cast):
    """colleague was not given this paper, and is not cleared for it."""
    cast.head.user.clearance = Marking.SENSITIVE
    cast.head.user.save()
    (paper,) = assigned(marking=Marking.SENSITIVE)
    festival()
    page = signed_in("colleague").get(PAGE).text
    assert paper.title not in page
    assert (paper.number in page, "（不显示标题）" in page) == (True, True)
    assert paper.title in signed_in("director").get(PAGE).text


@pytest.mark.parametrize("missing", ["reason", "agreed"])
def test_without_reason_or_tick_nothing_is_signed(missing, assigned, festival, signed_in):
    (paper,) = assigned()
    festival()
    answer = sign(signed_in("director"), **{missing: ""})
    assert answer.context["form"].errors.keys() == {missing}
    assert again(paper).due_on == OLD


def test_a_list_that_changed_is_shown_again_with_what_was_typed(assigned, festival, signed_in):
    (paper,) = assigned()
    festival()
    client = signed_in("director")
    shown = listing(client).digest
    festival(date(2026, 10, 12))
    answer = client.post(SIGN, {"digest": shown} | SENT)
    assert "清单在您核对期间已有变化，本次未作任何改动" in answer.text
    assert "院发〔2026〕3号" in answer.text
    assert "2026年10月20日" in answer.text, "the list as it is now"
    assert again(paper).due_on == OLD
    assert not Event.objects.filter(verb__contains="recount").exists()


def test_nothing_is_signed_where_nothing_differs(assigned, signed_in):
    (paper,) = assigned()
    client = signed_in("director")
    assert "均与现行日历一致" in client.get(PAGE).text
    assert "清单在您核对期间已有变化" in sign(client).text
    assert not Event.objects.filter(verb__contains="recount").exists()
    assert again(paper).due_on == OLD


def test_what_becomes_late_or_comes_earlier_is_marked(assigned, north, signed_in):
    assigned()
    CalendarDay.objects.create(
        procuratorate=north, date=date(2026, 10, 7), is_workday=True, name="调班"
    )
    (line,) = listing(signed_in("director")).moved
    assert (line.change.new.due_on, line.comes_earlier) == (date(2026, 10, 15), True)
    assert line.why == ["10月7日成为工作日（调班）"]
    assert not line.becomes_late
    with time_machine.travel(datetime(2026, 10, 16, 9, tzinfo=ZoneInfo("Asia/Shanghai"))):
        client = signed_in("director")
        (line,) = listing(client).moved
        assert line.becomes_late
        assert (line.before.colour, line.after.colour) == ("near", "late")
        assert "改后超期" in client.get(PAGE).text


def test_a_day_chosen_by_hand_is_listed_apart(assigned, festival, signed_in):
    assigned(due_on=FESTIVAL)
    festival()
    seen = listing(signed_in("director"))
    assert (len(seen.moved), len(seen.on_a_day_off), len(seen.same)) == (0, 1, 0)
    assert "人工指定，不自动改动" in signed_in("director").get(PAGE).text


def test_the_page_costs_the_same_for_few_and_for_many(assigned, festival, signed_in):
    assigned(2)
    festival()
    client = signed_in("clerk")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        assert listing(client).count == 2
    CalendarDay.objects.filter(date=FESTIVAL).delete()
    assigned(58)
    festival()
    with CaptureQueriesContext(connection) as many:
        assert listing(client).count == 60
    assert len(many) == len(few)


def test_the_first_page_of_the_office_leads_there(assigned, festival, signed_in, cast):
    assigned(2)
    festival()
    recount.look(timezone.now())
    for who, told in [("director", True), ("clerk", True), ("head", False), ("chief", False)]:
        page = signed_in(who).get("/").text
        assert ("日历已调整，有 2 件时限待重算" in page) is told, who
        assert (f'href="{PAGE}"' in page) is told, who
    sign(signed_in("director"))
    assert "待重算" not in signed_in("director").get("/").text
