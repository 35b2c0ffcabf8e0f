"""A session that ended, a page that grew old, a network that went away: nothing typed is lost."""

from contextlib import closing

import psycopg2
import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.conftest import passwords_of

pytestmark = pytest.mark.journey

SIGN_FOR = "documents/incoming/sign-for/"
TITLE = "关于会话结束时不丢失内容的通知"
KEPT = "sessionStorage.getItem('kept')"


@pytest.fixture
def clerk(as_person, office):
    """The clerk has typed a long form and not sent it; no draft has reached the server."""
    page = as_person(desk.CLERK)
    page.route("**/drafts/save/", lambda route: route.abort())
    page.goto(SIGN_FOR)
    page.get_by_label("来文单位").fill(desk.SENDER)
    page.get_by_label("标题").fill(TITLE)
    page.get_by_label("来文渠道").select_option("传真")
    page.get_by_label("份数").fill("7")
    return page


@pytest.fixture
def sign_in(office):
    def sign_in(page, login):
        page.get_by_label("账号").fill(login)
        page.get_by_label("密码").fill(passwords_of(office)[login])
        desk.follow(page, page.get_by_role("button", name="登录"))

    return sign_in


@pytest.fixture(autouse=True)
def _as_expected(watch, office):
    """The failures these tests make themselves."""
    yield
    ours = ("ERR_INTERNET_DISCONNECTED", "drafts/save/", "chrome-error", "403 (Forbidden)", ": 403")
    watch.problems = [line for line in watch.problems if not any(one in line for one in ours)]


def send(page):
    page.get_by_role("button", name="签收", exact=True).click()


def all_is_there_again(page):
    expect(page.get_by_text("内容已为您填回").filter(visible=True)).to_be_visible()
    expect(page.get_by_label("来文单位")).to_have_value(desk.SENDER)
    expect(page.get_by_label("标题")).to_have_value(TITLE)
    expect(page.get_by_label("来文渠道")).to_have_value("fax")
    expect(page.get_by_label("份数")).to_have_value("7")


def it_can_be_sent(page):
    desk.press_sign_for(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert page.evaluate(KEPT) is None


def end_sessions(office):
    with closing(psycopg2.connect(office.services.database_url)) as link, link.cursor() as cursor:
        link.autocommit = True
        cursor.execute("DELETE FROM django_session")


def test_the_session_ended_while_the_form_lay_there(clerk, office, sign_in):
    end_sessions(office)
    send(clerk)
    expect(clerk.get_by_text("没有提交，但没有丢失")).to_be_visible()
    sign_in(clerk, desk.CLERK)
    all_is_there_again(clerk)
    it_can_be_sent(clerk)


def test_signed_out_in_another_window(clerk, sign_in):
    with closing(clerk.context.new_page()) as other:
        other.goto("/")
        other.get_by_text("周小兰").click()
        desk.follow(other, other.get_by_role("button", name="退出"))
    send(clerk)
    sign_in(clerk, desk.CLERK)
    all_is_there_again(clerk)
    it_can_be_sent(clerk)


def test_signed_in_again_in_another_window(clerk, office, sign_in):
    """The page's token is one of former times: its error page leads back to the form."""
    end_sessions(office)
    with closing(clerk.context.new_page()) as other:
        other.goto("/")
        sign_in(other, desk.CLERK)
    send(clerk)
    expect(clerk.get_by_role("heading", name="页面打开太久")).to_be_visible()
    desk.follow(clerk, clerk.get_by_role("link", name="回到刚才的页面"))
    all_is_there_again(clerk)
    it_can_be_sent(clerk)


def cut_off(page):
    page.context.set_offline(True)
    send(page)
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)


def test_the_network_was_gone_while_it_was_sent(clerk):
    cut_off(clerk)
    clerk.goto("/")
    desk.go_to(clerk, "收文")
    desk.follow(clerk, clerk.get_by_role("link", name="签收来文"))
    all_is_there_again(clerk)
    it_can_be_sent(clerk)


def test_the_network_was_gone_and_one_goes_back_to_the_page(as_person):
    clerk = as_person(desk.CLERK)
    clerk.route("**/drafts/save/", lambda route: route.abort())
    desk.sign_for(clerk, TITLE)
    desk.press_sign_for(clerk)
    desk.fill_register(clerk, "澜检办发〔2026〕97号")
    clerk.context.set_offline(True)
    desk.action_bar(clerk).get_by_role("button", name="登记").click()
    clerk.wait_for_url("chrome-error://**")
    clerk.context.set_offline(False)
    clerk.go_back()
    expect(clerk.get_by_text("内容已为您填回").filter(visible=True)).to_be_visible()
    expect(clerk.get_by_label("来文字号")).to_have_value("澜检办发〔2026〕97号")
    clerk.get_by_label("文种").select_option("通知")
    desk.press(clerk, "登记")
    desk.is_told(clerk, "收〔")


def test_somebody_else_at_the_same_browser_sees_nothing_of_it(clerk, office, sign_in):
    end_sessions(office)
    send(clerk)
    sign_in(clerk, "wu.qiming")
    expect(clerk.get_by_label("标题")).to_have_value("")
    assert TITLE not in clerk.content()
    assert clerk.evaluate(KEPT) is None


def test_somebody_else_is_led_to_a_page_that_is_not_theirs_and_nothing_stays(
    clerk, office, sign_in
):
    end_sessions(office)
    send(clerk)
    sign_in(clerk, "ren.yuanfan")  # 任远帆, who may not sign for papers
    expect(clerk.get_by_role("heading", level=1)).to_have_text("您没有这项权限")
    expect(clerk.get_by_text("没有丢失").filter(visible=True)).to_have_count(0)
    assert clerk.evaluate(KEPT) is None


def test_the_browser_gives_a_form_back_to_nobody_else(clerk, sign_in):
    """Going back in the window after somebody else has signed in: the boxes are empty."""
    desk.go_to(clerk, "待办")
    clerk.get_by_text("周小兰").first.click()
    desk.follow(clerk, clerk.get_by_role("button", name="退出"))
    sign_in(clerk, "wu.qiming")  # 吴启明, a clerk as well
    for _ in range(6):
        clerk.go_back()
        if clerk.url.endswith(SIGN_FOR):
            break
    expect(clerk.get_by_text("吴启明").first).to_be_visible()
    expect(clerk.get_by_label("标题")).to_have_value("")
    expect(clerk.get_by_label("来文单位")).to_have_value("")


def test_the_form_is_gone_and_the_text_is_there_to_be_copied(as_person, office, sign_in):
    clerk, colleague = as_person(desk.CLERK), as_person("wu.qiming")
    clerk.route("**/drafts/save/", lambda route: route.abort())
    desk.sign_for(clerk, TITLE)
    desk.press_sign_for(clerk)
    address = clerk.url
    colleague.goto(address)
    desk.fill_register(clerk, "澜检办发〔2026〕96号")
    clerk.get_by_label("文种").select_option("通知")
    desk.fill_register(colleague, "")
    colleague.get_by_label("文种").select_option("通知")
    desk.press(colleague, "登记")
    end_sessions(office)
    desk.press(clerk, "登记")
    sign_in(clerk, desk.CLERK)
    expect(clerk.get_by_text("这一步已不能再办")).to_be_visible()
    text = clerk.get_by_role("textbox", name="尚未提交的内容")
    assert "澜检办发〔2026〕96号" in text.input_value()
    clerk.get_by_role("button", name="不再显示").click()
    clerk.reload()
    expect(text).to_be_hidden()


def test_what_arrived_is_not_kept(clerk):
    it_can_be_sent(clerk)
