"""No page is wider than the screen, on a desk or on a telephone, and the next step is in sight."""

import pytest
from playwright.sync_api import expect

from tests.journeys import desk

CUT = """[...document.querySelectorAll(".sheet td, .sheet th")]
    .filter(box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
    .map(box => box.textContent.trim())"""
pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [1366, 400])
def test_no_page_scrolls_sideways(at_the_door, as_person, width):
    door, clerk = at_the_door(), as_person(desk.CLERK)
    for page in (door, clerk):
        page.set_viewport_size({"width": width, "height": 768})
    fits(door)
    fits(clerk)
    for name in ("待办", "待阅", "收文"):
        desk.go_to(clerk, name)
        fits(clerk)
    desk.follow(clerk, clerk.get_by_role("link", name="签收来文"))
    fits(clerk)
    for state in ("待登记", "待交办", "待办结"):
        desk.go_to(clerk, "待办")
        desk.follow(clerk, desk.lines(clerk).filter(has_text=state).first.get_by_role("link").first)
        fits(clerk)
        assert not clerk.evaluate(CUT), "words run out of their box on the processing sheet"
        expect(desk.action_bar(clerk)).to_be_in_viewport(ratio=1)


def fits(page):
    wide, seen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= seen, page.url
