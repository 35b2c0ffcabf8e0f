"""Several people, tabs and clicks at once, on a real PostgreSQL with real connections."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.utils import timezone

from activity import inbox
from activity.models import Assignment, Event
from activity.steps import StepClosed
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.models import LedgerEntry, Serial
from tests.documents.factories import arrival, paper_in, registration
from tests.documents.test_sending_back import jointly_handled

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run every act in its own thread and connection, begun together; returns what each met."""
    gate = threading.Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=20)
            act()
        except (PermissionDenied, StepClosed) as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def again(paper):
    return IncomingPaper.objects.get(pk=paper.pk)


def test_a_double_click_has_one_effect_and_one_polite_refusal(cast):
    paper = paper_in(State.PROPOSED, cast)
    met = at_once(
        *[lambda: flow.instruct(again(paper), by=cast.chief, opinion="同意。") for _ in range(2)]
    )
    assert met == ["StepClosed", "done"]
    assert Event.objects.about(paper).filter(verb="incomingpaper.instruct").count() == 1
    assert Assignment.objects.about(paper).open().filter(duty="assign").count() == 2


def test_two_clerks_registering_one_paper_use_one_number(cast):
    paper = paper_in(State.SIGNED_FOR, cast)
    met = at_once(
        lambda: flow.register(again(paper), registration(), by=cast.clerk),
        lambda: flow.register(again(paper), registration(), by=cast.colleague),
    )
    assert met == ["StepClosed", "done"]
    assert LedgerEntry.objects.count() == 1


def test_two_leaders_at_once_both_count_and_the_paper_moves_once(cast):
    paper = paper_in(State.SCREENED, cast)
    leaders = [cast.chief.posts[0], cast.vice_chief.posts[0]]
    flow.propose(paper, by=cast.director, opinion="拟请批示。", leaders=leaders)
    met = at_once(
        lambda: flow.instruct(again(paper), by=cast.chief, opinion="同意。"),
        lambda: flow.instruct(again(paper), by=cast.vice_chief, opinion="请一部办。"),
    )
    assert met == ["done", "done"]
    assert again(paper).state == State.INSTRUCTED
    assert Assignment.objects.about(paper).open().filter(duty="assign").count() == 2


def test_a_head_who_divides_and_reports_at_once_does_one_of_them(cast):
    paper = paper_in(State.HANDLING, cast, divided=False)
    met = at_once(
        lambda: flow.divide(again(paper), by=cast.head, to=cast.handler.posts[0]),
        lambda: flow.report(again(paper), by=cast.head, opinion="已办。"),
    )
    assert met == ["StepClosed", "done"]


def test_fifty_registrations_at_once_leave_no_gap_and_no_duplicate(cast):
    papers = [flow.sign_for(arrival(), by=cast.clerk) for _ in range(50)]
    met = []
    for start in range(0, 50, 10):
        met += at_once(
            *[
                lambda paper=paper: flow.register(again(paper), registration(), by=cast.clerk)
                for paper in papers[start : start + 10]
            ]
        )
    assert met == ["done"] * 50
    numbers = sorted(LedgerEntry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 51))
    assert IncomingPaper.objects.values("number").distinct().count() == 50
    assert Serial.objects.get().last == 50


def test_a_number_of_a_registration_that_fails_is_not_used_up(cast, monkeypatch):
    paper, other = (flow.sign_for(arrival(), by=cast.clerk) for _ in range(2))

    def fail(*args, **options):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("activity.writing.Notice.objects.bulk_create", fail)
        with pytest.raises(RuntimeError):
            flow.register(paper, registration(), by=cast.clerk)
    flow.register(other, registration(), by=cast.clerk)
    assert LedgerEntry.objects.get().number == 1
    assert not connection.in_atomic_block


def test_two_departments_that_report_at_once_both_count_and_one_review_is_asked_for(cast):
    paper = jointly_handled(cast)
    met = at_once(
        lambda: flow.report(again(paper), by=cast.head, opinion="主办已办。"),
        lambda: flow.report(again(paper), by=cast.co_handler, opinion="协办已办。"),
    )
    assert met == ["done", "done"]
    assert again(paper).state == State.REPORTED
    assert Assignment.objects.about(paper).open().filter(duty="review").count() == 1


def test_the_last_two_readers_at_once_ask_for_the_closing_once(cast):
    paper = paper_in(State.CIRCULATING, cast)
    met = at_once(
        lambda: flow.read(again(paper), by=cast.reader),
        lambda: flow.read(again(paper), by=cast.handler),
    )
    assert met == ["done", "done"]
    assert again(paper).state == State.REVIEWED
    assert Assignment.objects.about(paper).open().filter(duty="close").count() == 2


def test_the_lead_sends_back_while_the_co_handler_reports_one_of_them_comes_first(cast):
    paper = jointly_handled(cast)
    met = at_once(
        lambda: flow.send_back(again(paper), by=cast.head, to="instruct", opinion="不明确。"),
        lambda: flow.report(again(paper), by=cast.co_handler, opinion="协办已办。"),
    )
    assert met in (["StepClosed", "done"], ["done", "done"])
    assert again(paper).state == State.PROPOSED
    assert not Assignment.objects.about(paper).open().filter(duty="handle").exists()


def test_a_leader_instructs_while_another_sends_it_back_nothing_half_happens(cast):
    paper = paper_in(State.SCREENED, cast)
    leaders = [cast.chief.posts[0], cast.vice_chief.posts[0]]
    flow.propose(paper, by=cast.director, opinion="拟请批示。", leaders=leaders)
    met = at_once(
        lambda: flow.instruct(again(paper), by=cast.chief, opinion="同意。"),
        lambda: flow.send_back(again(paper), by=cast.vice_chief, to="propose", opinion="请补充。"),
    )
    assert met in (["StepClosed", "done"], ["done", "done"])
    assert again(paper).state == State.SCREENED
    open_rows = Assignment.objects.about(paper).open()
    assert {row.duty for row in open_rows} == {"propose"}


def test_opening_and_taking_back_at_once_one_of_them_comes_first(cast):
    paper = paper_in(State.PROPOSED, cast)
    met = at_once(
        lambda: flow.recall(again(paper), by=cast.director),
        lambda: inbox.mark_opened(again(paper), cast.chief, timezone.now()),
    )
    row = Assignment.objects.about(paper).get(duty="instruct", post=cast.chief.posts[0])
    taken_back = again(paper).state == State.SCREENED
    assert (row.outcome == "recalled") == taken_back
    assert met == (["done", "done"] if taken_back else ["StepClosed", "done"])
    assert not (row.opened_at and taken_back)


def test_two_ask_the_same_leader_as_well_and_the_leader_has_it_once(cast):
    paper = paper_in(State.PROPOSED, cast)
    leader = cast.vice_chief.posts[0]
    met = at_once(
        lambda: flow.add_leader(again(paper), by=cast.director, leader=leader),
        lambda: flow.add_leader(again(paper), by=cast.chief, leader=leader),
    )
    assert met == ["done", "done"]
    rows = Assignment.objects.about(paper).open().filter(post=leader)
    assert rows.count() == 1


def test_a_part_given_to_one_department_by_two_clerks_at_once_is_given_once(cast, departments):
    paper = jointly_handled(cast)
    due = timezone.localdate() + timedelta(days=6)
    met = at_once(
        *[
            lambda who=who: flow.add_department(
                again(paper), by=who, department=departments.office, due_on=due
            )
            for who in (cast.clerk, cast.colleague)
        ]
    )
    assert met == ["StepClosed", "done"]
