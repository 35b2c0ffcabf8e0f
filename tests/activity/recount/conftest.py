"""Open work counted on a Monday, and a day of the calendar that changes afterwards."""

import pytest
import time_machine
from django.utils import timezone

from activity.models import Assignment
from activity.record import record
from organization.calendar import Calendar
from organization.deadlines import compute
from organization.models import CalendarDay, DeadlineRule, Role
from tests.activity.recount.signing import FESTIVAL, START
from tests.conftest import make_person


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(START, tick=False):
        yield


@pytest.fixture
def counted(cast, north, south):
    """`counted("handler")` is open work of that person, counted over the calendar of now."""

    def make(who="handler", *, by_hand=None, **fields):
        actor = getattr(cast, who) if isinstance(who, str) else who
        post, place = actor.posts[0], actor.procuratorate
        calendar = Calendar.load(place.pk)
        rule = DeadlineRule.objects.get(code="incoming.urgent")
        deadline = compute(rule, timezone.now(), calendar)
        event = record("department.test", post.department, by=actor)
        row = Assignment(
            procuratorate=place,
            target=post.department,
            marking=2,
            kind="act",
            post=post,
            department=post.department,
            opening_event=event,
            **{"since": event.at, "duty": "handle"} | fields,
        )
        row.set_deadline(deadline.set_by_hand(by_hand, calendar) if by_hand else deadline)
        row.save()
        return row

    return make


@pytest.fixture
def festival(north):
    """A day off of the northern procuratorate alone, unless it is said to be everybody's."""

    def make(place=north, day=FESTIVAL, is_workday=False):
        return CalendarDay.objects.create(
            procuratorate=place, date=day, is_workday=is_workday, name="院庆日"
        )

    return make


@pytest.fixture
def south_director(south, cast):
    office = cast.outsider.posts[0].department
    return make_person("south_director", south, (Role.OFFICE_DIRECTOR, office))
