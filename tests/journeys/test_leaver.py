"""Somebody leaves: the office director hands everything over in one act and prints the sheet."""

import pytest
from playwright.sync_api import expect

from tests.journeys import desk

pytestmark = pytest.mark.journey

DIRECTOR = "zhao.yanqiu"  # 赵砚秋
LEAVER, SUCCESSOR = "ren.yuanfan", "zhuo.li"  # 任远帆 卓立, of one department


def test_everything_open_goes_to_the_successor_and_nothing_is_left(as_person):
    leaver, successor, director = as_person(LEAVER), as_person(SUCCESSOR), as_person(DIRECTOR)
    open_work = desk.count(leaver, "待办") + desk.count(leaver, "待阅")
    assert open_work
    before = desk.count(successor, "待办")
    choose_him(director)
    assert desk.lines(director).count() >= open_work
    lines = desk.lines(director).count()
    move_it(director)
    expect(desk.lines(director)).to_have_count(lines)
    the_sheet_is_printed_for_signature(director)
    for page in (leaver, successor):
        desk.follow(page, page.get_by_role("link", name="工作台"))
    assert desk.count(leaver, "待办") == desk.count(leaver, "待阅") == 0
    assert desk.count(successor, "待办") >= before
    the_successor_is_told_once_and_reads_who_had_it(successor)


def choose_him(director):
    director.locator(".person summary").click()
    desk.follow(director, director.get_by_role("link", name="离岗交接"))
    director.get_by_role("searchbox").fill("ryf")
    director.get_by_role("radio", name="任远帆").check()
    desk.follow(director, director.get_by_role("button", name="查看未办事项"))
    expect(director.get_by_role("heading", level=1)).to_have_text("任远帆离岗交接")


def move_it(director):
    director.get_by_role("searchbox").fill("zhuoli")
    director.get_by_role("radio", name="卓立").check()
    desk.follow(director, director.get_by_role("button", name="全部移交"))
    desk.is_told(director, "已移交，请打印交接单签字。")


def the_sheet_is_printed_for_signature(director):
    for who in ("移交人：", "接交人（卓立）：", "监交人："):
        expect(director.get_by_text(who)).to_be_visible()
    with director.expect_response(lambda answer: answer.url.endswith("/printed/")) as printed:
        director.get_by_role("button", name="打印").click()
    assert printed.value.status == 204


def the_successor_is_told_once_and_reads_who_had_it(successor):
    desk.follow(successor, successor.get_by_role("link", name="消息"))
    told = successor.get_by_role("listitem").filter(has_text="办理任远帆离岗交接")
    expect(told).to_have_count(1)
    desk.follow(successor, told.get_by_role("link"))
    desk.go_to(successor, "待办")
    desk.follow(successor, desk.lines(successor).first.locator("a.title"))
