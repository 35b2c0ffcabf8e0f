"""A day of the calendar changes: the office signs for the deadlines that it moves."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.test_administration import SYSTEM, fits

DIRECTOR = "zhao.yanqiu"
pytestmark = pytest.mark.journey


def add_a_festival(page):
    """The next Wednesday that is not today, whatever the calendar says of it."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    day = today + timedelta(days=(2 - today.weekday() - 1) % 7 + 1)
    page.goto("/admin/organization/calendarday/add/")
    page.get_by_label("日期").fill(f"{day:%Y-%m-%d}")
    page.get_by_label("名称").fill("建院纪念日")
    page.get_by_role("button", name="保存", exact=True).click()


def test_a_festival_is_signed_for_and_stands_on_the_card(as_person):
    add_a_festival(as_person(SYSTEM))
    director = as_person(DIRECTOR)
    told = director.get_by_text("件时限待重算")
    for _ in range(20):  # the worker counts at once, but not before we look
        if told.count():
            break
        director.wait_for_timeout(500)
        director.reload()
    desk.follow(director, director.get_by_role("link", name="查看清单"))
    expect(director.get_by_text("建院纪念日").first).to_be_visible()
    assert fits(director)
    director.set_viewport_size({"width": 400, "height": 768})
    assert fits(director)
    director.set_viewport_size({"width": 1366, "height": 768})
    paper = director.locator(".recounted a.title").first.get_attribute("href")
    director.get_by_label("调整事由和文件依据").fill("院发〔2026〕3号")
    director.get_by_label("以上清单已逐件核对。").press("Space")
    director.get_by_role("button", name="签办，重算").press("Enter")
    expect(director.get_by_text("已重算时限")).to_be_visible()
    expect(director.get_by_text("均与现行日历一致")).to_be_visible()

    director.goto(paper)  # by the link of a list: the card is unfolded
    card = director.locator("#deadline")
    expect(card.get_by_text("院发〔2026〕3号").first).to_be_visible()
    card.locator("summary").press("Enter")
    expect(card.get_by_text("院发〔2026〕3号").first).to_be_hidden()
    desk.follow(director, desk.menu_entry(director, "工作台"))
    expect(director.get_by_text("件时限待重算")).to_have_count(0)
