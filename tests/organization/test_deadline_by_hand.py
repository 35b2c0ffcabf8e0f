"""A last day chosen by a person, the rule in force, and what is stored as the explanation."""

import json
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from organization.deadlines import compute
from organization.models import DeadlineRule, Unit

HERE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, 10, 0, tzinfo=HERE)
D = date


@pytest.fixture
def computed(national):
    rule = DeadlineRule(
        code="test", basis="第一条", count=10, unit=Unit.WORKING_DAY, valid_from=D(2020, 1, 1)
    )
    return compute(rule, START, national)


def test_a_day_set_by_hand_keeps_what_was_counted(computed, national):
    chosen = computed.set_by_hand(D(2026, 3, 21), national)  # a Saturday
    for name in ("rule", "basis", "count", "unit", "starts_at", "stopped_days"):
        assert getattr(chosen, name) == getattr(computed, name)
    assert chosen.due_on == chosen.first_due_on == D(2026, 3, 21)
    assert chosen.due_at == datetime.combine(D(2026, 3, 21), time(23, 59, 59), tzinfo=HERE)
    assert chosen.warn_on == D(2026, 3, 20)


def test_the_proposed_day_set_by_hand_is_the_proposal(computed, national):
    assert computed.set_by_hand(computed.due_on, national) is computed


def test_hours_agreed_to_stay_exact(national):
    rule = DeadlineRule(
        code="test", basis="第一条", count=2, unit=Unit.HOUR, valid_from=D(2020, 1, 1)
    )
    deadline = compute(rule, START, national).set_by_hand(D(2026, 3, 2), national)
    assert deadline.due_at == datetime(2026, 3, 2, 12, 0, tzinfo=HERE)


def test_a_day_set_into_a_year_nobody_announced_yet_warns(computed, national):
    assert computed.unknown_years == ()
    assert computed.set_by_hand(D(2027, 3, 1), national).unknown_years == (2027,)


def test_the_explanation_can_be_stored(computed):
    stored = json.loads(json.dumps(computed.as_json()))
    assert stored["rule"] == "test"
    assert stored["due_on"] == stored["first_due_on"] == stored["warn_on"] == "2026-03-16"
    assert stored["due_at"] == "2026-03-16T23:59:59+08:00"
    assert stored["starts_at"] == "2026-03-02T10:00:00+08:00"
    assert ["2026-03-07", "weekend"] in stored["skipped"]
    assert stored["unknown_years"] == []


def in_force(procuratorate, day):
    return DeadlineRule.objects.in_force(procuratorate.pk, day).filter(code="incoming.ordinary")


def add_rule(procuratorate, count, valid_from, **fields):
    return DeadlineRule.objects.create(
        procuratorate=procuratorate,
        code="incoming.ordinary",
        count=count,
        unit=Unit.WORKING_DAY,
        basis="本院规定",
        valid_from=valid_from,
        **fields,
    )


def test_a_rule_of_ones_own_comes_before_the_national_one(north, south):
    add_rule(north, 7, D(2020, 1, 1))
    assert in_force(north, D(2026, 3, 2)).first().count == 7
    assert in_force(south, D(2026, 3, 2)).first().count == 10


def test_the_newest_rule_that_has_begun_and_not_ended_counts(north):
    add_rule(north, 7, D(2020, 1, 1))
    add_rule(north, 8, D(2024, 1, 1), valid_to=D(2026, 3, 1))
    add_rule(north, 9, D(2027, 1, 1))
    assert in_force(north, D(2026, 3, 1)).first().count == 8  # its last day
    assert in_force(north, D(2026, 3, 2)).first().count == 7
    assert in_force(north, D(2027, 1, 1)).first().count == 9
