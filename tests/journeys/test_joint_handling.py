"""Two departments handle a paper together; one sends its part back, and what becomes of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import desk

pytestmark = pytest.mark.journey

DIRECTOR, CHIEF = "zhao.yanqiu", "nie.qingyuan"  # 赵砚秋 聂清源
LEAD, ASSISTING, OTHER = "cai.bojun", "jin.haitao", "zhang.shuyi"  # heads: 一部, 二部, 三部
TITLE = "关于联合开展未检工作情况调研的函"
WHY = "此项工作由第三检察部负责，请改交。"


def test_one_part_goes_back_and_to_another_department_while_the_lead_goes_on(as_person):
    clerk, director = as_person(desk.CLERK), as_person(DIRECTOR)
    reaches_the_departments(clerk, director, as_person(CHIEF))
    lead, assisting = as_person(LEAD), as_person(ASSISTING)
    send_the_part_back(assisting)
    report(lead, "主办部分已办理。")
    it_still_waits_for_the_part(lead)
    give_the_part_to_another(clerk)
    report(as_person(OTHER), "已补充未检部分情况。")
    look_at_it_together(director)


def reaches_the_departments(clerk, director, chief):
    desk.sign_for(clerk, TITLE)
    desk.press_sign_for(clerk)
    clerk.get_by_label("来文类别").select_option("上级检察院")
    clerk.get_by_label("文种").select_option("函")
    desk.press(clerk, "登记")
    desk.screen(clerk)
    desk.open_from(director, "待办", TITLE)
    desk.propose(director, "拟请检察长批示，一部牵头、二部配合。", "聂清源 检察长")
    desk.press(director, "拟办")
    desk.open_from(chief, "待办", TITLE)
    desk.press(chief, "同意。")
    desk.open_from(clerk, "待办", TITLE)
    clerk.get_by_label("主办部门").select_option("第一检察部")
    clerk.get_by_label("第二检察部", exact=True).check()
    desk.press(clerk, "交办")
    desk.is_told(clerk, "已交办")


def aside(page, name):
    """Follow one of the links to further acts."""
    desk.follow(
        page, page.get_by_role("navigation", name="更多办理").get_by_role("link", name=name)
    )


def send_the_part_back(page):
    desk.open_from(page, "待办", TITLE)
    aside(page, "退回")
    page.get_by_label("办公室（退办，请改交其他部门）").check()
    form = page.locator("#step-send_back")
    form.get_by_label("理由").fill(WHY)
    desk.press(page, "退回")
    desk.is_told(page, "已退回。")
    desk.counts_are_the_lists(page)


def report(page, words):
    desk.open_from(page, "待办", TITLE)
    page.get_by_label("办理情况").fill(words)
    desk.press(page, "反馈")
    desk.is_told(page, "已反馈。")


def it_still_waits_for_the_part(page):
    desk.go_to(page, "已办")
    expect(desk.line_about(page, TITLE).first).to_contain_text("承办中")


def give_the_part_to_another(clerk):
    desk.go_to(clerk, "待办")
    expect(desk.line_about(clerk, TITLE)).to_contain_text("承办中")
    desk.open_paper(clerk, TITLE)
    expect(desk.trail(clerk).filter(has_text=WHY)).to_have_count(1)
    form = clerk.locator("#step-reassign")
    expect(form.get_by_label("哪个部门的承办部分")).to_have_value(re.compile(r"\d+"))
    form.get_by_label("改交").select_option("第三检察部")
    desk.press(clerk, "改办")
    desk.is_told(clerk, "已改办。")


def look_at_it_together(director):
    desk.open_from(director, "待办", TITLE)
    handling = desk.sheet_box(director, "承办情况")
    for words in ("主办部分已办理。", "已补充未检部分情况。", "章淑仪", "蔡伯钧"):
        expect(handling).to_contain_text(words)
    expect(desk.sheet_box(director, "主办部门")).to_contain_text("第三检察部")
    desk.press(director, "同意。")
    desk.is_told(director, "审核意见已写入处理单。")
