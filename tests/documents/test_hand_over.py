"""离岗交接: all that is open goes to who takes over, in one act or not at all."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from activity import inbox
from activity.handover import flow as handovers
from activity.handover import queries
from activity.inbox import Box
from activity.models import Assignment, Event, Handover, HandoverLine, Notice, Outcome
from activity.steps import StepClosed
from activity.words import sentence
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.actor import actor_of
from organization.models import Delegation, Marking, Role, Succession
from tests.activity.lent import lend
from tests.conftest import make_person, make_post
from tests.documents.factories import paper_in, plan, registration
from tests.documents.leaving import hand_over, open_of

KEPT = ("duty", "kind", "batch", "turn", "due_on", "due_at", "warn_on", "first_due_on",
        "deadline", "department_id", "marking")  # fmt: skip


def fresh(actor):
    """The same person, as the next request finds them."""
    return actor_of(actor.user, timezone.localdate(), actor.procuratorate.pk)[0]


def test_open_work_goes_with_its_deadline_and_the_row_says_where(people):
    paper = paper_in(State.HANDLING, people)
    old = open_of(people.handler).get()
    handover = hand_over(people, "handler", "second_handler")
    new = open_of(people.second_handler).get()
    old.refresh_from_db()
    assert (old.outcome, old.moved_to) == (Outcome.MOVED, new)
    for name in KEPT:
        assert getattr(new, name) == getattr(old, name), name
    assert new.since == old.closed_at
    assert new.opened_at is None
    assert not open_of(people.handler).exists()
    line = HandoverLine.objects.get()
    assert (line.handover, line.assignment, line.successor) == (
        handover, old, people.second_handler.posts[0],
    )  # fmt: skip
    flow.report(paper, by=people.second_handler, opinion="已办。")
    assert paper.state == State.REPORTED


def test_each_record_has_one_event_and_each_taker_one_notice(people):
    papers = [paper_in(State.HANDLING, people) for _ in range(3)]
    Notice.objects.all().delete()
    handover = hand_over(people, "handler", "second_handler")
    for paper in papers:
        event = Event.objects.about(paper).get(verb="assignment.hand_over")
        assert "handler" in sentence(event)
        assert "second_handler" in sentence(event)
        assert event.post == people.director.posts[0]
    assert set(Notice.objects.values_list("recipient__name", "event__verb")) == {
        ("second_handler", "handover.hand_over"),
        ("handler", "handover.hand_over"),
    }
    event = Event.objects.about(handover).get()
    assert "3" in sentence(event)


def test_an_order_of_reading_goes_on(people):
    """The leaver's turn has not come; afterwards the successor's has not, and then it comes."""
    paper = paper_in(State.INSTRUCTED, people)
    flow.assign(paper, plan_of(people, readers=()), by=people.clerk)
    in_turn(paper, people, ["reader", "handler", "co_handler"])
    hand_over(people, "handler", "second_handler")
    waiting = open_of(people.second_handler).get()
    assert (waiting.turn, waiting.since) == (1, None)
    assert not inbox.rows(Box.DONE, people.handler).exists()
    assert not inbox.rows(Box.READ, people.handler).exists()
    flow.read(paper, by=people.reader)
    flow.read(paper, by=people.second_handler)
    assert open_of(people.co_handler).filter(duty="read", since__isnull=False).exists()


def plan_of(people, **fields):
    return plan(SimpleNamespace(first=people.head.posts[0].department), **fields)


def in_turn(paper, people, names):
    """Given to be read in this order."""
    readers = [getattr(people, name).posts[0] for name in names]
    flow.add_readers(paper, by=people.clerk, readers=readers, in_order=True)


def test_two_rows_for_the_same_duty_become_one_and_nothing_is_lost(people):
    """Both clerks may register it. The one who stays has one row, and the paper is registered."""
    paper = paper_in(State.SIGNED_FOR, people)
    theirs = open_of(people.colleague).get()
    hand_over(people, "clerk", "colleague")
    assert open_of(people.colleague).get() == theirs
    assert Assignment.objects.get(post=people.clerk.posts[0]).moved_to == theirs
    flow.register(paper, registration(), by=people.colleague)
    assert not Assignment.objects.open().filter(duty="register").exists()


def copied(row, **fields):
    """The same work once more, for somebody else: as a paper that was assigned twice."""
    left_out = {"id", *fields}
    known = {f.name: getattr(row, f.name) for f in row._meta.fields if f.name not in left_out}
    return Assignment.objects.create(**known | fields)


def test_of_two_deadlines_the_earlier_counts_and_a_turn_that_came_has_come(people):
    paper = paper_in(State.HANDLING, people)
    row = open_of(people.handler).get()
    due_at, post = row.due_at + timedelta(days=5), people.second_handler.posts[0]
    later = copied(row, post=post, batch=uuid4(), due_at=due_at, since=None)
    hand_over(people, "handler", "second_handler")
    later.refresh_from_db()
    assert later.due_at == row.due_at
    assert later.since is not None
    assert Assignment.objects.about(paper).open().filter(duty="handle").count() == 1


def test_whoever_waits_behind_a_row_that_went_into_another_has_their_turn(people):
    paper = paper_in(State.INSTRUCTED, people)
    flow.assign(paper, plan_of(people, readers=[people.reader.posts[0]]), by=people.clerk)
    in_turn(paper, people, ["second_handler", "co_handler"])
    hand_over(people, "second_handler", "reader")
    turn = open_of(people.co_handler).get(duty="read")
    assert turn.since is not None
    assert Notice.objects.filter(recipient=people.co_handler.user,
                                 event__verb="assignment.hand_over").exists()  # fmt: skip


def test_single_lines_go_to_somebody_else(people):
    papers = [paper_in(State.HANDLING, people) for _ in range(2)]
    first = open_of(people.handler).order_by("pk")[0]
    hand_over(people, "handler", "second_handler", others={first.pk: people.head.posts[0]})
    assert [row.target for row in open_of(people.head)] == [papers[0]]
    assert [row.target for row in open_of(people.second_handler)] == [papers[1]]


def refused(people, leaver, successor, **how):
    before = list(Assignment.objects.order_by("pk").values()), Event.objects.count()
    with pytest.raises(handovers.CannotHandOver) as refusal:
        hand_over(people, leaver, successor, **how)
    assert (list(Assignment.objects.order_by("pk").values()), Event.objects.count()) == before
    assert not Handover.objects.exists()
    assert not Succession.objects.exists()
    return refusal.value.sentences


def test_what_is_above_the_successors_clearance_stops_all_until_somebody_else_is_chosen(people):
    paper_in(State.PROPOSED, people)
    strict = paper_in(State.PROPOSED, people, marking=Marking.SENSITIVE)
    people.vice_chief.user.clearance = Marking.INTERNAL
    people.vice_chief.user.save()
    sentences = refused(people, "chief", "vice_chief")
    assert len(sentences) == 1
    assert strict.number in sentences[0]
    assert "vice_chief" in sentences[0]
    row = Assignment.objects.about(strict).open().get()
    hand_over(people, "chief", "vice_chief", others={row.pk: people.drafting_chief.posts[0]})
    assert not open_of(people.chief).exists()


def test_a_duty_goes_to_nobody_who_could_not_do_it(people):
    paper_in(State.PROPOSED, people)
    assert "批示" in refused(people, "chief", "head")[0]


@pytest.mark.parametrize("who", ["auditor", "outsider", "chief"])
def test_the_successor_works_here_and_is_somebody_else(who, people):
    paper_in(State.PROPOSED, people)
    refused(people, "chief", who)


def test_whoever_left_before_has_lost_nothing(people, ended):
    paper_in(State.HANDLING, people)
    ended(people.handler.posts[0], timezone.localdate())
    people.handler.user.is_active = False
    people.handler.user.save()
    today = timezone.localdate()
    for who, left in (("director", 1), ("head", 1), ("co_handler", 0), ("clerk", 0)):
        found = queries.left_with_work(getattr(people, who), today)
        assert sum(count for _user, count in found) == left, who
    hand_over(people, "handler", "second_handler")
    assert queries.left_with_work(people.director, today) == []
    assert open_of(people.second_handler).count() == 1


def test_the_successor_may_look_at_what_was_dealt_with_and_at_nothing_above_clearance(people):
    done = paper_in(State.CLOSED, people)
    assert done not in IncomingPaper.objects.visible_to(fresh(people.second_handler))
    hand_over(people, "handler", "second_handler")
    assert done in IncomingPaper.objects.visible_to(fresh(people.second_handler))
    assert done not in IncomingPaper.objects.visible_to(fresh(people.two_posts))
    people.second_handler.user.clearance = Marking.PUBLIC
    people.second_handler.user.save()
    assert done not in IncomingPaper.objects.visible_to(fresh(people.second_handler))


def test_what_was_registered_goes_along_from_hand_to_hand(people):
    done = paper_in(State.CLOSED, people)
    office = people.clerk.posts[0].department
    people.third = make_person("third", people.clerk.procuratorate, (Role.RECORDS_CLERK, office))
    hand_over(people, "clerk", "colleague")
    hand_over(people, "colleague", "third")
    third = fresh(people.third)
    assert done in IncomingPaper.objects.visible_to(third)
    assert third.handed_over == {people.clerk.posts[0].pk, people.colleague.posts[0].pk}
    assert not inbox.rows(Box.DONE, third).exists()


def test_delegations_of_the_leaver_end(people):
    lend(people.chief, people.handler)
    kept = lend(people.head, people.reader)
    hand_over(people, "handler", "second_handler")
    assert list(Delegation.objects.filter(ended_at=None)) == [kept]
    hand_over(people, "head", "co_handler")
    assert not Delegation.objects.filter(ended_at=None).exists()
    assert Event.objects.filter(verb="delegation.give_back").count() == 2


def test_a_person_with_two_posts_leaves_nothing_on_either(people):
    post = make_post(people.handler.user, Role.STAFF, people.reader.posts[0].department)
    paper = paper_in(State.HANDLING, people)
    copied(open_of(people.handler).get(), post=post)
    hand_over(people, "handler", "second_handler")
    assert Assignment.objects.about(paper).open().filter(duty="handle").count() == 1
    assert not Assignment.objects.open().filter(post__user=people.handler.user).exists()


def test_the_leavers_own_step_comes_too_late(people):
    paper = paper_in(State.HANDLING, people)
    hand_over(people, "handler", "second_handler")
    with pytest.raises(StepClosed):
        flow.report(paper, by=people.handler, opinion="已办。")


def test_nothing_to_hand_over_still_lets_the_successor_look(people):
    handover = hand_over(people, "two_posts", "second_handler")
    assert not handover.lines.exists()
    assert Succession.objects.filter(successor=people.second_handler.posts[0]).count() == 2
