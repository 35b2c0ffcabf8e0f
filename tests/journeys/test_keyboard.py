"""A clerk, a director and a chief whose mouse is broken."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import desk, hands
from tests.journeys.conftest import passwords_of
from tests.journeys.hands import Hands

pytestmark = pytest.mark.journey

DIRECTOR, CHIEF = "zhao.yanqiu", "nie.qingyuan"
TITLE = "关于报送公益诉讼线索摸排情况的通知"
POINTING = r"\.(click|dblclick|tap|fill|check|uncheck|select_option|hover|drag_to|set_checked)\("


def test_from_the_mail_room_to_an_instruction_without_a_mouse(office, at_the_door):
    def arrive(login):
        return sign_in(at_the_door(), login, passwords_of(office)[login])

    clerk = arrive(desk.CLERK)
    the_help_opens_and_closes(clerk)
    sign_for_it(clerk)
    register_it(clerk)
    propose_it(arrive(DIRECTOR))
    instruct(arrive(CHIEF))
    find_it_by_searching(clerk)


def test_nothing_in_this_journey_points():
    for path in (Path(__file__), Path(hands.__file__)):
        code = path.read_text(encoding="utf-8").replace(POINTING, "")
        assert not re.search(POINTING, code), path.name


def sign_in(page, login, password):
    person = Hands(page)
    person.tab_to("账号")
    person.type(login)
    person.press("Tab")
    person.type(password)
    person.leave_by("Enter")
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    return person


def the_help_opens_and_closes(clerk):
    help_ = clerk.page.get_by_role("dialog", name="键盘")
    expect(help_).to_be_hidden()
    clerk.press("?")
    expect(help_).to_be_visible()
    clerk.press("j", "/", "Escape")
    expect(help_).to_be_hidden()
    clerk.tab_to("周小兰")
    clerk.press("Enter")
    clerk.tab_to("键盘")
    clerk.press("Enter")
    expect(help_).to_be_visible()
    clerk.press("Enter")  # the button that closes it has the focus
    expect(help_).to_be_hidden()


def sign_for_it(clerk):
    clerk.leave_by("/")  # no search on the workbench: to the register
    assert clerk.place == "标题"
    clerk.tab_to("签收来文", "Shift+Tab")
    clerk.leave_by("Enter")
    clerk.tab_to("跳到正文")
    clerk.press("Enter")
    clerk.tab_to("来文单位")
    boxes = ((desk.SENDER, "来文字号"), ("", "标题"), (TITLE + "j/?", "来文渠道"))
    for words, label in boxes:
        clerk.type(words)  # letters in a box are letters
        clerk.press("Enter")
        assert clerk.place.startswith(label)
    clerk.press("Shift+Tab", "End", *["Backspace"] * 3, "Enter")
    clerk.pick("公文交换")
    clerk.press("Enter")
    assert clerk.place.startswith("份数")
    clerk.press("Control+A")
    clerk.type("3")
    clerk.leave_by("Control+Enter")
    desk.is_told(clerk.page, "已签收，请接着登记。")


def register_it(clerk):
    expect(clerk.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    go_to_the_act(clerk)
    clerk.tab_to("来文类别")
    clerk.pick("上级检察院")
    clerk.press("Enter")
    clerk.type("澜检办发〔2026〕91号")
    clerk.press("Enter")
    clerk.pick("通知")
    clerk.press("Enter")
    clerk.type(desk.typed_today())
    clerk.press("Enter")
    clerk.press("Enter", "Enter")  # the sender wants no answer, and none by a day
    clerk.press("Enter")  # it is no telegram
    clerk.pick("加急")
    clerk.leave_by("Control+Enter")
    desk.is_told(clerk.page, "收〔")
    go_to_the_act(clerk)
    clerk.tab_to("初审意见")
    clerk.leave_by("Control+Enter")
    desk.is_told(clerk.page, "初审已记录。")
    clerk.press("j")
    assert clerk.place == desk.lines(clerk.page).first.get_by_role("link").first.inner_text()


def propose_it(director):
    director.tab_to("待办")
    director.leave_by("Enter")
    director.down_to(TITLE)
    director.leave_by("Enter")
    go_to_the_act(director)
    director.tab_to("拟办意见")
    director.type("拟请聂清源检察长批示。")
    director.tab_to("聂清源")
    director.press("Space")
    director.leave_by("Control+Enter")
    desk.is_told(director.page, "拟办意见已呈领导。")


def instruct(chief):
    """From the workbench: down to the line, Enter; to the act, type, send."""
    steps = chief.down_to(TITLE)
    chief.press("ArrowUp", "ArrowDown")
    if steps > 1:
        chief.press("k")
        assert TITLE not in chief.place
        chief.press("j")
    assert TITLE in chief.place
    chief.leave_by("Enter")
    go_to_the_act(chief)
    chief.tab_to("批示意见")
    chief.type("同意，请认真摸排。")
    chief.leave_by("Control+Enter")
    desk.is_told(chief.page, "批示已写入处理单。")


def find_it_by_searching(clerk):
    clerk.leave_by("/")
    clerk.type(TITLE)
    clerk.leave_by("Enter")
    assert clerk.down_to(TITLE) == 1
    clerk.leave_by("Enter")
    expect(desk.sheet_box(clerk.page, "领导批示")).to_contain_text("同意，请认真摸排。")
    ahead = "[...document.querySelectorAll('[tabindex]')].filter((one) => one.tabIndex > 0).length"
    assert clerk.page.evaluate(ahead) == 0, "something jumps the order of the page"


def go_to_the_act(person):
    """Two keys from the top of the page, and one to get there."""
    person.press("Tab", "Tab")
    assert person.place == "跳到办理"
    person.press("Enter")
