"""Rows of activity need something to be about: at this level that is a department."""

import pytest
from django.contrib.contenttypes.models import ContentType

from activity.models import Assignment, Kind
from activity.record import record
from organization.models import Marking


@pytest.fixture
def target(departments):
    return departments.first


@pytest.fixture
def event(cast, target):
    return record("department.test", target, by=cast.clerk, details={"opinion": "同意。"})


@pytest.fixture
def assignment(event, cast, target):
    """`assignment(duty="read", …)` is an open row about the target, not saved yet."""

    def make(**fields):
        post = cast.handler.posts[0]
        known = {
            "procuratorate": event.procuratorate,
            "target_kind": ContentType.objects.get_for_model(target),
            "target_id": target.pk,
            "marking": Marking.INTERNAL,
            "kind": Kind.ACT,
            "duty": "handle",
            "post": post,
            "department": post.department,
            "since": event.at,
            "opening_event": event,
        }
        return Assignment(**known | fields)

    return make
