"""A whole office as processes of its own, and people who sit at real browsers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from launcher.office import Office
from launcher.postgres import create_database
from playwright.sync_api import Browser, BrowserContext, Page, expect
from psycopg2 import sql

from tests.browsing import PATIENCE, SCREEN, Watch, chromium

TWO_PAGES = """
<html lang="zh-CN">
  <style>@page { size: A4; margin: 30mm } section { break-after: page } h1 { color: #c00 }</style>
  <section><h1>澜江市人民检察院文件</h1><p>关于开展群众信访件件有回复情况核查的通知</p></section>
  <p>请各县人民检察院于本月底前报送核查情况。</p><p>澜江市人民检察院</p>
</html>
"""


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The demonstration, with its own database, web, worker and beat."""
    server, name = os.environ["DATABASE_URL"], f"journeys_{os.getpid()}"
    try:
        with Office(
            tmp_path_factory.mktemp("office"),
            database_url=create_database(server, name),
            redis_url=os.environ["REDIS_URL"],
            demonstration=True,
        ) as running:
            yield running
    finally:
        _drop_database(server, name)


def _drop_database(server: str, name: str) -> None:
    with closing(psycopg2.connect(server)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        cursor.execute(drop.format(sql.Identifier(name)))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium. It ends with this package: its event loop would disturb tests of models."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="package")
def scan(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of two pages, printed by the browser and by nothing of ours."""
    path = tmp_path_factory.mktemp("scan") / "核查通知（扫描件）.pdf"
    with closing(browser.new_page()) as page:
        page.set_content(TWO_PAGES)
        page.pdf(path=path)
    return path


@pytest.fixture
def watch(office: Office) -> Iterator[Watch]:
    """Whatever a test asks for: in the end no browser may have complained."""
    watching = Watch(office.url)
    yield watching
    assert watching.problems == []


@pytest.fixture
def at_the_door(office: Office, browser: Browser, watch: Watch) -> Iterator[Callable[[], Page]]:
    """`at_the_door()` is a browser of its own that shows the sign-in page."""
    contexts: list[BrowserContext] = []
    _discard_drafts(office)

    def arrive() -> Page:
        context = browser.new_context(base_url=office.url, locale="zh-CN", viewport=SCREEN)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        page = context.new_page()
        page.goto("/")
        return page

    yield arrive
    for context in contexts:
        context.close()


def _discard_drafts(office: Office) -> None:
    """What people of the test before have left in their forms."""
    with closing(psycopg2.connect(office.services.database_url)) as link, link.cursor() as cursor:
        link.autocommit = True
        cursor.execute("DELETE FROM activity_draft")


@pytest.fixture
def as_person(office: Office, at_the_door: Callable[[], Page]) -> Callable[[str], Page]:
    """`as_person("zhou.xiaolan")` is a browser of its own in which that person has signed in."""
    passwords = passwords_of(office)

    def sign_in(login: str) -> Page:
        page = at_the_door()
        page.get_by_label("账号").fill(login)
        page.get_by_label("密码").fill(passwords[login])
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", name="工作台")).to_be_visible()
        return page

    return sign_in


def passwords_of(office: Office) -> dict[str, str]:
    """The people's lines are indented: log-in, password, name."""
    lines = (office.data_dir / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1] for line in lines if line.startswith(" ")}
