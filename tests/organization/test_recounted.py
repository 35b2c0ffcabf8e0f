"""A deadline counted again by the rule it had, over a calendar that is another one now."""

import json
from datetime import date, datetime, time, timedelta

import pytest

from organization.calendar import WEEKEND, Calendar
from organization.deadlines import (
    OFFICE_TIME,
    Deadline,
    changed_days,
    compute,
    end_of,
    recounted,
)
from organization.models import DeadlineRule, Direction, Unit

D = date
DAYS, MONTHS, HOURS, PLAIN = Unit.WORKING_DAY, Unit.MONTH, Unit.HOUR, Unit.CALENDAR_DAY
OFF, WORKS = (False, "院庆日"), (True, "调休上班")
NEWER = ("direction", "rolls", "by_hand")  # what explanations did not say at first


def counted(count, unit, start, calendar, **fields):
    rule = DeadlineRule(code="test", basis="第一条", count=count, unit=unit, **fields)
    return compute(rule, datetime.combine(start, time(10), tzinfo=OFFICE_TIME), calendar)


def changed(calendar, days):
    """The same calendar with some days of another kind, or (None) with nothing said of them."""
    kept = {**calendar.days, **{day: kind for day, kind in days.items() if kind}}
    return Calendar({day: kind for day, kind in kept.items() if days.get(day, kind)})


def stored(deadline, without=()):
    plain = json.loads(json.dumps(deadline.as_json()))
    return {name: value for name, value in plain.items() if name not in without}


AFTER, BACK = {}, {"direction": Direction.BEFORE}


@pytest.mark.parametrize(
    ("count", "unit", "start", "fields", "days", "old", "new"),
    [
        # A holiday is added: inside, on the last day, on the day behind it.
        (5, DAYS, D(2026, 9, 28), AFTER, {D(2026, 10, 9): OFF}, D(2026, 10, 10), D(2026, 10, 12)),
        (
            5, DAYS, D(2026, 9, 28), AFTER,
            {D(2026, 10, 10): OFF}, D(2026, 10, 10), D(2026, 10, 12),
        ),
        (
            5, DAYS, D(2026, 9, 28), AFTER,
            {D(2026, 10, 12): OFF}, D(2026, 10, 10), D(2026, 10, 10),
        ),
        # The start day is not counted, whatever it becomes.
        (5, DAYS, D(2026, 9, 28), AFTER, {D(2026, 9, 28): OFF}, D(2026, 10, 10), D(2026, 10, 10)),
        # A day of the holiday becomes a working day.
        (5, DAYS, D(2026, 9, 28), AFTER, {D(2026, 10, 7): WORKS}, D(2026, 10, 10), D(2026, 10, 9)),
        # A working Saturday is taken back: a plain Saturday again.
        (
            5, DAYS, D(2026, 9, 28), AFTER,
            {D(2026, 10, 10): None}, D(2026, 10, 10), D(2026, 10, 12),
        ),
        # Months and calendar days: only the end can move.
        (3, MONTHS, D(2026, 7, 1), AFTER, {D(2026, 10, 8): OFF}, D(2026, 10, 8), D(2026, 10, 9)),
        (3, MONTHS, D(2026, 7, 1), AFTER, {D(2026, 8, 3): OFF}, D(2026, 10, 8), D(2026, 10, 8)),
        (3, MONTHS, D(2026, 7, 1), AFTER, {D(2026, 10, 2): WORKS}, D(2026, 10, 8), D(2026, 10, 2)),
        (15, PLAIN, D(2026, 9, 18), AFTER, {D(2026, 10, 8): OFF}, D(2026, 10, 8), D(2026, 10, 9)),
        # A rule that does not move off days nobody works.
        (
            3, MONTHS, D(2026, 7, 1), {"rolls": False},
            {D(2026, 10, 1): WORKS}, D(2026, 10, 1), D(2026, 10, 1),
        ),
        # Hours are exact.
        (24, HOURS, D(2026, 9, 29), AFTER, {D(2026, 9, 30): OFF}, D(2026, 9, 30), D(2026, 9, 30)),
        # Counted back from an event.
        (3, DAYS, D(2026, 10, 8), BACK, {D(2026, 9, 29): OFF}, D(2026, 9, 28), D(2026, 9, 24)),
        (3, DAYS, D(2026, 10, 8), BACK, {D(2026, 9, 28): OFF}, D(2026, 9, 28), D(2026, 9, 24)),
        (3, PLAIN, D(2026, 10, 8), BACK, {D(2026, 9, 30): OFF}, D(2026, 9, 30), D(2026, 9, 29)),
    ],
)  # fmt: skip
def test_the_same_rule_over_another_calendar(national, count, unit, start, fields, days, old, new):
    before = counted(count, unit, start, national, **fields)
    calendar = changed(national, days)
    after = recounted(before, calendar)
    assert (before.due_on, after.due_on) == (old, new)
    assert after.first_due_on == old
    fresh = counted(count, unit, start, calendar, **fields)
    for name in ("due_at", "warn_on", "skipped", "unknown_years", "rule", "basis", "starts_at"):
        assert getattr(after, name) == getattr(fresh, name), name
    assert recounted(after, national) == before, "taken back, everything is as it was"


