"""Between a browser and a row, as in production: our nginx, TLS, gunicorn, worker, PostgreSQL."""

import http.client
import re
import time
from contextlib import ExitStack

import pytest

from tests.production.processes import HOST

pytestmark = pytest.mark.journey

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_every_part_is_alive_by_its_own_healthcheck(house):
    assert [house.alive(part) for part in ("web", "worker", "scheduler")] == [True] * 3
    assert house.caller().ask("GET", "/healthz").text == "alive\n"


def test_signing_in_gives_cookies_for_this_host_and_tls_alone(house):
    caller = house.caller()
    answer = caller.sign_in("clerk")
    assert (answer.status, answer.headers["Location"]) == (302, "/")
    assert {line.partition("=")[0] for line in caller.set_cookies} == {
        "__Host-session",
        "__Host-csrf",
    }
    for line in caller.set_cookies:
        assert {"Secure", "HttpOnly", "Path=/"} <= set(line.split("; "))
        assert "domain" not in line.lower()
    assert caller.ask("GET", "/").status == 200


# Who somebody is

FORGED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Real-IP": "203.0.113.9",
    "Forwarded": "for=203.0.113.9;proto=http;host=evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Port": "80",
}


def test_the_lock_counts_by_the_machine_and_no_header_helps(house):
    here, there = "127.0.0.21", "127.0.0.22"
    for number in range(6):
        forged = FORGED | {"X-Forwarded-For": f"203.0.113.{number}"}
        house.caller(here).sign_in("clerk", "wrong", forged)
    assert house.caller(here).sign_in("clerk", headers=FORGED).status == 429
    assert house.caller(here).sign_in("outsider").status == 302
    assert house.caller(there).sign_in("clerk", headers={"X-Forwarded-For": here}).status == 302


def test_what_is_forged_has_no_effect(house, clerk):
    answer = clerk.ask("GET", "/", headers=FORGED)
    assert answer.status == 200
    assert "evil.example" not in answer.text
    outside = house.caller().ask("GET", "/", headers=FORGED)
    assert outside.headers["Location"] == "/sign-in/?next=/"


def test_plain_http_leads_to_tls_whatever_it_says(house):
    for said in ({}, {"X-Forwarded-Proto": "https"}):
        line = http.client.HTTPConnection("127.0.0.1", house.http, timeout=10)
        line.request("GET", "/documents/?q=1", headers={"Host": HOST} | said)
        answer = line.getresponse()
        assert answer.status == 301
        assert answer.headers["Location"] == f"https://{HOST}/documents/?q=1"
        line.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", f"{HOST}.evil.example", ""])
def test_another_name_gets_no_answer_at_all(house, host):
    said = f"GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    answer = house.caller().raw(said)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    assert b"alive" not in answer


def test_another_name_gets_no_certificate_either(house):
    with pytest.raises(OSError, match=r"(?i)unrecognized.name"):
        house.caller().line("evil.example")


@pytest.mark.parametrize(
    "lies",
    [
        f"Host: {HOST}\r\nHost: evil.example\r\n",
        f"Host: {HOST}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        f"Host: {HOST}\r\nContent-Length: 4\r\nContent-Length: 5\r\n",
    ],
    ids=["two hosts", "two lengths", "two of the same"],
)
def test_a_request_with_two_meanings_has_none(house, lies):
    said = f"POST /sign-in/ HTTP/1.1\r\n{lies}Connection: close\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n"
    answer = house.caller().raw(said.encode())
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1


# Bodies, errors, static files


def test_a_body_over_the_limit_is_refused_in_our_words(clerk):
    mega = 1024 * 1024
    form = clerk.ask("POST", "/sign-in/", b"x" * (2 * mega + 1), FORM)
    file = clerk.ask("POST", "/attachments/upload/", b"x" * (51 * mega + 1), FORM)
    for answer in (form, file):
        assert answer.status == 413
        assert "内容太大" in answer.text
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert clerk.ask("GET", "/").status == 200


