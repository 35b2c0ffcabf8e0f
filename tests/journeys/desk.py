"""What people do at the screen, in their words: open, fill in, press, look at a list."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

BOXES = ("待办", "待阅")
CLERK = "zhou.xiaolan"  # 周小兰, of 青岭县人民检察院
SENDER = "澜江市人民检察院"
UNTIL_DRAWN = 60_000  # milliseconds; the worker may still be drawing the demonstration's pages


def typed_today() -> str:
    """Today as people type it: 20261120."""
    return f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y%m%d}"


def menu_entry(page: Page, name: str) -> Locator:
    """The entry, with or without a red count behind its name."""
    menu = page.get_by_role("navigation", name="主菜单")
    return menu.get_by_role("link", name=re.compile(rf"^{name}(\s*\d+)?$"))


def follow(page: Page, link: Locator) -> None:
    """Click, and wait until the next page is there. This one must have come to its own end."""
    page.wait_for_load_state()
    with page.expect_event("load"):
        link.click()


def go_to(page: Page, name: str) -> None:
    follow(page, menu_entry(page, name))


def count(page: Page, box: str) -> int:
    """The red count of the menu; none means 0."""
    return int(menu_entry(page, box).inner_text().removeprefix(box).strip() or 0)


def lines(page: Page) -> Locator:
    """The lines of a list, without its head."""
    return page.get_by_role("main").get_by_role("row").filter(has=page.get_by_role("cell"))


def length(page: Page) -> int:
    """How many lines the list on the screen has, over all its pages."""
    found = lines(page).count()
    following = page.get_by_role("link", name="下一页")
    while following.count():
        follow(page, following)
        found += lines(page).count()
    return found


def counts_are_the_lists(page: Page) -> None:
    """The red counts of the menu, each with the list that it counts."""
    for box in BOXES:
        if page.get_by_role("heading", level=1).inner_text() != box:
            go_to(page, box)
        assert count(page, box) == length(page), box


def line_about(page: Page, title: str) -> Locator:
    return lines(page).filter(has_text=title)


def open_paper(page: Page, title: str) -> None:
    """Click its title, wherever on the screen it stands, until the page says it was opened."""
    with page.expect_response(lambda answer: answer.url.endswith("/opened/")):
        page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def open_from(page: Page, box: str, title: str) -> None:
    go_to(page, box)
    open_paper(page, title)


def action_bar(page: Page) -> Locator:
    return page.get_by_role("group", name="下一步")


def press(page: Page, name: str) -> None:
    follow(page, action_bar(page).get_by_role("button", name=name, exact=True))


def is_told(page: Page, sentence: str | re.Pattern[str]) -> None:
    expect(messages(page)).to_contain_text(sentence)


def messages(page: Page) -> Locator:
    """What the product answers at the top; a box of a form may say something of its own."""
    return page.locator(".messages")


def sheet_box(page: Page, name: str) -> Locator:
    """One box of the processing sheet."""
    sheet = page.get_by_role("region", name="文件处理单")
    return sheet.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))


def trail(page: Page) -> Locator:
    """The lines of the trail, without its head."""
    head = page.get_by_role("columnheader", name="办理事项")
    table = page.get_by_role("table").filter(has=head)
    return table.get_by_role("row").filter(has=page.get_by_role("cell"))


def file_line(page: Page, name: str) -> Locator:
    """A file in the form; not one that was sent earlier and still waits for a form."""
    return page.locator(".files-input > .files-list > li").filter(has_text=name)


def sign_for(page: Page, title: str, scan: Path | None = None) -> None:
    """签收: fill in the form; the caller presses the button."""
    go_to(page, "收文")
    follow(page, page.get_by_role("link", name="签收来文"))
    page.get_by_label("来文单位").fill(SENDER)
    page.get_by_label("标题").fill(title)
    page.get_by_label("来文渠道").select_option("公文交换")
    if scan:
        page.get_by_label("扫描件或电子件").set_input_files(scan)
        expect(file_line(page, scan.name)).to_contain_text("PDF")


def press_sign_for(page: Page) -> None:
    follow(page, page.get_by_role("button", name="签收"))
    is_told(page, "已签收，请接着登记。")


def fill_register(page: Page, sender_number: str) -> None:
    page.get_by_label("来文类别").select_option("上级检察院")
    page.get_by_label("来文字号").fill(sender_number)
    page.get_by_label("成文日期").fill(typed_today())
    page.get_by_label("紧急程度").select_option("加急")


def screen(page: Page) -> None:
    """初审, on the page that comes after 登记: all five points are ticked already."""
    press(page, "初审")
    is_told(page, "初审已记录。")


def propose(page: Page, opinion: str, leader: str) -> None:
    page.get_by_label("拟办意见").fill(opinion)
    page.get_by_label(leader).check()


def find_in_register(page: Page, title: str) -> None:
    go_to(page, "收文")
    page.get_by_role("search").get_by_label("标题").fill(title)
    follow(page, page.get_by_role("button", name="查询"))


def shows_two_pages(page: Page) -> None:
    """Both are there as pictures, not as broken ones."""
    for name in ("第 1 页，共 2 页", "第 2 页，共 2 页"):
        image = page.get_by_role("img", name=name)
        expect(image).to_be_attached(timeout=UNTIL_DRAWN)
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("image => image.naturalWidth") > 500
