"""After any walk through the steps: counts equal lists, and every open paper is in some hands."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity import inbox
from activity.inbox import Box
from activity.models import Assignment, Event, Kind
from activity.steps import StepClosed
from activity.trace import NobodyToAsk
from documents.flow import incoming as flow
from documents.models import Duty, IncomingPaper, State
from organization.models import LedgerEntry
from tests.documents.factories import ALL_YES, arrival, registration

WHO = [
    "clerk",
    "colleague",
    "director",
    "chief",
    "vice_chief",
    "delegate",
    "head",
    "handler",
    "co_handler",
    "reader",
    "two_posts",
]
MOVES = st.tuples(
    st.integers(0, 1),  # which paper
    st.sampled_from([step.name for step in flow.STEPS[1:]]),
    st.sampled_from(WHO),
    st.booleans(),  # wide: two leaders in order, two departments, straight back, a “no”
    st.sampled_from(["register", "screen", "propose", "instruct", "assign", "handle"]),  # back to
)
# Mostly the step that is due, so that walks get far; sometimes any step by anybody.
DUE = {
    State.SIGNED_FOR: ("register", "colleague"),
    State.REGISTERED: ("screen", "clerk"),
    State.SCREENED: ("propose", "director"),
    State.PROPOSED: ("instruct", "chief"),
    State.INSTRUCTED: ("assign", "clerk"),
    State.CIRCULATING: ("read", "reader"),
    State.HANDLING: ("report", "head"),
    State.REPORTED: ("review", "director"),
    State.REVIEWED: ("close", "colleague"),
    State.CLOSED: ("read", "reader"),
    State.RETURNED: ("chase", "clerk"),
}


def attempt(cast, paper, name, who, wide, to="propose"):
    """Try a step; a refusal is an answer too."""
    first, second, office = (
        actor.posts[0].department for actor in (cast.head, cast.co_handler, cast.director)
    )
    leaders = [cast.chief.posts[0], *([cast.vice_chief.posts[0]] if wide else [])]
    today = timezone.localdate()
    due = today + timedelta(days=8)
    assisting = [flow.Share(second, due)] if wide else []
    readers = [cast.reader.posts[0], cast.two_posts.posts[0]]
    part = second if wide else first
    later = due + timedelta(days=9)
    acts = {
        "register": {"data": registration()},
        "screen": {"answers": ALL_YES | {"ours": not wide}, "opinion": "不属本院。"},
        "propose": {"opinion": "拟办。", "leaders": leaders, "in_order": wide},
        "forward": {"opinion": "拟转办。"},
        "circulate": {"readers": readers, "in_order": wide},
        "instruct": {"opinion": "同意。"},
        "add_leader": {"leader": cast.vice_chief.posts[0]},
        "remove_leader": {"leader": leaders[-1]},
        "assign": {"plan": flow.Plan(first, due, assisting=assisting, readers=readers)},
        "divide": {"to": cast.handler.posts[0]},
        "report": {"opinion": "已办。"},
        "reassign": {"part": part, "department": office, "due_on": due},
        "add_department": {"department": second, "due_on": due},
        "drop_department": {"part": second},
        "ask_extension": {"until": later, "opinion": "材料未齐。"},
        "decide_extension": {"granted": wide, "until": later, "opinion": "已悉。"},
        "review": {"opinion": "同意办结。"},
        "close": {"result": "办结。"},
        "answer": {"answered_on": today, "means": "letter"},
        "read": {},
        "add_readers": {"readers": readers, "in_order": wide},
        "remove_reader": {"reader": cast.reader.posts[0]},
        "send_back": {"to": to, "opinion": "请补正。", "straight": wide},
        "recall": {},
        "chase": {"opinion": "请抓紧。"},
    }
    try:
        with transaction.atomic():
            getattr(flow, name)(paper, by=getattr(cast, who), **acts[name])
    except (PermissionDenied, StepClosed, NobodyToAsk):
        pass


def check(cast):
    for paper in IncomingPaper.objects.all():
        check_hands(paper)
    check_rows()
    for actor in vars(cast).values():
        check_boxes(actor)
    numbers = sorted(LedgerEntry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert IncomingPaper.objects.exclude(number="").count() == len(numbers)
    opinions = Event.objects.filter(verb="incomingpaper.instruct").values_list("details", flat=True)
    assert all(details["opinion"] for details in opinions)


def check_hands(paper):
    """An open paper is in somebody's hands, one that has ended in nobody's."""
    rows = Assignment.objects.about(paper).open()
    begun = rows.filter(since__isnull=False)
    if paper.state in {State.CLOSED, State.RETURNED}:
        assert not rows.filter(kind=Kind.ACT).exists()
        return
    kind = Kind.READ if paper.state == State.CIRCULATING else Kind.ACT
    assert begun.filter(kind=kind).exists(), f"{paper.state}: in nobody's hands"
    handled = begun.filter(duty__in=[Duty.HANDLE, Duty.REASSIGN])
    assert handled.exists() == (paper.state == State.HANDLING)
    if paper.state == State.HANDLING:
        lead = Assignment.objects.about(paper).filter(department=paper.lead_department)
        assert lead.filter(duty=Duty.HANDLE).exists(), "no lead department"


def check_rows():
    for row in Assignment.objects.open().filter(duty=Duty.EXTEND):
        assert row.about.closed_at is None, "an extension of what is done is decided"
    for row in Assignment.objects.open().filter(since__isnull=True):
        before = Assignment.objects.alongside(row).filter(turn__lt=row.turn)
        assert before.exists(), "waits for a turn that nobody has"


def check_boxes(actor):
    lists = {box: len(inbox.rows(box, actor)) for box in (Box.TO_DO, Box.TO_READ)}
    assert inbox.counts(actor) == {box.value: length for box, length in lists.items()}
    seen = IncomingPaper.objects.visible_to(actor)
    for box in Box:
        for row in inbox.rows(box, actor):
            assert seen.filter(pk=row.target_id).exists(), "listed, and cannot be opened"


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(walk=st.lists(st.one_of(st.none(), MOVES), min_size=6, max_size=30))
def test_any_walk_keeps_counts_lists_and_hands_together(cast, walk):
    point = transaction.savepoint()
    papers = [flow.sign_for(arrival(), by=cast.clerk) for _ in range(2)]
    for move in walk:
        if move is None:
            paper = papers[0]
            attempt(cast, paper, *DUE[paper.state], wide=False)
        else:
            which, name, who, wide, to = move
            attempt(cast, papers[which], name, who, wide, to)
    check(cast)
    transaction.savepoint_rollback(point)
