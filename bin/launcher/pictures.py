"""bin/pictures: takes the pictures of the README from a fresh demonstration, in a real browser."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from launcher import packages
from launcher.office import Office
from launcher.places import ROOT
from launcher.talk import Trouble, say, slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = ROOT / "docs" / "pictures"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
UNTIL_DRAWN = 120_000  # milliseconds; the worker may still be drawing the pages of the papers
DRAWN = ".pages img, .pages.paper-text"


@dataclass(frozen=True)
class Picture:
    """What one person sees at an address, or on the first paper of a list (`opens`)."""

    name: str
    login: str
    path: str
    opens: bool = False
    size: tuple[int, int] = (1366, 768)
    large: bool = False


PICTURES = (
    Picture("workbench", "zhou.xiaolan", "/"),
    Picture("paper", "nie.qingyuan", "/inbox/to_do/", opens=True),
    Picture("register", "zhao.yanqiu", "/documents/incoming/"),
    Picture("large-type", "nie.qingyuan", "/", large=True),
    Picture("telephone", "ren.yuanfan", "/inbox/to_do/", size=(400, 768)),
)


def run(arguments: Sequence[str]) -> int:
    if arguments:
        raise Trouble("用法：bin/pictures（不带参数）")
    packages.install(packages.missing(with_browser=True))
    program = packages.browser()
    if not program:
        raise Trouble("没有找到浏览器：请安装 chromium（Debian：apt install chromium）。")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _demonstration() as office, _browser(program) as browser:
        passwords = _passwords(office.data_dir / "demo-logins.txt")
        for picture in PICTURES:
            path = FOLDER / f"{picture.name}.png"
            path.write_bytes(_small(_taken(browser, office, picture, passwords[picture.login])))
            say(str(path.relative_to(ROOT)))
    return 0


@contextmanager
def _demonstration() -> Iterator[Office]:
    with tempfile.TemporaryDirectory(prefix="office-pictures-") as folder:
        with slow("启动演示系统", 60):
            office = Office(folder, demonstration=True)
            office.start()
        try:
            yield office
        finally:
            office.stop()


@contextmanager
def _browser(program: str) -> Iterator[Browser]:
    # The browser's library is there for tests only; bin/run never comes here.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def _taken(browser: Browser, office: Office, picture: Picture, password: str) -> bytes:
    width, height = picture.size
    context = browser.new_context(
        base_url=office.url, locale="zh-CN", viewport={"width": width, "height": height}
    )
    if picture.large:
        context.add_cookies([{"name": "large_type", "value": "1", "url": office.url}])
    page = context.new_page()
    page.goto("/")
    page.locator("input[name=username]").fill(picture.login)
    page.locator("input[name=password]").fill(password)
    page.locator("form:has(input[name=password]) button").click()
    page.wait_for_load_state()
    page.goto(picture.path)
    if picture.opens:
        _open_the_first(page)
    taken = page.screenshot()
    context.close()
    return taken


def _open_the_first(page: Page) -> None:
    page.locator("a.title").first.click()
    page.locator(DRAWN).first.wait_for(timeout=UNTIL_DRAWN)
    page.wait_for_load_state("networkidle")


def _small(png: bytes) -> bytes:
    """256 colours are enough for a page, and a third of the bytes."""
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(256).save(out, "PNG", optimize=True)
    return out.getvalue()


def _passwords(logins: Path) -> dict[str, str]:
    lines = logins.read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1] for line in lines if line.startswith(" ")}
