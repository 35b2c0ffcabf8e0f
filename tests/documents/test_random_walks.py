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
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.models import LedgerEntry
from tests.documents.factories import arrival, registration

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
    st.booleans(),  # one leader or two, one department or two
)
# Mostly the step that is due, so that walks get far; sometimes any step by anybody.
DUE = {
    State.SIGNED_FOR: ("register", "colleague"),
    State.REGISTERED: ("propose", "director"),
    State.PROPOSED: ("instruct", "chief"),
    State.INSTRUCTED: ("assign", "clerk"),
    State.HANDLING: ("report", "head"),
    State.REPORTED: ("close", "colleague"),
    State.CLOSED: ("read", "reader"),
}


def attempt(cast, paper, name, who, wide):
    """Try a step; a refusal is an answer too."""
    first, second = cast.head.posts[0].department, cast.co_handler.posts[0].department
    leaders = [cast.chief.posts[0], *([cast.vice_chief.posts[0]] if wide else [])]
    due = timezone.localdate() + timedelta(days=8)
    assisting = [second] if wide else []
    readers = [cast.reader.posts[0], cast.two_posts.posts[0]]
    acts = {
        "register": lambda by: flow.register(paper, registration(), by=by),
        "propose": lambda by: flow.propose(paper, by=by, opinion="拟办。", leaders=leaders),
        "instruct": lambda by: flow.instruct(paper, by=by, opinion="同意。"),
        "assign": lambda by: flow.assign(
            paper, flow.Plan(first, due, assisting=assisting, readers=readers), by=by
        ),
        "divide": lambda by: flow.divide(paper, by=by, to=cast.handler.posts[0]),
        "report": lambda by: flow.report(paper, by=by, opinion="已办。"),
        "read": lambda by: flow.read(paper, by=by),
        "close": lambda by: flow.close(paper, by=by, result="办结。"),
    }
    try:
        with transaction.atomic():
            acts[name](getattr(cast, who))
    except (PermissionDenied, StepClosed):
        pass


def check(cast):
    for paper in IncomingPaper.objects.exclude(state=State.CLOSED):
        rows = Assignment.objects.about(paper).open().filter(since__isnull=False, kind=Kind.ACT)
        assert rows.exists(), f"{paper.state}: in nobody's hands"
    for paper in IncomingPaper.objects.filter(state=State.CLOSED):
        assert not Assignment.objects.about(paper).open().filter(kind=Kind.ACT).exists()
    for actor in vars(cast).values():
        lists = {box: len(inbox.rows(box, actor)) for box in (Box.TO_DO, Box.TO_READ)}
        assert inbox.counts(actor) == {box.value: length for box, length in lists.items()}
        seen = IncomingPaper.objects.visible_to(actor)
        for box in Box:
            for row in inbox.rows(box, actor):
                assert seen.filter(pk=row.target_id).exists(), "listed, and cannot be opened"
    numbers = sorted(LedgerEntry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    opinions = Event.objects.filter(verb="incomingpaper.instruct").values_list("details", flat=True)
    assert all(details["opinion"] for details in opinions)


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(walk=st.lists(st.one_of(st.none(), MOVES), min_size=4, max_size=22))
def test_any_walk_keeps_counts_lists_and_hands_together(cast, walk):
    point = transaction.savepoint()
    papers = [flow.sign_for(arrival(), by=cast.clerk) for _ in range(2)]
    for move in walk:
        if move is None:
            paper = papers[0]
            attempt(cast, paper, *DUE[paper.state], wide=False)
        else:
            which, name, who, wide = move
            attempt(cast, papers[which], name, who, wide)
    check(cast)
    transaction.savepoint_rollback(point)
