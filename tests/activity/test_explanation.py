"""怎么算的: a deadline in parts that can be put into words."""

from datetime import date, datetime, time

import pytest
from django.template.loader import render_to_string

from activity.explanation import Stretch, explain
from organization.calendar import Calendar
from organization.deadlines import OFFICE_TIME, compute
from organization.models import DeadlineRule, Direction, Unit

D = date
NATIONAL = Calendar(
    {D(2026, 10, day): (False, "国庆节") for day in range(1, 8)}
    | {D(2026, 9, 25): (False, "中秋节"), D(2026, 10, 10): (True, "国庆节调休上班")}
)


def counted(count, unit, start, **fields):
    rule = DeadlineRule(code="test", basis="第一条", count=count, unit=unit, **fields)
    return compute(rule, datetime.combine(start, time(10), tzinfo=OFFICE_TIME), NATIONAL)


def card(deadline, **more):
    """The card as somebody reads it, without spaces."""
    page = render_to_string("activity/_deadline.html", {"how": explain(deadline), **more})
    words = (part.split(">", 1)[-1] for part in page.split("<"))
    return "".join("".join(words).split())


def test_holidays_are_grouped_and_weekends_counted():
    how = explain(counted(8, Unit.WORKING_DAY, D(2026, 9, 23)))
    assert how.holidays == [
        Stretch("中秋节", D(2026, 9, 25), D(2026, 9, 25)),
        Stretch("国庆节", D(2026, 10, 1), D(2026, 10, 7)),
    ]
    assert how.weekend_days == 3  # 26 and 27 September, 11 October; Saturday the 10th is worked
    assert how.moved_from is None
    assert "不计入中秋节9-25、国庆节10-1—10-7、周末3天" in card(how.deadline)


def test_the_card_says_rule_basis_and_start():
    said = card(counted(3, Unit.WORKING_DAY, D(2026, 9, 28)))
    assert said == (
        "最后一日2026年10月8日星期四规定期限3个工作日依据第一条"
        "起算日2026年9月28日（当日不计入）不计入国庆节10-1—10-7"
    )


@pytest.mark.parametrize(
    ("unit", "count", "fields", "allowed"),
    [
        (Unit.HOUR, 24, {}, "24小时"),
        (Unit.CALENDAR_DAY, 15, {}, "15个自然日"),
        (Unit.MONTH, 3, {}, "3个月"),
        (Unit.MONTH, 3, {"direction": Direction.BEFORE}, "提前3个月"),
    ],
)
def test_each_unit_has_its_words(unit, count, fields, allowed):
    assert f"规定期限{allowed}依据" in card(counted(count, unit, D(2026, 7, 1), **fields))


def test_a_day_it_was_moved_off_is_named_in_both_directions():
    assert "顺延届满日2026年10月1日为休息日，改到2026年10月8日。" in card(
        counted(3, Unit.MONTH, D(2026, 7, 1))
    )
    back = counted(3, Unit.CALENDAR_DAY, D(2026, 10, 8), direction=Direction.BEFORE)
    assert "届满日2026年10月5日为休息日，改到2026年9月30日。" in card(back)


def test_hours_end_at_a_time_of_day():
    said = card(counted(24, Unit.HOUR, D(2026, 9, 28)))
    assert said.startswith("最后一日2026年9月29日10:00星期二")
    assert "起算日2026年9月28日10:00" in said
    assert "当日不计入" not in said


def test_a_chosen_day_says_so_and_that_no_calendar_moves_it():
    chosen = counted(3, Unit.WORKING_DAY, D(2026, 9, 28)).set_by_hand(D(2026, 10, 9), NATIONAL)
    said = card(chosen)
    assert "人工指定规定期限仅供参考，日历调整时不自动改动。" in said
    assert "期间休息日国庆节10-1—10-7" in said
    months = counted(3, Unit.MONTH, D(2026, 7, 1)).set_by_hand(D(2026, 10, 9), NATIONAL)
    assert explain(months).moved_from is None


def test_another_first_day_and_an_unknown_year_are_named():
    deadline = counted(3, Unit.WORKING_DAY, D(2026, 12, 30))
    assert "2027年的放假安排还没有导入，请人工核对日期。" in card(deadline)
    assert "最初时限" not in card(deadline)
    moved = type(deadline).from_json(deadline.as_json() | {"first_due_on": "2027-01-01"})
    assert "最初时限2027年1月1日" in card(moved)
