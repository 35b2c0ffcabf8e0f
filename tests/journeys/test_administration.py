"""The three administrators at their browsers: no page complains; a newcomer gets an account."""

import re

import pytest
from playwright.sync_api import expect

OWN = "一个只有我知道的密码-2026"
SYSTEM, SECURITY, AUDITOR = "wu.siqi", "long.xiangfei", "ge.mingyuan"
LISTS = ["organization/procuratorate", "organization/department", "organization/user",
         "organization/post", "organization/calendarday", "organization/deadlinerule",
         "organization/series", "activity/ladderstage", "activity/channel",
         "activity/event"]  # fmt: skip
THEIRS = {SYSTEM: LISTS[:-1], SECURITY: LISTS[1:4], AUDITOR: LISTS}
ADDED = [kind for kind in LISTS if kind not in {LISTS[0], LISTS[3], LISTS[-1]}]

pytestmark = pytest.mark.journey


def fits(page):
    """Nothing hangs out sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("who", THEIRS)
def test_every_page_opens_without_a_complaint(who, as_person):
    page = as_person(who)
    page.get_by_role("link", name="系统管理").click()
    expect(page.get_by_role("heading", name="管理事项")).to_be_visible()
    added = ADDED if who == SYSTEM else []
    for address in [*THEIRS[who], *(f"{kind}/add" for kind in added)]:
        page.goto(f"/admin/{address}/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert fits(page), address
    for address in THEIRS[who]:
        page.goto(f"/admin/{address}/")
        page.locator("#result_list tbody a").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert fits(page), address


def test_a_newcomer_gets_an_account_from_two_administrators(as_person, at_the_door):
    system = as_person(SYSTEM)
    system.goto("/admin/organization/user/add/")
    system.get_by_label("账号").fill("lin.xin")
    system.get_by_label("姓名:", exact=True).fill("林新")
    system.get_by_role("button", name="保存", exact=True).click()
    expect(system.get_by_text("林新").first).to_be_visible()

    security = as_person(SECURITY)
    security.goto("/admin/organization/post/add/")
    security.get_by_label("人员").select_option(label="林新")
    security.get_by_label("岗位").select_option(label="承办人")
    security.get_by_label("部门").select_option(label="第一检察部")
    security.get_by_label("起").fill("2026-01-05")
    security.get_by_role("button", name="保存", exact=True).click()
    security.goto("/admin/organization/user/?q=lin.xin")
    security.get_by_role("row", name="林新").get_by_role("checkbox").check()
    security.locator("select[name=action]").select_option(label="发放初始密码")
    security.get_by_role("button", name="执行").click()
    password = security.locator(".start-passwords code").inner_text()
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", password)

    newcomer = at_the_door()
    newcomer.get_by_label("账号").fill("lin.xin")
    newcomer.get_by_label("密码").fill(password)
    newcomer.get_by_role("button", name="登录").click()
    expect(newcomer.get_by_text("别人发给您的初始密码")).to_be_visible()
    newcomer.get_by_label("旧密码").fill(password)
    newcomer.get_by_label("新密码", exact=False).nth(0).fill(OWN)
    newcomer.get_by_label("新密码", exact=False).nth(1).fill(OWN)
    newcomer.get_by_role("button", name="修改密码").click()
    expect(newcomer.get_by_role("heading", name="工作台")).to_be_visible()

    auditor = as_person(AUDITOR)
    auditor.goto("/admin/activity/event/")
    expect(auditor.get_by_text("给“林新”发放了初始密码")).to_be_visible()