def test_a_file_of_the_full_size_reaches_the_product(clerk):
    """It says what it thinks of the content; nginx would have said 413."""
    token = '--=\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
    token += f"{clerk.cookies['__Host-csrf']}\r\n"
    part = '--=\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    body = f"{token}{part}".encode() + b"x" * (50 * 1024 * 1024) + b"\r\n--=--\r\n"
    multipart = {"Content-Type": "multipart/form-data; boundary=="}
    answer = clerk.ask("POST", "/attachments/upload/", body, multipart)
    assert (answer.status, answer.headers["Content-Type"]) == (422, "text/plain; charset=utf-8")


def test_slow_bodies_wait_outside(house):
    """More of them than gunicorn has threads; each would be read, for its token."""
    caller = house.caller()
    caller.ask("GET", "/sign-in/")
    head = f"POST /sign-in/ HTTP/1.1\r\nHost: {HOST}\r\nReferer: https://{HOST}/\r\n"
    head += f"Cookie: __Host-csrf={caller.cookies['__Host-csrf']}\r\nContent-Length: 60000\r\n"
    with ExitStack() as open_lines:
        for _ in range(60):
            line = open_lines.enter_context(house.caller().line())
            line.sendall(f"{head}Content-Type: {FORM['Content-Type']}\r\n\r\nx".encode())
        began = time.monotonic()
        assert house.caller().ask("GET", "/healthz").status == 200
        assert time.monotonic() - began < 5


def test_the_fronts_own_errors_are_pages_of_ours(house):
    answer = house.caller().ask("GET", "/static/none.css")
    assert answer.status == 404
    assert "没有这个页面" in answer.text
    for name, value in {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Content-Type": "text/html; charset=utf-8",
        "Server": "nginx",
    }.items():
        assert answer.headers.get_all(name) == [value]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    style = house.caller().ask("GET", "/errors/error.css")
    assert (style.status, style.headers["Content-Type"].partition(";")[0]) == (200, "text/css")
    assert house.caller().ask("GET", "/errors/413.html").status == 404


def test_an_answer_of_the_product_has_each_header_once(clerk):
    answer = clerk.ask("GET", "/", headers={"Accept-Encoding": "gzip"})
    for name in ("X-Content-Type-Options", "Strict-Transport-Security", "Content-Security-Policy"):
        assert len(answer.headers.get_all(name)) == 1
    assert answer.headers.get_all("Cache-Control") == ["no-store"]
    assert answer.headers["Content-Encoding"] is None


def test_static_files_are_kept_for_ever_and_come_small(house, clerk):
    (name,) = set(re.findall(r"/static/css/office\.[0-9a-f]{12}\.css", clerk.ask("GET", "/").text))
    answer = house.caller().ask("GET", name, headers={"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert answer.headers.get_all("Cache-Control") == ["public, max-age=31536000, immutable"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    plain = house.caller().ask("GET", "/static/css/office.css")
    assert plain.headers["Cache-Control"] == "public, max-age=60"
    assert plain.text.startswith("/*")
    assert house.caller().ask("POST", "/static/css/office.css").status == 403


def test_the_log_says_who_asked_for_what_and_not_what_was_searched(house, clerk):
    clerk.ask("GET", "/inbox/to_do/?q=SEARCHED-FOR")
    assert "127.0.0.1" in house.log("nginx")
    assert '"GET /inbox/to_do/" 200' in house.log("nginx")
    assert "SEARCHED-FOR" not in house.log("nginx")


def test_a_website_that_is_away_is_said_to_be_away(house):
    web = next(child for child in house.children if child.name == "web")
    web.process.terminate()
    web.process.wait(60)
    answer = house.caller().ask("GET", "/")
    assert answer.status == 502
    assert "系统暂时无法使用" in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not house.alive("web")
    house.start_part("web")
    house.until_healthy()
