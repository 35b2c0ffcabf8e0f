from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from activity.steps import StepClosed
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.models import Role
from tests.conftest import make_person
from tests.documents.factories import ALL_YES, at_work, registration


def arguments(name, cast, paper, who):
    """What a person would fill in, for each step."""
    first, second = (actor.posts[0].department for actor in (cast.head, cast.co_handler))
    due = timezone.localdate() + timedelta(days=10)
    office = cast.director.posts[0].department
    reader = cast.two_posts.posts[0]
    to = cast.reader if who == "co_handler" else cast.handler
    return {
        "register": ((registration(),), {}),
        "screen": ((), {"answers": ALL_YES}),
        "propose": ((), {"opinion": "拟办。", "leaders": [cast.chief.posts[0]]}),
        "forward": ((), {"opinion": "拟转有关部门办理。"}),
        "circulate": ((), {"readers": [reader]}),
        "instruct": ((), {"opinion": "同意。"}),
        "add_leader": ((), {"leader": cast.vice_chief.posts[0]}),
        "remove_leader": ((), {"leader": cast.chief.posts[0]}),
        "assign": ((flow.Plan(lead=first, due_on=due),), {}),
        "divide": ((), {"to": to.posts[0]}),
        "report": ((), {"opinion": "已办。"}),
        "reassign": ((), {"part": first, "department": office, "due_on": due}),
        "add_department": ((), {"department": office, "due_on": due}),
        "drop_department": ((), {"part": second}),
        "ask_extension": ((), {"until": due + timedelta(days=10), "opinion": "材料未齐。"}),
        "decide_extension": ((), {"granted": True, "until": due + timedelta(days=10)}),
        "review": ((), {"opinion": "同意办结。"}),
        "close": ((), {"result": "办结。"}),
        "answer": ((), {"answered_on": timezone.localdate(), "means": "letter"}),
        "read": ((), {}),
        "add_readers": ((), {"readers": [reader]}),
        "remove_reader": ((), {"reader": cast.reader.posts[0]}),
        "send_back": ((), {"to": back_to(paper), "opinion": "请补正。"}),
        "recall": ((), {}),
        "chase": ((), {"opinion": "请抓紧。"}),
    }[name]


def back_to(paper):
    """The step before the one the paper waits for."""
    waits_for = {
        State.REGISTERED: "register",
        State.SCREENED: "screen",
        State.PROPOSED: "propose",
        State.INSTRUCTED: "instruct",
        State.HANDLING: "assign",
        State.REPORTED: "handle",
        State.REVIEWED: "review",
    }
    return waits_for.get(paper.state, "register")


@pytest.fixture
def take(cast):
    """`take("register", "clerk", state)`: was the step taken? Whatever happens is undone."""
    papers = {}

    def attempt(name, who, state):
        if state not in papers:
            papers[state] = at_work(state, cast).pk
        paper = IncomingPaper.objects.get(pk=papers[state])
        positional, named = arguments(name, cast, paper, who)
        point = transaction.savepoint()
        try:
            getattr(flow, name)(paper, *positional, by=getattr(cast, who), **named)
        except (PermissionDenied, StepClosed):
            return False
        else:
            return True
        finally:
            transaction.savepoint_rollback(point)

    return attempt


@pytest.fixture
def second_handler(north, departments):
    return make_person("second_handler", north, (Role.STAFF, departments.first))


@pytest.fixture
def people(cast, second_handler):
    cast.second_handler = second_handler
    return cast
