"""Which stage a day is, by tables written by hand from the wall calendar of spring 2026.

Working days: 9 to 14 February (Saturday the 14th makes up for the holiday), then 24 to 28
February (Saturday the 28th likewise), then 2 to 6 March. 15 to 23 February are off.
"""

from datetime import date

import pytest

from activity.ladder import owed, reach, stage_on
from activity.models import Audience, LadderStage
from organization.calendar import Calendar

F, M = 2, 3
TABLES = {
    # last day: {stage: day}
    (F, 25): {
        -5: (F, 11), -4: (F, 12), -3: (F, 13), -2: (F, 14), -1: (F, 24), 0: (F, 25),
        1: (F, 26), 2: (F, 27), 3: (F, 28), 4: (M, 2),
    },  # a Wednesday right after the holiday
    (F, 18): {-5: (F, 9), -1: (F, 13), 0: (F, 14), 1: (F, 24), 2: (F, 25)},  # in the holiday
    (F, 28): {-5: (F, 14), -4: (F, 24), -1: (F, 27), 0: (F, 28), 1: (M, 2)},  # a Saturday worked
    (M, 7): {-5: (F, 28), -4: (M, 2), -1: (M, 5), 0: (M, 6), 1: (M, 9)},  # Saturday off
}  # fmt: skip
LADDER = [
    LadderStage(stage=stage, audience=audience, repeats=repeats)
    for stage, audience, repeats in [
        (-5, Audience.HOLDER, False),
        (-3, Audience.HOLDER, False),
        (-1, Audience.HOLDER, False),
        (0, Audience.HOLDER, False),
        (1, Audience.HOLDER, True),
        (1, Audience.HEAD, False),
        (3, Audience.LEADER, False),
    ]
]
HOLDER, BOTH = {Audience.HOLDER}, {Audience.HOLDER, Audience.LEADER}


@pytest.fixture
def calendar(north):
    return Calendar.load(north.pk)


@pytest.mark.parametrize("last", TABLES, ids=str)
def test_a_stage_counts_working_days_from_the_last_day(calendar, last):
    table = TABLES[last]
    found = {
        stage: stage_on(date(2026, *last), date(2026, *day), calendar)
        for stage, day in table.items()
    }
    assert found == {stage: stage for stage in table}


@pytest.mark.parametrize(
    ("last", "day", "stage"),
    [
        ((F, 25), (F, 15), -2),  # as Saturday the 14th, the last day that was worked
        ((F, 25), (F, 23), -2),
        ((M, 7), (M, 7), 0),
        ((M, 7), (M, 8), 0),
        ((F, 27), (M, 1), 1),  # Sunday, after Saturday the 28th was worked
    ],
)
def test_a_day_off_counts_as_the_working_day_before_it(calendar, last, day, stage):
    assert stage_on(date(2026, *last), date(2026, *day), calendar) == stage


@pytest.mark.parametrize(
    ("audiences", "began", "now", "stages"),
    [
        (HOLDER, -10, -6, []),
        (HOLDER, -10, -5, [-5]),
        (HOLDER, -10, -4, [-5]),
        (HOLDER, -10, 0, [-5, -3, -1, 0]),
        (HOLDER, -10, 3, [-5, -3, -1, 0, 1, 2, 3]),
        (HOLDER, -3, -3, []),  # given on the day of a stage: that one is past
        (HOLDER, -3, -1, [-1]),
        (HOLDER, 0, 0, []),
        (HOLDER, 0, 1, [1]),
        (HOLDER, 4, 4, []),
        (HOLDER, 4, 6, [5, 6]),
        ({Audience.HEAD}, -10, 0, []),
        ({Audience.HEAD}, -10, 1, [1]),
        ({Audience.HEAD}, -10, 9, [1]),
        ({Audience.HEAD}, 1, 9, []),
        ({Audience.LEADER}, -10, 2, []),
        ({Audience.LEADER}, -10, 7, [3]),
        (BOTH, -10, 3, [-5, -3, -1, 0, 1, 2, 3]),  # who is both has each stage once
        (set(), -10, 9, []),
    ],
)
def test_stages_after_the_work_was_given_are_owed(audiences, began, now, stages):
    assert owed(LADDER, audiences, began, now) == stages


def test_nothing_beyond_the_reach_is_owed_and_something_just_before_it_is(calendar):
    today = date(2026, F, 11)
    first = reach(LADDER, today, calendar)
    assert first == date(2026, F, 26)  # the sixth working day
    assert stage_on(first, today, calendar) == -6
    assert stage_on(date(2026, F, 25), today, calendar) == -5


def test_a_ladder_that_begins_late_reaches_today(calendar):
    late = [LadderStage(stage=1, audience=Audience.HOLDER)]
    assert reach(late, date(2026, M, 6), calendar) == date(2026, M, 9)
