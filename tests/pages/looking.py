"""Looks at a page in a real browser and says everything that is wrong with it."""

from pathlib import Path

import axe_playwright_python
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.browsing import PATIENCE, SCREEN, Watch

HERE = Path(__file__).parent
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LAYOUT = (HERE / "layout.js").read_text(encoding="utf-8")
WIDE, NARROW = SCREEN, {"width": 400, "height": 800}
# Contrast takes axe ten times as long as all the rest: of rows that are alike it sees the first.
ALIKE = [
    "tr:nth-child(n+7)",
    "li:nth-child(n+14)",
    ".form-check:nth-child(n+7)",
    "p:nth-child(n+7)",
]
RUN_AXE = """async (alike) => {
    const [resultTypes, contrast] = [["violations"], "color-contrast"];
    const rules = {[contrast]: {enabled: false}};
    // Django's own sheet imports another, which axe looks for at the wrong address.
    const preload = !document.querySelector("link[href*='admin/css/forms']");
    const quick = await axe.run(document, {resultTypes, rules, preload});
    const slow = await axe.run({exclude: alike}, {resultTypes, preload, runOnly: [contrast]});
    return [...quick.violations, ...slow.violations];
}"""


class Eyes:
    """Everybody at a browser of their own, signed in by the session and not by the form."""

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser, self.server = browser, server
        self.pages: dict[str, tuple[Page, Watch]] = {}

    def of(self, user=None) -> tuple[Page, Watch]:
        name = user.username if user else ""
        if name not in self.pages:
            self.pages[name] = self._sit_down(user)
        return self.pages[name]

    def close(self) -> None:
        for page, _ in self.pages.values():
            page.context.close()

    def look(self, address: str, user=None, *, refused: bool = False) -> list[str]:
        """Open it, and say what is wrong with it on the wide screen and on the narrow one."""
        page, watch = self.of(user)
        watch.problems.clear()
        if refused:
            watch.refused.add(self.server + address)
        page.set_viewport_size(WIDE)
        page.goto(address)
        return [*examined(page), *watch.problems]

    def _sit_down(self, user) -> tuple[Page, Watch]:
        context = self.browser.new_context(base_url=self.server, locale="zh-CN", viewport=WIDE)
        context.set_default_timeout(PATIENCE)
        if user:
            client = Client()
            client.force_login(user)
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.server}
            context.add_cookies([cookie])
        watch = Watch(self.server)
        watch.follow(context)
        return context.new_page(), watch


def examined(page: Page) -> list[str]:
    """What is wrong with the page that is shown, at both widths."""
    page.evaluate(AXE)
    page.evaluate(LAYOUT)
    found = page.evaluate("() => look.once()")
    page.keyboard.press("Tab")  # from here on the browser shows where the focus is
    found += page.evaluate("() => look.focus()")
    for screen in (WIDE, NARROW):
        page.set_viewport_size(screen)
        told = [*_axe(page), *page.evaluate("() => look.layout()")]
        found += [f"at {screen['width']}: {words}" for words in told]
    return found


def _axe(page: Page) -> list[str]:
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]} at {node['target']}"
        for rule in page.evaluate(RUN_AXE, ALIKE)
        for node in rule["nodes"]
    ]
