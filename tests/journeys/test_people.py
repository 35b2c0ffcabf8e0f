"""Choosing people as an office does: by first letters, by group, by keyboard, and back again."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import desk

pytestmark = pytest.mark.journey

STATE = "待交办"
READER, LEADERS = "廖晓燕", ("聂清源", "胡秉文", "谭慧敏")
THIRD = ["章淑仪", "孟凡星", "柳依然"]  # 第三检察部, its head first


@pytest.fixture
def form(as_person):
    """The clerk is about to assign a paper; nothing is sent in these journeys."""
    clerk = as_person(desk.CLERK)
    desk.go_to(clerk, "待办")
    desk.follow(clerk, desk.lines(clerk).filter(has_text=STATE).first.get_by_role("link").first)
    yield clerk.locator("#step-assign")
    desk.go_to(clerk, "已办")  # the draft is saved before the next test discards it


def search(form):
    return form.get_by_role("searchbox", name="查找人员")


def tick(form, name):
    return form.get_by_role("checkbox", name=name)


def chips(form):
    return form.get_by_role("list", name="已选人员").get_by_role("listitem")


def shown(form):
    return form.locator(".people-one:visible .people-name")


def test_people_are_found_while_typing_and_esc_shows_everybody_again(form):
    everybody = shown(form).count()
    for typed in ("ryf", "RYF", "ｒｙｆ", "renyuanfan", "ren yuan f", "renyf", "任远"):
        search(form).fill("")
        search(form).press_sequentially(typed)
        expect(shown(form)).to_have_text(["任远帆"])
        expect(form.get_by_text("找到 1 人")).to_be_visible()
    search(form).fill("第三检察部")
    expect(shown(form)).to_have_text(THIRD)
    search(form).fill("没有这个人")
    expect(form.get_by_text("没有找到")).to_be_visible()
    search(form).press("Escape")
    expect(shown(form)).to_have_count(everybody)
    expect(search(form)).to_have_value("")


def test_chips_stand_in_the_order_of_choice_and_can_be_taken_back(form):
    tick(form, READER).check()
    tick(form, "蔡伯钧").check()
    expect(chips(form)).to_have_text([re.compile(f"^{READER} .+部"), re.compile("^蔡伯钧 .+部")])
    expect(form.get_by_text("已选 2 人")).to_be_visible()
    chips(form).first.get_by_role("button", name="移除").click()
    expect(tick(form, READER)).not_to_be_checked()
    expect(chips(form)).to_have_count(1)


def test_a_group_or_a_department_is_chosen_and_left_with_one_button(form):
    leaders = form.get_by_role("button", name="院领导", exact=True)
    leaders.click()
    expect(chips(form)).to_have_count(len(LEADERS))
    for name in LEADERS:
        expect(tick(form, name)).to_be_checked()
    expect(leaders).to_have_attribute("aria-pressed", "true")
    leaders.click()
    expect(chips(form)).to_have_count(0)
    department = form.locator("details").filter(has_text="第三检察部")
    department.get_by_role("button", name="全选本部门").click()
    expect(chips(form)).to_have_count(len(THIRD))
    expect(department.locator("summary")).to_contain_text("已选 3 人")


def test_the_keyboard_is_enough(form):
    page = form.page
    search(form).focus()
    page.keyboard.type("ryf")
    page.keyboard.press("Enter")  # the only match
    page.keyboard.type("第三检察部")  # over what was found
    for key in ("ArrowDown", "Space", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(chips(form)).to_have_text([re.compile(name) for name in ("任远帆", *THIRD[:2])])
    page.keyboard.press("Tab")  # one key leaves the list, however long it is
    tree = form.locator(".people-tree")
    assert not tree.evaluate("tree => tree.matches(':focus-within')")
    search(form).press("Escape")
    expect(search(form)).to_be_focused()
    page.keyboard.press("Enter")  # nothing typed: on to the next field, as everywhere
    expect(page.get_by_label("传阅人按选择的先后顺序")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="交办")).to_be_focused()


def test_chips_follow_a_script_that_brings_ticks_back_and_nothing_moves(form):
    below = "form => form.querySelector('.people-tree').offsetTop - form.offsetTop"
    before = form.evaluate(below)
    tick(form, READER).evaluate(
        "box => { box.checked = true; box.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    expect(chips(form)).to_have_text([re.compile(READER)])
    form.get_by_role("button", name="各部门负责人").click()
    search(form).fill("z")
    expect(chips(form)).to_have_count(8)
    assert form.evaluate(below) == before


def test_without_scripts_it_is_a_plain_list(office, browser, form):
    """The same person's page, in a browser that runs none."""
    plain = browser.new_context(base_url=office.url, locale="zh-CN", java_script_enabled=False)
    plain.add_cookies(form.page.context.cookies())
    page = plain.new_page()
    page.goto(form.page.url)
    page.get_by_label(READER).check()
    expect(page.locator(".needs-script")).not_to_have_count(0)
    for tool in page.locator(".needs-script").all():
        expect(tool).to_be_hidden()
    plain.close()


def test_a_phrase_goes_in_at_the_cursor_and_sends_nothing(as_person):
    director = as_person("zhao.yanqiu")
    desk.go_to(director, "待办")
    desk.follow(
        director, desk.lines(director).filter(has_text="待拟办").first.get_by_role("link").first
    )
    opinion, address = director.get_by_label("拟办意见"), director.url
    opinion.fill("前后")
    opinion.press("ArrowLeft")
    director.get_by_role("button", name="拟请领导阅示。", exact=True).press("Enter")
    expect(opinion).to_have_value("前拟请领导阅示。后")
    expect(opinion).to_be_focused()
    opinion.press("Control+z")
    expect(opinion).to_have_value("前后")
    assert director.url == address
