"""Lists of 系统管理 ask the database the same number of questions, however long they are."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import LadderStage
from activity.record import record
from organization.actor import Actor
from organization.models import CalendarDay, DeadlineRule, Department, Role, Series
from tests.conftest import make_person

DAY = date(2027, 1, 1)


def grow(north, numbers):
    """One row of each kind for each number."""
    for number in numbers:
        room = Department.objects.create(procuratorate=north, name=f"第{number}部")
        made = make_person(f"p{number}", north, (Role.STAFF, room), (Role.VICE_CHIEF, None))
        Department.objects.filter(pk=room.pk).update(leader_in_charge=made.posts[1])
        record("user.sign_in", made.user, by=Actor(made.user, north, made.posts))
        day = DAY + timedelta(days=number)
        CalendarDay.objects.create(procuratorate=north, date=day, is_workday=True, name="班")
        DeadlineRule.objects.create(
            procuratorate=north, code="x", count=1, unit="hour", basis="本院", valid_from=day
        )
        Series.objects.create(
            procuratorate=north, code=f"s{number}", name="号", pattern="{year}{number}"
        )
        LadderStage.objects.create(procuratorate=north, stage=number, audience="head")


@pytest.mark.parametrize(
    "kind",
    [
        "organization/user",
        "organization/post",
        "organization/department",
        "organization/calendarday",
        "organization/deadlinerule",
        "organization/series",
        "activity/ladderstage",
        "activity/event",
    ],
)
def test_a_long_list_asks_no_more_than_a_short_one(kind, signed_in, north):
    client = signed_in("auditor")
    CalendarDay.objects.all().delete()  # more than a page of national ones

    def asked():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/admin/{kind}/")
        assert answer.status_code == 200
        return len(queries), len(answer.context["cl"].result_list)

    grow(north, range(2))
    asked()  # the session writes down when it began
    few, short = asked()
    grow(north, range(2, 60))
    many, long = asked()
    assert long > short
    assert (many, few <= 18) == (few, True)