@pytest.mark.parametrize("fields", [AFTER, BACK])
@pytest.mark.parametrize("unit", list(Unit))
def test_over_the_calendar_it_was_counted_with_it_is_the_same(national, unit, fields):
    for start in (D(2026, 2, 13), D(2026, 9, 30), D(2026, 4, 18), D(2026, 12, 30)):
        deadline = counted(3, unit, start, national, **fields)
        assert recounted(deadline, national) == deadline
        read = Deadline.from_json(stored(deadline))
        assert (read, read.by_hand) == (deadline, False)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({D(2026, 10, 9): OFF}, [(D(2026, 10, 9), False, "院庆日")]),
        ({D(2026, 10, 10): None}, [(D(2026, 10, 10), False, WEEKEND)]),
        ({D(2026, 10, 7): WORKS}, [(D(2026, 10, 7), True, "调休上班")]),
        (
            {D(2026, 10, 9): OFF, D(2026, 10, 5): WORKS},
            [(D(2026, 10, 5), True, "调休上班"), (D(2026, 10, 9), False, "院庆日")],
        ),
        ({D(2026, 10, 12): OFF, D(2026, 9, 28): OFF}, []),  # behind it, and the start itself
    ],
)
def test_the_days_that_changed_are_named(national, days, said):
    before = counted(5, DAYS, D(2026, 9, 28), national)
    calendar = changed(national, days)
    assert list(changed_days(before, recounted(before, calendar), calendar)) == said


def test_days_that_changed_are_named_for_months_and_backwards_too(national):
    before = counted(3, MONTHS, D(2026, 7, 1), national)
    calendar = changed(national, {D(2026, 10, 8): OFF, D(2026, 8, 3): OFF})
    assert changed_days(before, recounted(before, calendar), calendar) == (
        (D(2026, 10, 8), False, "院庆日"),
    )
    before = counted(3, DAYS, D(2026, 10, 8), national, **BACK)
    calendar = changed(national, {D(2026, 9, 28): OFF, D(2026, 9, 23): OFF})
    assert changed_days(before, recounted(before, calendar), calendar) == (
        (D(2026, 9, 28), False, "院庆日"),
    )


def test_a_day_that_a_person_chose_stays_and_warns_before_it(national):
    chosen = counted(5, DAYS, D(2026, 9, 28), national).set_by_hand(D(2026, 10, 9), national)
    calendar = changed(national, {D(2026, 10, 9): OFF})
    after = recounted(chosen, calendar)
    assert after.by_hand
    assert (after.due_on, after.due_at) == (D(2026, 10, 9), end_of(D(2026, 10, 9)))
    assert (chosen.warn_on, after.warn_on) == (D(2026, 10, 9), D(2026, 10, 8))
    assert (D(2026, 10, 9), "院庆日") in after.skipped
    assert changed_days(chosen, after, calendar) == ((D(2026, 10, 9), False, "院庆日"),)
    assert recounted(after, national) == chosen


def test_a_granted_extension_keeps_its_day_and_its_first_one(national):
    """A later day by hand, with the first one kept."""
    first = counted(5, DAYS, D(2026, 9, 28), national)
    plain = stored(first.set_by_hand(D(2026, 10, 16), national))
    extended = Deadline.from_json(plain | {"first_due_on": "2026-10-10"})
    after = recounted(extended, changed(national, {D(2026, 10, 16): OFF}))
    assert (after.due_on, after.first_due_on) == (D(2026, 10, 16), D(2026, 10, 10))
    assert after.warn_on == D(2026, 10, 15)


def test_a_year_that_was_announced_meanwhile_is_counted_with_its_holidays(national):
    before = counted(5, DAYS, D(2026, 12, 28), national)
    assert (before.due_on, before.unknown_years) == (D(2027, 1, 4), (2027,))
    new_year = {D(2027, 1, day): (False, "元旦") for day in (1, 2, 3)}
    after = recounted(before, changed(national, new_year))
    assert (after.due_on, after.unknown_years) == (D(2027, 1, 5), ())
    assert (D(2027, 1, 1), "元旦") in after.skipped


@pytest.mark.parametrize("unit", list(Unit))
def test_an_older_explanation_is_read_as_counted(national, unit):
    for start in (D(2026, 2, 13), D(2026, 9, 30), D(2026, 4, 18)):
        deadline = counted(3, unit, start, national)
        assert Deadline.from_json(stored(deadline, without=NEWER)) == deadline


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("further", [-1, 1, 2, 9])
def test_an_older_explanation_tells_by_its_sum_that_a_person_chose(national, unit, further):
    """Its own skipped days do not lead to the day it ends on."""
    deadline = counted(3, unit, D(2026, 9, 30), national)
    chosen = deadline.set_by_hand(deadline.due_on + timedelta(days=further), national)
    assert chosen.by_hand
    assert Deadline.from_json(stored(chosen, without=NEWER)) == chosen


def test_an_explanation_with_more_than_we_know_is_read_all_the_same(national):
    deadline = counted(5, DAYS, D(2026, 9, 28), national)
    assert Deadline.from_json(stored(deadline) | {"colour": "green"}) == deadline


def test_a_calendar_is_another_one_with_each_day_kind_and_name(national):
    same = Calendar(dict(reversed(national.days.items())))
    assert same.digest() == national.digest()
    others = [
        changed(national, {D(2026, 10, 9): OFF}),
        changed(national, {D(2026, 10, 9): WORKS}),
        changed(national, {D(2026, 10, 7): (False, "国庆")}),
        changed(national, {D(2026, 10, 7): None}),
        Calendar(national.days, {D(2026, 10, 9): OFF}),
        Calendar(national.days, {D(2027, 10, 9): OFF}),  # a local day makes no year known
        Calendar({**national.days, D(2027, 10, 9): OFF}),
    ]
    assert len({one.digest() for one in [*others, national]}) == 7  # the fifth is the first
