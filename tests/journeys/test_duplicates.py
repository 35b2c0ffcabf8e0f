"""重复来文: the clerk hears of it while the form is filled in, compares, and goes on."""

import pytest
from playwright.sync_api import expect

from tests.journeys import desk

pytestmark = pytest.mark.journey
NUMBER = "澜检重〔2026〕1号"
FIRST, AGAIN = "关于报送重复来文情况的通知", "关于再次报送重复来文情况的通知"


@pytest.fixture
def scan(scan, tmp_path):
    """One that no other test has sent."""
    path = tmp_path / "重复来文.pdf"
    path.write_bytes(scan.read_bytes() + b"\n% sent twice\n")
    return path


def test_what_comes_again_is_shown_at_once_and_compared(as_person, scan):
    clerk = as_person(desk.CLERK)
    found = clerk.locator(".duplicate-found")
    desk.sign_for(clerk, FIRST, scan)
    clerk.get_by_label("来文字号").fill("澜检重[2026]001号")
    desk.press_sign_for(clerk)
    first = clerk.url

    desk.sign_for(clerk, AGAIN, scan)
    expect(found).to_contain_text("附件内容相同")
    expect(found).not_to_contain_text("来文单位和字号相同")
    clerk.get_by_label("来文字号").fill("澜检重（2026）1号")
    clerk.get_by_label("来文字号").press("Enter")
    expect(found).to_contain_text("来文单位和字号相同、附件内容相同")
    with clerk.context.expect_page() as opened:
        found.get_by_role("link", name=FIRST).click()
    assert opened.value.url == first
    opened.value.close()

    desk.follow(clerk, clerk.get_by_role("button", name="签收"))
    desk.is_told(clerk, "尚未提交：可能是重复来文")
    tick = clerk.get_by_role("checkbox", name="已核对")
    expect(tick).to_be_focused()
    expect(clerk.get_by_label("标题")).to_have_value(AGAIN)
    expect(desk.file_line(clerk, scan.name)).to_be_visible()
    tick.press("Space")
    desk.press_sign_for(clerk)
    expect(desk.trail(clerk).filter(has_text="核对，不是重复来文")).to_have_count(1)

    expect(clerk.get_by_label("来文字号")).to_have_value(NUMBER)
    expect(found).to_contain_text("来文单位和字号相同")
    clerk.get_by_label("来文字号").fill("澜检重〔2026〕2号")
    clerk.get_by_label("成文日期").focus()
    expect(found).to_have_count(0)
