"""The first page: what waits for oneself, and for leaders and director what the house owes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.models import Marking
from tests.documents.factories import paper_in, plan

MORNING = datetime(2026, 3, 9, 9, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday
LATE, TODAY, THURSDAY, FRIDAY = (date(2026, 3, day) for day in (6, 9, 12, 13))


@pytest.fixture
def handled(cast, departments):
    """Papers that the first department handles until each of these days."""

    def make(*days, marking=Marking.INTERNAL):
        for day in days:
            paper = paper_in(State.INSTRUCTED, cast, marking=marking)
            flow.assign(paper, plan(departments, due_on=day), by=cast.clerk)
            flow.divide(paper, by=cast.head, to=cast.handler.posts[0])

    with time_machine.travel(MORNING - timedelta(days=7), tick=False):
        yield make


@pytest.fixture
def desk(signed_in):
    """What somebody's first page shows on that Monday morning."""

    def look(who):
        with time_machine.travel(MORNING, tick=False):
            return signed_in(who).get("/").context

    return look


@pytest.mark.parametrize("who", ["chief", "vice_chief", "director"])
def test_leaders_and_director_see_what_is_late_and_with_whom(who, cast, handled, desk):
    handled(LATE, TODAY, THURSDAY, FRIDAY)
    seen = desk(who)
    assert (seen["late"], seen["near"]) == (1, 2)  # Friday is the fourth working day from here
    (line,) = seen["late_papers"]
    assert [row.post.user.name for row in line.holders] == ["handler"]
    assert line.light.colour == "late"


@pytest.mark.parametrize("how", ["late", "near"])
def test_each_number_opens_a_list_of_exactly_that_many(how, cast, signed_in, handled, desk):
    handled(LATE, LATE, TODAY, THURSDAY, FRIDAY)
    page = desk("vice_chief")
    with time_machine.travel(MORNING, tick=False):
        client = signed_in("vice_chief")
        assert f'href="/documents/incoming/?due={how}"' in client.get("/").text
        lines = client.get(f"/documents/incoming/?due={how}").context["lines"]
    assert len(lines) == page[how] == 2


def test_work_that_was_reported_late_still_counts_until_it_is_closed(cast, handled, desk):
    handled(LATE)
    paper = IncomingPaper.objects.get()
    flow.report(paper, by=cast.handler, opinion="已报送。")
    (line,) = desk("director")["late_papers"]
    assert {row.duty for row in line.holders} == {"review"}
    flow.review(paper, by=cast.director, opinion="同意办结。")
    flow.close(paper, by=cast.clerk, result="已办结。")
    assert desk("director")["late"] == 0


def test_a_handler_counts_the_own_work_only(cast, handled, desk):
    handled(LATE, TODAY)
    seen = desk("handler")
    assert (seen["late"], seen["near"]) == (1, 1)
    assert "late_papers" not in seen
    assert desk("co_handler")["late"] == 0


def test_a_leader_does_not_see_beyond_the_own_departments(cast, handled, desk):
    """drafting_chief leads, but is in charge of nothing and was asked nothing."""
    handled(LATE, TODAY)
    seen = desk("drafting_chief")
    assert (seen["late"], seen["near"], seen["late_papers"]) == (0, 0, [])


def test_the_first_page_costs_the_same_for_few_and_for_many(cast, handled, desk):
    handled(LATE, TODAY)
    desk("director")
    with CaptureQueriesContext(connection) as few:
        desk("director")
    handled(*[LATE] * 20, *[TODAY] * 20)
    with CaptureQueriesContext(connection) as many:
        assert desk("director")["late"] == 21
    assert len(many) == len(few)


def test_a_leader_is_told_what_waits_in_the_words_of_leaders(cast, signed_in):
    paper_in(State.PROPOSED, cast)
    page = signed_in("chief").get("/").text
    assert "今日待批" in page
    assert "超期公文" in page
    assert "您负责的公文没有超期的" in page
    handler = signed_in("handler").get("/").text
    assert "今日待批" not in handler
    assert "超期公文" not in handler
