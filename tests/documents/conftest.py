from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from activity.steps import StepClosed
from documents.flow import incoming as flow
from documents.models import IncomingPaper
from organization.models import Role
from tests.conftest import make_person
from tests.documents.factories import paper_in, registration


def arguments(name, cast):
    """What a person would fill in, for each step."""
    first = cast.head.posts[0].department
    due = timezone.localdate() + timedelta(days=10)
    return {
        "register": ((registration(),), {}),
        "propose": ((), {"opinion": "拟办。", "leaders": [cast.chief.posts[0]]}),
        "instruct": ((), {"opinion": "同意。"}),
        "assign": ((flow.Plan(lead=first, due_on=due),), {}),
        "divide": ((), {"to": cast.handler.posts[0]}),
        "report": ((), {"opinion": "已办。"}),
        "read": ((), {}),
        "close": ((), {"result": "办结。"}),
    }[name]


@pytest.fixture
def take(cast):
    """`take("register", "clerk", state)`: was the step taken? Whatever happens is undone."""
    papers = {}

    def attempt(name, who, state):
        if state not in papers:
            papers[state] = paper_in(state, cast, divided=False).pk
        paper = IncomingPaper.objects.get(pk=papers[state])
        positional, named = arguments(name, cast)
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
