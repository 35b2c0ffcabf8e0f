"""The boxes our forms share."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from web.forms import DateBox, TextBox

WRONG = "日期请写成 20261120 或 2026-11-20。"


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    "typed",
    [
        "20261120",
        "2026-11-20",
        "2026年11月20日",
        "2026.11.20",
        "2026/11/20",
        " 20261120 ",
    ],
)
def test_a_date_may_be_typed_in_every_way_an_office_writes_it(typed):
    assert DateBox().clean(typed) == date(2026, 11, 20)


def test_a_short_month_and_day_are_taken_where_they_can_be_told_apart():
    assert DateBox().clean("2026-1-5") == date(2026, 1, 5)
    assert DateBox().clean("2026年1月5日") == date(2026, 1, 5)


@pytest.mark.parametrize(
    "typed",
    ["20261320", "20260230", "11/20/2026", "20.11.2026", "明天", "2026", "2026\x0011\x0020"],
)
def test_what_is_no_date_is_refused_with_a_sentence(typed):
    with pytest.raises(forms.ValidationError) as refusal:
        DateBox().clean(typed)
    assert refusal.value.messages == [WRONG]


@pytest.mark.parametrize("typed", ["2026111", "202611"])
def test_a_date_that_reads_in_two_ways_is_refused(typed):
    """2026111 is 11 January to one reader and 1 November to another: a deadline is at stake."""
    with pytest.raises(forms.ValidationError) as refusal:
        DateBox().clean(typed)
    assert refusal.value.messages == [WRONG]


def test_a_date_is_shown_as_it_may_be_typed():
    class Form(forms.Form):
        due_on = DateBox(label="时限")

    page = Form(initial={"due_on": date(2026, 11, 20)}).as_p()
    assert 'value="2026-11-20"' in page
    assert 'placeholder="20261120"' in page


def test_a_text_box_takes_lines_but_not_a_book():
    assert TextBox().clean("同意。\r\n请办公室办理。") == "同意。\r\n请办公室办理。"
    with pytest.raises(forms.ValidationError):
        TextBox().clean("字" * 2001)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f"])
def test_a_text_box_takes_no_control_characters(character):
    with pytest.raises(forms.ValidationError):
        TextBox().clean(f"同意{character}。")
