"""How a deadline is counted (民法典 第二百条至第二百零四条), with its explanation."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from organization.calendar import Calendar
from organization.deadlines import compute
from organization.models import CalendarDay, DeadlineRule, Direction, Unit

HERE = ZoneInfo("Asia/Shanghai")
D = date
DAYS, MONTHS, HOURS = Unit.WORKING_DAY, Unit.MONTH, Unit.HOUR


def rule(count, unit, **fields):
    known = {"code": "test", "basis": "第一条", "valid_from": D(2020, 1, 1)}
    return DeadlineRule(count=count, unit=unit, **known | fields)


def at(day, hour=10, minute=0):
    return datetime.combine(day, time(hour, minute), tzinfo=HERE)


@pytest.mark.parametrize(
    ("start", "count", "due_on"),
    [
        (D(2026, 2, 13), 1, D(2026, 2, 14)),
        (D(2026, 2, 13), 3, D(2026, 2, 25)),
        (D(2026, 2, 14), 1, D(2026, 2, 24)),
        (D(2026, 9, 30), 5, D(2026, 10, 13)),
        (D(2026, 9, 18), 3, D(2026, 9, 22)),
        (D(2026, 4, 30), 1, D(2026, 5, 6)),
        (D(2026, 1, 2), 1, D(2026, 1, 4)),  # begins on a holiday, ends on a Sunday that works
        (D(2025, 9, 30), 3, D(2025, 10, 11)),
        (D(2025, 1, 27), 5, D(2025, 2, 10)),
    ],
)
def test_working_days_end_on_a_working_day(national, start, count, due_on):
    deadline = compute(rule(count, DAYS), at(start), national)
    assert (deadline.due_on, deadline.first_due_on, deadline.warn_on) == (due_on, due_on, due_on)
    assert deadline.due_at == datetime.combine(due_on, time(23, 59, 59), tzinfo=HERE)


@pytest.mark.parametrize(
    ("start", "months", "due_on", "warn_on"),
    [
        (D(2026, 3, 16), 3, D(2026, 6, 16), D(2026, 6, 16)),
        (D(2026, 3, 16), 6, D(2026, 9, 16), D(2026, 9, 16)),
        (D(2025, 11, 30), 3, D(2026, 2, 28), D(2026, 2, 28)),  # there is no 30 February
        (D(2025, 11, 16), 3, D(2026, 2, 24), D(2026, 2, 14)),  # over the Spring Festival
        (D(2026, 7, 1), 3, D(2026, 10, 8), D(2026, 9, 30)),
        (D(2026, 3, 25), 6, D(2026, 9, 28), D(2026, 9, 24)),
        (D(2026, 4, 18), 3, D(2026, 7, 20), D(2026, 7, 17)),  # off a plain Saturday as well
    ],
)
def test_months_move_off_a_day_nobody_works_and_warn_before_it(
    national, start, months, due_on, warn_on
):
    deadline = compute(rule(months, MONTHS), at(start), national)
    assert (deadline.due_on, deadline.warn_on) == (due_on, warn_on)
    assert deadline.due_at == datetime.combine(due_on, time(23, 59, 59), tzinfo=HERE)


def test_calendar_days_move_too_and_say_over_what(national):
    deadline = compute(rule(15, Unit.CALENDAR_DAY), at(D(2026, 9, 18)), national)
    assert deadline.due_on == D(2026, 10, 8)
    assert deadline.warn_on == D(2026, 9, 30)
    assert deadline.skipped == tuple((D(2026, 10, day), "国庆节") for day in range(3, 8))


def test_a_rule_that_does_not_roll_ends_where_it_ends(national):
    deadline = compute(rule(3, MONTHS, rolls=False), at(D(2026, 7, 1)), national)
    assert (deadline.due_on, deadline.warn_on) == (D(2026, 10, 1), D(2026, 9, 30))


@pytest.mark.parametrize(
    ("start", "hours", "due_at"),
    [
        (at(D(2026, 3, 2), 9, 30), 24, at(D(2026, 3, 3), 9, 30)),
        (at(D(2026, 9, 30), 17, 45), 1, at(D(2026, 9, 30), 18, 45)),
        (at(D(2026, 9, 30), 20, 0), 24, at(D(2026, 10, 1), 20, 0)),  # no holiday stops the hours
    ],
)
def test_hours_are_exact(national, start, hours, due_at):
    deadline = compute(rule(hours, HOURS), start, national)
    assert (deadline.due_at, deadline.due_on) == (due_at, due_at.date())
    assert deadline.skipped == ()


def test_the_start_day_is_the_day_in_the_office_wherever_the_clock_stands(national):
    """23:30 in UTC on Monday is Tuesday morning here."""
    start = datetime(2026, 3, 2, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert compute(rule(1, DAYS), start, national).due_on == D(2026, 3, 4)


@pytest.mark.parametrize(
    ("count", "unit", "due_on"),
    [
        (3, DAYS, D(2026, 9, 28)),
        (3, Unit.CALENDAR_DAY, D(2026, 9, 30)),  # counted back to 5 October, moved back
        (1, MONTHS, D(2026, 9, 8)),
    ],
)
def test_before_an_event_is_counted_and_moved_backwards(national, count, unit, due_on):
    deadline = compute(rule(count, unit, direction=Direction.BEFORE), at(D(2026, 10, 8)), national)
    assert (deadline.due_on, deadline.warn_on) == (due_on, due_on)


def test_hours_before_an_event_are_exact(national):
    event = at(D(2026, 10, 8), 9, 0)
    deadline = compute(rule(24, HOURS, direction=Direction.BEFORE), event, national)
    assert deadline.due_at == at(D(2026, 10, 7), 9, 0)


def test_skipped_days_name_the_holiday(national):
    deadline = compute(rule(3, DAYS), at(D(2026, 2, 13)), national)
    assert deadline.skipped == tuple((D(2026, 2, day), "春节") for day in range(15, 24))


def test_the_day_of_the_event_itself_is_not_counted_and_not_skipped(national):
    """Three working days before a Saturday: nothing lies between but Wednesday to Friday."""
    before = rule(3, DAYS, direction=Direction.BEFORE)
    deadline = compute(before, at(D(2026, 3, 7)), national)
    assert deadline.due_on == D(2026, 3, 4)
    assert deadline.skipped == ()


def test_a_month_that_did_not_move_skipped_nothing(national):
    assert compute(rule(3, MONTHS), at(D(2026, 3, 16)), national).skipped == ()


def test_a_local_holiday_moves_a_deadline_of_its_own_procuratorate_only(north, south):
    CalendarDay.objects.create(
        procuratorate=north, date=D(2026, 6, 16), is_workday=False, name="院庆日"
    )
    here, there = Calendar.load(north.pk), Calendar.load(south.pk)
    moved = compute(rule(3, MONTHS), at(D(2026, 3, 16)), here)
    assert (moved.due_on, moved.skipped) == (D(2026, 6, 17), ((D(2026, 6, 16), "院庆日"),))
    assert compute(rule(3, MONTHS), at(D(2026, 3, 16)), there).due_on == D(2026, 6, 16)


@pytest.mark.parametrize("unit", list(Unit))
def test_a_year_nobody_announced_yet_warns_and_is_counted_as_plain_weeks(national, unit):
    deadline = compute(rule(5, unit), at(D(2026, 12, 31), 22), national)
    assert deadline.unknown_years == (2027,)
    assert compute(rule(1, unit), at(D(2026, 3, 2)), national).unknown_years == ()


def test_a_rule_with_an_unknown_unit_is_refused(national):
    with pytest.raises(ValueError, match="fortnight"):
        compute(rule(1, "fortnight"), at(D(2026, 3, 2)), national)
