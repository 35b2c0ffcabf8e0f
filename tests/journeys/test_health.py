"""What monitors hear of the office, and what becomes of the work while a part of it is dead."""

import os
import signal
import time
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.journeys import desk

pytestmark = pytest.mark.journey

WAIT_FOR_SILENCE, WAIT_FOR_LIFE = 45, 30  # seconds


@pytest.fixture
def other_scan(scan, tmp_path):
    """Bytes that no other test has sent: their pages cannot be drawn yet."""
    path = tmp_path / "补画的扫描件.pdf"
    path.write_bytes(scan.read_bytes() + b"\n% sent while the worker was dead\n")
    return path


def test_monitors_hear_of_a_dead_worker_and_its_work_is_done_later(office, as_person, other_scan):
    clerk = as_person(desk.CLERK)
    worker = office.processes["worker"]
    os.kill(worker.pid, signal.SIGTERM)
    try:
        worker.wait(WAIT_FOR_LIFE)
        desk.sign_for(clerk, "关于补画页面的函", other_scan)
        desk.press_sign_for(clerk)
        expect(clerk.get_by_text("正在生成页面……")).to_be_visible()
        health_becomes(office, 503, "worker: not alive\n", WAIT_FOR_SILENCE)
    finally:
        office.start_part("worker")
    health_becomes(office, 200, "alive\n", WAIT_FOR_LIFE)
    desk.shows_two_pages(clerk)


def health_becomes(office, status, text, seconds):
    deadline = time.monotonic() + seconds
    while (found := health(office)) != (status, text) and time.monotonic() < deadline:
        time.sleep(0.25)
    assert found == (status, text)


def health(office):
    try:
        with urllib.request.urlopen(f"{office.url}healthz", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read().decode()
