"""The four boxes, and what presses: list, count and light say the same."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine

from activity import inbox
from activity.inbox import Box
from activity.models import Assignment, Kind, Outcome
from organization.deadlines import end_of
from organization.models import Marking

HERE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 10, 9)  # a Friday; Saturday the 10th is a working day
NOW = datetime.combine(TODAY, time(10), tzinfo=HERE)
D = date


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def due(day):
    return {"due_on": day, "due_at": end_of(day), "warn_on": day, "first_due_on": day}


def closed(event, outcome):
    return {"closed_at": NOW, "closing_event": event, "outcome": outcome}


@pytest.fixture
def given(assignment, cast):
    """The handler's rows: `given(duty, …)`."""

    def give(duty, **fields):
        row = assignment(duty=duty, **fields)
        row.save()
        return row

    return give


def boxes(actor):
    return {
        box.value: list(inbox.rows(box, actor).order_by("pk").values_list("duty", flat=True))
        for box in Box
    }


def test_each_row_lies_in_one_box(given, event, cast):
    given("do")
    given("read", kind=Kind.READ)
    given("did", **closed(event, Outcome.DONE))
    given("returned", **closed(event, Outcome.RETURNED))
    given("has read", kind=Kind.READ, **closed(event, Outcome.DONE))
    given("not yet", kind=Kind.READ, since=None, turn=1)
    for outcome in (Outcome.RECALLED, Outcome.CANCELLED, Outcome.TAKEN_BY_COLLEAGUE):
        given(outcome, **closed(event, outcome))
    assert boxes(cast.handler) == {
        "to_do": ["do"],
        "to_read": ["read"],
        "done": ["did", "returned"],
        "read": ["has read"],
    }
    assert inbox.counts(cast.handler) == {"to_do": 1, "to_read": 1}


def test_nobody_elses_rows_and_none_above_the_clearance(given, cast):
    given("sensitive", marking=Marking.SENSITIVE)
    given("internal")
    assert boxes(cast.handler)["to_do"] == ["internal"]
    assert inbox.counts(cast.handler)["to_do"] == 1
    for actor in (cast.head, cast.reader, cast.outsider, cast.auditor):
        assert boxes(actor)["to_do"] == []


@pytest.mark.parametrize(
    "day",
    [
        D(2026, 9, 30),
        D(2026, 10, 8),
        TODAY,
        D(2026, 10, 10),
        D(2026, 10, 11),
        D(2026, 10, 12),
        D(2026, 10, 13),  # the third working day
        D(2026, 10, 14),
        D(2026, 10, 16),
        D(2027, 3, 1),
    ],
)
def test_the_list_and_the_light_agree(given, cast, day):
    assert_agreement(given("do", **due(day)), cast.handler, NOW)


def test_they_agree_on_a_free_day_after_the_third_working_day(given, cast):
    """On Tuesday the third working day is Friday; on Saturday there are still three left."""
    tuesday = datetime(2026, 10, 13, 10, tzinfo=HERE)
    for day in (D(2026, 10, 16), D(2026, 10, 17), D(2026, 10, 18), D(2026, 10, 19)):
        assert_agreement(given(f"due {day}", **due(day)), cast.handler, tuesday)


def assert_agreement(row, actor, now):
    rows = inbox.rows(Box.TO_DO, actor).filter(pk=row.pk)
    (line,) = inbox.lines(rows, actor, now.date())
    listed = [how for how in inbox.PRESSING if inbox.pressing(rows, how, actor, now).exists()]
    assert listed == ([] if line.light.colour == "calm" else [line.light.colour]), row.due_on


def test_what_presses_most_comes_first_and_what_has_no_date_last(given, cast):
    given("none")
    given("later", **due(D(2026, 10, 16)))
    given("late", **due(D(2026, 9, 30)))
    rows = inbox.most_pressing_first(inbox.rows(Box.TO_DO, cast.handler))
    assert [row.duty for row in rows] == ["late", "later", "none"]


def test_opening_is_noted_once_and_for_the_one_who_opened(given, cast, target):
    mine = given("do")
    given("do", post=cast.reader.posts[0])
    given("not yet", since=None, turn=1)
    assert inbox.mark_opened(target, cast.handler, NOW) == 1
    assert inbox.mark_opened(target, cast.handler, NOW.replace(hour=11)) == 0
    assert list(Assignment.objects.filter(opened_at=NOW)) == [mine]


def test_lines_cost_the_same_however_many(given, cast, django_assert_num_queries):
    for number in range(6):
        given(f"duty {number}", **due(D(2026, 10, 16)))
    for size in (1, 6):
        found = inbox.with_what_a_line_shows(inbox.rows(Box.TO_DO, cast.handler))[:size]
        with django_assert_num_queries(3):
            shown = inbox.lines(found, cast.handler, TODAY)
            assert [str(line.row.target) for line in shown] == ["第一检察部"] * size
