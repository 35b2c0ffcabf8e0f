"""What is typed is there again: tomorrow, at another desk, and until it is sent or thrown away."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import desk

pytestmark = pytest.mark.journey

CHIEF, DIRECTOR = "nie.qingyuan", "zhao.yanqiu"
LONG = "请第一检察部会同办公室逐件核对，本月二十五日前将核查情况书面报我，不得漏报、迟报。"
SAVED = re.compile(r"草稿已保存 \d\d:\d\d")
STILL_HERE = re.compile(r"这是您 \d+年\d+月\d+日 \d\d:\d\d 的草稿，尚未提交。")


@pytest.fixture
def paper(as_person):
    """A paper of its own for this test, and that it waits for the chief: returns its address."""

    def make(title):
        clerk, director = as_person(desk.CLERK), as_person(DIRECTOR)
        desk.sign_for(clerk, title)
        desk.press_sign_for(clerk)
        address = clerk.url
        desk.fill_register(clerk, "")
        clerk.get_by_label("文种").select_option("通知")
        desk.press(clerk, "登记")
        desk.screen(clerk)
        director.goto(address)
        desk.propose(director, "拟请检察长批示。", "聂清源")
        desk.press(director, "拟办")
        return address

    return make


def opinion(page):
    return page.get_by_label("批示意见")


def type_it(page, text):
    opinion(page).press_sequentially(text[:-1])
    opinion(page).press_sequentially(text[-1])
    expect(page.get_by_text(SAVED)).to_be_visible()


def test_a_draft_waits_at_every_desk_until_it_is_thrown_away_or_sent(as_person, paper):
    address, here = paper("关于草稿自动保存的通知"), as_person(CHIEF)
    here.goto(address)
    expect(here.get_by_role("button", name="放弃草稿")).to_be_hidden()
    type_it(here, LONG)
    expect(here.get_by_role("button", name="放弃草稿")).to_be_visible()
    desk.go_to(here, "待办")
    here.goto(address)
    expect(opinion(here)).to_have_value(LONG)

    elsewhere = as_person(CHIEF)
    elsewhere.goto(address)
    expect(opinion(elsewhere)).to_have_value(LONG)
    expect(elsewhere.get_by_text(STILL_HERE)).to_be_visible()
    desk.follow(elsewhere, elsewhere.get_by_role("button", name="放弃草稿"))
    desk.is_told(elsewhere, "草稿已放弃。")
    expect(opinion(elsewhere)).to_have_value("")
    here.reload()
    expect(opinion(here)).to_have_value("")

    type_it(here, "同意拟办意见。")
    desk.press(here, "批示")
    desk.is_told(here, "批示已写入处理单。")
    here.goto(address)
    expect(desk.sheet_box(here, "领导批示")).to_contain_text("同意拟办意见。")
    expect(here.get_by_text("的草稿，尚未提交")).to_have_count(0)
    expect(here.get_by_role("region", name="尚未提交的内容")).to_have_count(0)


def test_what_was_typed_last_is_saved_as_the_page_is_left(as_person, paper):
    address, chief = paper("关于离开页面时保存草稿的通知"), as_person(CHIEF)
    chief.goto(address)
    opinion(chief).press_sequentially("没有写完")
    desk.menu_entry(chief, "待办").press("Enter")  # at once, from the box itself
    expect(chief.get_by_role("heading", name="待办")).to_be_visible()
    chief.goto(address)
    expect(opinion(chief)).to_have_value("没有写完")


def test_people_who_were_ticked_are_ticked_again(as_person):
    clerk, director = as_person(desk.CLERK), as_person(DIRECTOR)
    desk.sign_for(clerk, "关于勾选人员的通知")
    desk.press_sign_for(clerk)
    desk.fill_register(clerk, "")
    clerk.get_by_label("文种").select_option("通知")
    address = clerk.url
    desk.press(clerk, "登记")
    desk.screen(clerk)
    director.goto(address)
    desk.propose(director, "拟请检察长批示。", "聂清源")
    expect(director.get_by_text(SAVED)).to_be_visible()
    director.reload()
    expect(director.get_by_label("聂清源")).to_be_checked()
    expect(director.get_by_label("拟办意见")).to_have_value("拟请检察长批示。")


def test_a_colleague_was_quicker_and_the_text_is_there_to_be_copied(as_person):
    clerk, colleague = as_person(desk.CLERK), as_person("wu.qiming")
    desk.sign_for(clerk, "关于同事先登记的通知")
    desk.press_sign_for(clerk)
    address = clerk.url
    colleague.goto(address)
    colleague.get_by_label("来文字号").fill("澜检办发〔2026〕95号")
    expect(colleague.get_by_text(SAVED)).to_be_visible()
    desk.fill_register(clerk, "")
    clerk.get_by_label("文种").select_option("通知")
    desk.press(clerk, "登记")
    colleague.goto(address)
    text = colleague.get_by_role("region", name="尚未提交的内容")
    expect(text.get_by_role("textbox")).to_have_value(re.compile("澜检办发〔2026〕95号"))
    desk.follow(colleague, text.get_by_role("button", name="放弃草稿"))
    expect(text).to_have_count(0)
