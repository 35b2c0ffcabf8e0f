"""A chief is away for a day: a vice chief takes over what was open, acts, and gives it back."""

import pytest
from playwright.sync_api import expect

from tests.journeys import desk

pytestmark = pytest.mark.journey

CHIEF, DELEGATE, CLERK = "nie.qingyuan", "tan.huimin", desk.CLERK  # 聂清源 谭慧敏 周小兰
BOTH = "谭慧敏（代 聂清源）"


def test_a_delegate_takes_over_acts_in_both_names_and_gives_back(as_person):
    chief, delegate = as_person(CHIEF), as_person(DELEGATE)
    waiting, own = desk.count(chief, "待办"), desk.count(delegate, "待办")
    assert waiting >= 2
    lend_the_post(chief)
    take_it_up(delegate, waiting)
    title = instruct(delegate)
    the_trail_names_both(delegate, title)
    expect(delegate.get_by_role("note")).to_contain_text("名义办理")
    desk.follow(delegate, delegate.get_by_role("button", name="回到本人岗位"))
    assert desk.count(delegate, "待办") == own
    give_it_back(delegate)
    expect(delegate.get_by_text("受托岗位")).to_have_count(0)
    desk.follow(chief, chief.get_by_role("link", name="工作台"))
    assert desk.count(chief, "待办") == waiting - 1
    expect(chief.get_by_text("已委托谭慧敏")).to_have_count(0)


def open_delegations(page):
    page.locator(".person summary").click()
    desk.follow(page, page.get_by_role("link", name="委托", exact=True))


def group(page, name):
    return page.get_by_role("group", name=name)


def lend_the_post(chief):
    open_delegations(chief)
    desk.follow(chief, chief.get_by_role("link", name="委托岗位"))
    expect(group(chief, "委托岗位").get_by_role("radio", name="聂清源")).to_be_checked()
    delegate = group(chief, "受托人")
    delegate.get_by_role("searchbox").fill("thm")
    delegate.get_by_role("radio", name="谭慧敏").check()
    chief.get_by_label("截止日期").fill(desk.typed_today())
    chief.get_by_label("委托事由").fill("外出开会")
    desk.follow(chief, chief.get_by_role("button", name="委托", exact=True))
    desk.is_told(chief, "已委托谭慧敏。")
    desk.follow(chief, chief.get_by_role("link", name="工作台"))
    expect(chief.get_by_text("已委托谭慧敏")).to_be_visible()


def take_it_up(delegate, waiting):
    desk.follow(delegate, delegate.get_by_role("link", name="工作台"))
    expect(delegate.locator(".lent")).to_contain_text(f"待办 {waiting}")
    desk.follow(delegate, delegate.get_by_role("button", name="代聂清源办理"))
    expect(delegate.get_by_role("note")).to_contain_text("正以“检察长 聂清源”名义办理")
    assert desk.count(delegate, "待办") == waiting


def instruct(delegate):
    desk.go_to(delegate, "待办")
    link = desk.lines(delegate).filter(has_text="待批示").first.locator("a.title")
    title = link.inner_text().removeprefix("新 ").split(" ")[-1]
    with delegate.expect_response(lambda answer: answer.url.endswith("/opened/")):
        link.click()
    desk.press(delegate, "同意。")
    desk.is_told(delegate, "批示")
    return title


def the_trail_names_both(delegate, title):
    desk.go_to(delegate, "已办")
    desk.follow(delegate, desk.line_about(delegate, title).first.get_by_role("link"))
    expect(desk.trail(delegate).filter(has_text=BOTH).first).to_be_visible()
    expect(desk.sheet_box(delegate, "领导批示")).to_contain_text(BOTH)


def give_it_back(delegate):
    open_delegations(delegate)
    desk.follow(delegate, delegate.get_by_role("button", name="交还"))
    desk.is_told(delegate, "委托已结束")
    desk.follow(delegate, delegate.get_by_role("link", name="工作台"))
