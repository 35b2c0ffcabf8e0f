"""Error pages: in Chinese, without a database, as private and as closed as every other page."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("tests.web.wrong_urls")

PAGES = {
    "bad": (400, "请求无法识别"),
    "forbidden": (403, "您没有这项权限"),
    "gone": (404, "没有这个页面"),
    "never-was": (404, "没有这个页面"),
    "broken": (500, "系统出了差错"),
}


@pytest.fixture
def client():
    """A visitor who sees what is answered, not what was raised. No test here may ask a database."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def assert_closed_and_private(response):
    policy = response.headers["Content-Security-Policy"]
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"


def assert_chinese(response, title):
    page = response.content.decode()
    assert '<html lang="zh-hans">' in page
    assert f"<h1>{title}</h1>" in page
    body = re.sub(r"<[^>]*>", "", page[page.index("<body") :])
    assert not re.search("[A-Za-z]{3}", body), body


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_is_chinese_closed_and_private(client, name):
    status, title = PAGES[name]
    response = client.get(f"/{name}/")
    assert response.status_code == status
    assert_chinese(response, title)
    assert_closed_and_private(response)


@pytest.mark.parametrize("language", ["zh-CN,zh;q=0.9,en;q=0.8", "zh-TW", "fr", "*", "x" * 600])
def test_a_browser_of_any_chinese_or_unknown_language_gets_chinese(client, language):
    response = client.get("/gone/", headers={"accept-language": language})
    assert_chinese(response, "没有这个页面")


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_tells_nothing_of_the_inside(client, name):
    response = client.get(f"/{name}/")
    assert "secret detail" not in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_a_refusal_with_a_reason_says_it(client):
    assert "这一行只能看，不能打开。" in client.get("/forbidden-because/").content.decode()


def test_a_form_without_its_token_is_refused_in_chinese(client):
    response = client.post("/post-only/")
    assert response.status_code == 403
    assert_chinese(response, "页面打开太久，已经失效")
    assert_closed_and_private(response)


def test_a_wrong_method_is_refused_in_chinese(client):
    response = client.get("/post-only/")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert_closed_and_private(response)
    assert '<html lang="zh-hans">' in response.content.decode()


def test_a_strange_host_is_refused_in_chinese(client):
    response = client.get("/gone/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert_chinese(response, "请求无法识别")
    assert_closed_and_private(response)


def test_head_is_answered_without_a_body(client):
    response = client.head("/gone/")
    assert (response.status_code, response.content) == (404, b"")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://testserver.evil.example"]
)
def test_no_other_site_may_read_an_answer(client, origin):
    response = client.get("/gone/", headers={"origin": origin})
    assert not [name for name in response.headers if name.startswith("Access-Control")]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
