"""The worker dies while it draws the pages of a file: they are drawn by another one later."""

import pytest

from tests.faults.caller import Caller
from tests.faults.place import SECONDS
from tests.faults.waiting import until

pytestmark = pytest.mark.fault
PAGES = 80


def test_pages_come_though_the_worker_died_at_the_first_attempt(open_office):
    place = open_office("2026-03-10T09:00:00+08:00")
    place.run("web", "worker", "beat")
    until(lambda: place.health() == "", SECONDS, "a healthy office")
    clerk = Caller(place.url)
    clerk.sign_in("clerk")
    last_page = f"attachments/{place.ask('file_of', pages=PAGES)}/pages/{PAGES}/"
    attempts = "SELECT draw_attempts FROM attachments_content"
    until(lambda: place.rows(attempts) == [(1,)], SECONDS, "an attempt to draw")
    place.kill("worker")
    assert clerk.get(last_page).status == 404
    for part in ("web", "beat"):
        place.kill(part)
    place.set_clock("2026-03-10T09:10:00+08:00")  # no attempt takes as long as that
    place.run("web", "worker", "beat")
    until(lambda: place.health() == "", SECONDS, "a healthy office")
    until(lambda: clerk.get(last_page).status == 200, SECONDS, "the last page")
    assert place.rows(attempts) == [(2,)]
