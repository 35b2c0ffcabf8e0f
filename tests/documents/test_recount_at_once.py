"""Two signatures, or a signature and a step, at the same moment."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activity import recount
from activity.models import Assignment, Event
from activity.recount import MOVED, SIGNED, differing, digest
from documents.deadlines import lead_deadline
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.calendar import Calendar
from organization.models import CalendarDay, Role
from tests.conftest import make_person
from tests.documents.factories import paper_in, plan
from tests.documents.test_at_the_same_time import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(cast, departments, north):
    """Three papers with a last day by the rule, and a calendar in which that is a day off."""
    papers = [paper_in(State.INSTRUCTED, cast) for _ in range(3)]
    calendar = Calendar.load(north.pk)
    for paper in papers:
        due_on = lead_deadline(paper, timezone.now(), calendar).due_on
        flow.assign(paper, plan(departments, due_on=due_on), by=cast.clerk)
    CalendarDay.objects.create(procuratorate=north, date=due_on, is_workday=False, name="院庆日")
    return papers


def listed(place):
    return digest(differing(place.pk, Calendar.load(place.pk)))


def signing(shown, director, met):
    """An act that notes how it ended."""

    def act():
        try:
            met.append(recount.sign(shown, "院发〔2026〕3号", by=director))
        except recount.ListChanged:
            met.append("changed")

    return act


def days():
    return set(Assignment.objects.filter(duty="handle").values_list("due_on", flat=True))


def test_of_two_directors_one_signs(waiting, cast, north):
    office = cast.director.posts[0].department
    second = make_person("second", north, (Role.OFFICE_DIRECTOR, office))
    shown, met = listed(north), []
    at_once(*(signing(shown, director, met) for director in (cast.director, second)))
    assert sorted(map(str, met)) == ["3", "changed"]
    assert Event.objects.filter(verb=MOVED).count() == 3
    assert Event.objects.filter(verb=SIGNED).count() == 1
    assert len(days()) == 1


def test_a_step_at_the_same_moment_comes_before_or_after_as_a_whole(waiting, cast, north):
    before, shown, met = days(), listed(north), []
    paper = IncomingPaper.objects.get(pk=waiting[1].pk)
    at_once(
        signing(shown, cast.director, met),
        lambda: flow.report(paper, by=cast.head, opinion="已办。"),
    )
    paper.refresh_from_db()
    assert paper.state == State.REPORTED
    moved = Event.objects.filter(verb=MOVED).count()
    if met == ["changed"]:
        assert (moved, days()) == (0, before)
        assert paper.due_on in before
    else:
        assert (met, moved) == ([3], 3)
        assert paper.due_on not in before, "the step did not write the old day over the new one"


def test_the_records_are_locked_before_their_rows(waiting, cast, north):
    """As every step does it, and in one order: nobody waits for somebody who waits for them."""
    shown = listed(north)
    with CaptureQueriesContext(connection) as asked:
        recount.sign(shown, "院发〔2026〕3号", by=cast.director)
    locks = [query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"]]
    assert ['FROM "documents_incomingpaper"' in lock for lock in locks] == [True, False]
    assert ['FROM "activity_assignment"' in lock for lock in locks] == [False, True]
    assert all("ORDER BY" in lock for lock in locks)


def test_all_of_it_or_nothing(waiting, cast, north, monkeypatch):
    """The last write fails: the first one is undone."""
    before = days()

    def fail(*asked, **named):
        raise RuntimeError

    monkeypatch.setattr(recount, "_note", fail)
    with pytest.raises(RuntimeError):
        recount.sign(listed(north), "院发〔2026〕3号", by=cast.director)
    assert days() == before
    assert {paper.due_on for paper in IncomingPaper.objects.all()} == before
    assert not Event.objects.filter(verb__in=[MOVED, SIGNED]).exists()
