"""nginx sends the bytes, after the product has asked the record and written the event."""

import re
import time
from urllib.parse import unquote

import pytest

from tests.attachments import samples
from tests.production.seed import NAME, PAGES

pytestmark = pytest.mark.journey

WHOLE = samples.pdf(pages=PAGES)
ONCE = (
    "Content-Type",
    "Content-Length",
    "ETag",
    "Accept-Ranges",
    "Cache-Control",
    "Content-Disposition",
    "Content-Security-Policy",
    "Cross-Origin-Resource-Policy",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


def test_a_download_is_the_very_bytes_with_every_header_once(house, clerk, file):
    answer = clerk.ask("GET", file)
    assert (answer.status, answer.body) == (200, WHOLE)
    for name in ONCE:
        assert len(answer.headers.get_all(name, [])) == 1, name
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["ETag"] == f'"{house.seed["path"].rpartition("/")[2]}"'
    assert answer.headers["Last-Modified"] is None
    assert answer.headers["X-Accel-Redirect"] is None
    # In its container nginx is another account of the same group.
    kept = house.folder / "files" / house.seed["path"]
    assert kept.stat().st_mode & 0o777 == 0o640
    assert kept.parent.stat().st_mode & 0o777 == 0o750
    name = re.search(r"filename\*=UTF-8''(\S+)", answer.headers["Content-Disposition"])[1]
    assert unquote(name) == NAME


def test_a_part_is_that_part_and_so_it_is_written_down(house, clerk, file):
    tag = clerk.ask("HEAD", file).headers["ETag"]
    before = len(house.events())
    first = clerk.ask("GET", file, headers={"Range": "bytes=5-14"})
    again = clerk.ask("GET", file, headers={"Range": "bytes=-7", "If-Range": tag})
    other = clerk.ask("GET", file, headers={"Range": "bytes=0-3", "If-Range": '"old"'})
    several = clerk.ask("GET", file, headers={"Range": "bytes=0-1,4-5"})
    assert (first.status, first.body) == (206, WHOLE[5:15])
    assert first.headers["Content-Range"] == f"bytes 5-14/{len(WHOLE)}"
    assert (again.status, again.body) == (206, WHOLE[-7:])
    assert (other.status, other.body) == (several.status, several.body) == (200, WHOLE)
    parts = [event.get("range") for event in house.events()[before:]]
    size = len(WHOLE)
    assert parts == [f"bytes 5-14/{size}", f"bytes {size - 7}-{size - 1}/{size}", None, None]


def test_who_has_the_bytes_or_asks_beyond_them_gets_none(house, clerk, file):
    tag = clerk.ask("HEAD", file).headers["ETag"]
    before = house.events()
    known = clerk.ask("GET", file, headers={"If-None-Match": tag})
    beyond = clerk.ask("GET", file, headers={"Range": f"bytes={len(WHOLE)}-"})
    head = clerk.ask("HEAD", file)
    assert (known.status, known.body) == (304, b"")
    assert (beyond.status, beyond.body) == (416, b"")
    assert (head.status, head.headers["Content-Length"]) == (200, str(len(WHOLE)))
    assert house.events() == before


def test_a_page_that_the_worker_drew_comes_the_same_way(clerk, file):
    deadline = time.monotonic() + 90
    while (answer := clerk.ask("GET", f"{file}pages/1/")).status == 404:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.body.startswith(b"\xff\xd8")


def test_a_stranger_gets_nothing(house, file):
    before = house.events()
    outside, outsider = house.caller(), house.caller()
    outsider.sign_in("outsider")
    for headers in ({}, {"Range": "bytes=0-9"}, {"X-Accel-Redirect": "/protected/files/"}):
        assert outside.ask("GET", file, headers=headers).status == 302
        assert outsider.ask("GET", file, headers=headers).status == 404
    assert house.events() == before


def test_the_internal_location_has_no_address(house, clerk):
    path = house.seed["path"]
    for start in ("/protected/files/", "//protected/files/", "/%70rotected/files/"):
        assert clerk.ask("GET", start + path).status == 404, start
    for way in ("/static/../protected/files/", "/static/..%2fprotected/files/", "/Protected/"):
        assert clerk.ask("GET", way + path).status in {400, 404}, way
    for way in ("/static/../files/", "/static/%2e%2e/files/", "/files/", "/static../files/"):
        assert clerk.ask("GET", way + path).status in {400, 404}, way
    forced = {"X-Accel-Redirect": f"/protected/files/{path}", "X-Original-URL": f"/{path}"}
    assert WHOLE not in clerk.ask("GET", "/", headers=forced).body
