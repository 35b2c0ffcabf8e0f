"""A real Chromium, and somebody who listens to what it complains about."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Request,
    Response,
    WebError,
    expect,
    sync_playwright,
)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
SCREEN = {"width": 1366, "height": 768}
PATIENCE = 15_000  # milliseconds
LEFT_BY_THE_READER = "net::ERR_ABORTED"  # a page that was left, or a file that is saved


class Watch:
    """Notes what a browser complains about, and every request that leaves the house."""

    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.problems: list[str] = []
        self.refused: set[str] = set()  # addresses where a refusal is what we want

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        if message.type in {"error", "warning"} and where not in self.refused:
            self.problems.append(f"{where}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.problems.append(str(error.error))

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != self.host:
            self.problems.append(f"left the house: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT_BY_THE_READER:
            self.problems.append(f"{request.url}: {request.failure}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400 and answer.url not in self.refused:
            self.problems.append(f"{answer.url}: {answer.status}")


@contextmanager
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("no browser: please install chromium (Debian: apt install chromium)")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()
