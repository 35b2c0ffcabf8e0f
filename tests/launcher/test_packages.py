"""What is not a Python package: installed by apt-get where we may, never asked for twice."""

import shutil
import subprocess

import pytest
from launcher import packages


@pytest.fixture
def apt(monkeypatch):
    """Root on Debian, where apt-get answers as told and its calls are written down."""
    calls: list[tuple[str, ...]] = []
    answers: list[bool] = []

    def answer(*arguments: str) -> bool:
        calls.append(arguments)
        return answers.pop(0) if answers else True

    monkeypatch.setattr(packages, "_apt_get", answer)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    return calls, answers


def test_only_what_is_missing_is_named(monkeypatch):
    there = {"xgettext", "msgmerge", "google-chrome", "/usr/sbin/nginx"}
    monkeypatch.setattr(shutil, "which", lambda name: name if name in there else None)
    assert packages.browser() == "google-chrome"
    assert packages.missing(with_browser=True) == ["fonts-wqy-zenhei"]
    there.clear()
    everything = ["gettext", "chromium", "fonts-wqy-zenhei", "nginx"]
    assert packages.missing(with_browser=True) == everything
    assert packages.missing(with_browser=False) == ["gettext"]


def test_lists_are_fetched_only_when_the_known_ones_did_not_do(apt):
    calls, answers = apt
    packages.install(["gettext"])
    assert calls == [("install", "gettext")]
    calls.clear()
    answers[:] = [False, True, True]
    packages.install(["gettext"])
    assert calls == [("install", "gettext"), ("update",), ("install", "gettext")]


def test_nothing_missing_asks_nobody(apt):
    packages.install([])
    assert apt[0] == []


def test_who_is_not_root_installs_nothing(apt, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    packages.install(["gettext"])
    assert apt[0] == []


def test_a_web_server_that_we_install_is_not_left_running(apt, monkeypatch):
    """Debian starts what it installs; the tests start their own."""
    told: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **options: told.append(command))
    packages.install(["gettext"])
    assert told == []
    packages.install(["gettext", "nginx"])
    assert told == [["systemctl", "disable", "--now", "nginx"]]
