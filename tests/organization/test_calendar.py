"""Working days: the plain week, the yearly arrangement over it, local days over that."""

from datetime import date

import pytest

from organization import loaders
from organization.calendar import WEEKEND, Calendar
from organization.models import CalendarDay

D = date


def local_day(procuratorate, day, is_workday, name="院庆日"):
    return CalendarDay.objects.create(
        procuratorate=procuratorate, date=day, is_workday=is_workday, name=name
    )


@pytest.mark.parametrize("year", [2025, 2026])
def test_each_year_has_248_working_days(national, year):
    first, last = D(year, 1, 1).toordinal(), D(year, 12, 31).toordinal()
    days = [D.fromordinal(number) for number in range(first, last + 1)]
    assert sum(national.is_workday(day) for day in days) == 248


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (D(2026, 3, 2), True),  # a Monday
        (D(2026, 3, 7), False),  # a Saturday
        (D(2026, 3, 8), False),  # a Sunday
        (D(2026, 2, 14), True),  # a Saturday made a working day
        (D(2026, 9, 20), True),  # a Sunday made a working day
        (D(2026, 2, 16), False),  # a Monday in the Spring Festival
        (D(2026, 10, 7), False),  # a Wednesday, the last day of the National Day break
        (D(2026, 10, 8), True),
    ],
)
def test_the_arrangement_of_the_year_wins_over_the_weekday(national, day, works):
    assert national.is_workday(day) is works


def test_a_local_day_wins_over_the_national_one(north):
    local_day(north, D(2026, 10, 8), False)
    local_day(north, D(2026, 10, 7), True)
    calendar = Calendar.load(north.pk)
    assert not calendar.is_workday(D(2026, 10, 8))
    assert calendar.reason(D(2026, 10, 8)) == "院庆日"
    assert calendar.is_workday(D(2026, 10, 7))
    assert calendar.reason(D(2026, 10, 6)) == "国庆节"


def test_a_local_day_counts_for_its_own_procuratorate_only(north, south):
    local_day(north, D(2026, 10, 8), False)
    assert Calendar.load(south.pk).is_workday(D(2026, 10, 8))


def test_a_local_day_that_is_older_than_the_national_one_wins_too(north):
    CalendarDay.objects.filter(date=D(2026, 10, 7)).delete()
    local_day(north, D(2026, 10, 7), True)
    loaders.load_calendar()
    assert Calendar.load(north.pk).is_workday(D(2026, 10, 7))


def test_a_year_without_rows_is_a_plain_week_and_is_named(national):
    assert national.is_workday(D(2027, 10, 1))  # a Friday; nobody knows it as a holiday yet
    assert not national.is_workday(D(2027, 10, 2))
    assert national.unknown_years(D(2026, 12, 30), D(2028, 1, 3)) == (2027, 2028)
    assert national.unknown_years(D(2028, 1, 3), D(2026, 12, 30)) == (2027, 2028)
    assert national.unknown_years(D(2025, 1, 1), D(2026, 12, 31)) == ()


def test_an_office_without_any_rows_counts_a_plain_week(city):
    calendar = Calendar.load(city.pk)
    assert calendar.add_workdays(D(2026, 2, 13), 1) == D(2026, 2, 16)
    assert calendar.unknown_years(D(2026, 2, 13), D(2026, 2, 16)) == (2026,)


def test_a_local_day_does_not_make_a_year_known(north):
    """A local festival entered early says nothing about the State Council's notice."""
    local_day(north, D(2027, 3, 3), False)
    calendar = Calendar.load(north.pk)
    assert not calendar.is_workday(D(2027, 3, 3))
    assert calendar.unknown_years(D(2027, 1, 1), D(2027, 12, 31)) == (2027,)


def test_skipped_days_say_why(national):
    assert national.skipped(D(2026, 9, 30), D(2026, 10, 12)) == (
        *((D(2026, 10, day), "国庆节") for day in range(1, 8)),
        (D(2026, 10, 11), WEEKEND),
    )


def test_the_start_is_not_counted_and_not_skipped(national):
    assert national.add_workdays(D(2026, 3, 2), 1) == D(2026, 3, 3)
    assert national.add_workdays(D(2026, 3, 7), 1) == D(2026, 3, 9)
    assert national.skipped(D(2026, 3, 7), D(2026, 3, 9)) == ((D(2026, 3, 8), WEEKEND),)


def test_counting_back_goes_over_the_same_days(national):
    assert national.add_workdays(D(2026, 2, 24), -1) == D(2026, 2, 14)
    assert national.add_workdays(D(2026, 10, 13), -5) == D(2026, 9, 30)


@pytest.mark.parametrize(
    ("today", "due_on", "left"),
    [
        (D(2026, 9, 30), D(2026, 10, 13), 5),
        (D(2026, 9, 30), D(2026, 9, 30), 0),
        (D(2026, 10, 1), D(2026, 10, 7), 0),  # the whole break: nothing is left and nothing over
        (D(2026, 10, 8), D(2026, 9, 30), -1),
        (D(2026, 10, 13), D(2026, 9, 30), -5),
    ],
)
def test_days_left_are_working_days_with_a_sign(national, today, due_on, left):
    assert national.workdays_left(today, due_on) == left


def test_the_nearest_working_day_is_looked_for_in_both_directions(national):
    assert national.workday_on_or_after(D(2026, 2, 15)) == D(2026, 2, 24)
    assert national.workday_on_or_before(D(2026, 2, 23)) == D(2026, 2, 14)
    assert national.workday_on_or_after(D(2026, 3, 2)) == D(2026, 3, 2)
    assert national.workday_on_or_before(D(2026, 3, 2)) == D(2026, 3, 2)


def test_a_calendar_is_one_query(north, django_assert_num_queries):
    with django_assert_num_queries(1):
        Calendar.load(north.pk)
