"""Error pages are pages too: whoever meets one must be able to read it and to go on."""

import pytest
from django.conf import settings
from django.test import override_settings

from tests.pages.looking import examined
from web.middleware import WITHOUT_SIGNING_IN

pytestmark = pytest.mark.journey


@pytest.fixture
def door(eyes):
    """The sign-in page in front of a stranger, where a refusal is no surprise."""
    page, watch = eyes.of()
    watch.problems.clear()
    watch.refused.add(f"{eyes.server}/sign-in/")
    page.goto("/sign-in/")
    yield page
    assert watch.problems == []


@pytest.mark.parametrize(
    "path", ["bad", "forbidden", "forbidden-because", "gone", "never-was", "broken", "post-only"]
)
def test_nothing_is_wrong_with_an_error_page(path, eyes):
    with override_settings(ROOT_URLCONF="tests.web.wrong_urls"):
        assert eyes.look(f"/{path}/", refused=True) == []


def assert_reads(page, heading):
    assert page.get_by_role("heading").inner_text() == heading
    assert examined(page) == []


def _fill_in(page):
    page.get_by_label("账号").fill("nobody-here")
    page.get_by_label("密码").fill("wrong")


def test_nothing_is_wrong_with_a_page_that_was_open_too_long(door):
    door.context.clear_cookies()
    _fill_in(door)
    door.get_by_role("button", name="登录").click()
    assert_reads(door, "页面打开太久，已经失效")


def test_nothing_is_wrong_with_a_refusal_of_what_is_too_large(door):
    door.evaluate(
        """size => {
            const box = document.querySelector("[name=username]");
            box.removeAttribute("maxlength");
            box.value = "x".repeat(size);
        }""",
        WITHOUT_SIGNING_IN,
    )
    door.get_by_label("密码").fill("x")
    door.get_by_role("button", name="登录").click()
    assert_reads(door, "内容太大")


def test_nothing_is_wrong_with_a_form_that_was_filled_in_wrongly_nor_with_a_locked_door(door):
    for tries in range(settings.AXES_FAILURE_LIMIT):
        if tries == 1:
            assert examined(door) == []
        _fill_in(door)
        door.get_by_role("button", name="登录").click()
    assert_reads(door, "登录已锁定")
