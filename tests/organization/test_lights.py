"""Red, yellow, green, with words: counted in working days."""

from datetime import date

import pytest
from django.utils import translation

from organization.lights import Light, light

DUE = date(2026, 10, 13)  # a Tuesday


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("today", "colour", "words"),
    [
        (date(2026, 9, 30), "calm", "剩 5 个工作日"),
        (date(2026, 10, 8), "calm", "剩 4 个工作日"),
        (date(2026, 10, 9), "near", "剩 3 个工作日"),
        (date(2026, 10, 12), "near", "剩 1 个工作日"),
        (date(2026, 10, 13), "near", "今天到期"),
        (date(2026, 10, 14), "late", "超期 1 个工作日"),
        (date(2026, 10, 16), "late", "超期 3 个工作日"),
    ],
)
def test_a_light_has_a_colour_and_words(national, today, colour, words):
    assert light(DUE, today, national) == Light(colour, words)


def test_late_over_the_weekend_is_late_by_one_day(national):
    """Due on Friday, looked at on Saturday: no working day has passed, and yet it is late."""
    friday, saturday = date(2026, 10, 16), date(2026, 10, 17)
    assert light(friday, saturday, national) == Light("late", "超期 1 个工作日")


def test_due_on_a_free_day_with_no_working_day_before_it_does_not_say_today(national):
    """On 1 October, due on 7 October: the break lies between, but it is not due today."""
    shown = light(date(2026, 10, 7), date(2026, 10, 1), national)
    assert shown.colour == "near"
    assert shown.words != "今天到期"
