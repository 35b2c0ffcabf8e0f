"""Language and size of type: chosen at one browser, on the page one is on, and kept."""

import re

import pytest
from launcher import strings

PAGE = "/documents/incoming/?title=%E9%80%9A%E7%9F%A5"


def choose(client, **words):
    return client.post("/appearance/language/", {"next": PAGE} | words)


def test_every_word_on_screen_stands_in_both_catalogues():
    assert strings.check() == 0


def test_the_switch_keeps_the_page_and_what_was_asked_for(signed_in):
    client = signed_in("clerk")
    assert choose(client, language="en").url == PAGE
    page = client.get(PAGE).text
    assert '<html lang="en"' in page
    assert "Register of incoming papers" in page
    assert 'value="通知"' in page
    assert f'name="next" value="{PAGE}"' in page
    choose(client, language="zh-hans")
    assert "收文登记簿" in client.get(PAGE).text


def test_a_stranger_switches_before_signing_in(client):
    choose(client, language="en")
    page = client.get("/sign-in/?next=/inbox/to_do/").text
    assert "Account" in page
    assert 'name="next" value="/sign-in/?next=/inbox/to_do/"' in page


def test_the_language_is_kept_when_the_browser_is_opened_again(client):
    cookie = choose(client, language="en").cookies["django_language"]
    assert int(cookie["max-age"]) > 300 * 24 * 3600
    assert cookie["httponly"]


def test_what_a_browser_prefers_does_not_matter(client):
    page = client.get("/sign-in/", headers={"accept-language": "en-US,en"}).text
    assert "登录" in page


@pytest.mark.parametrize("language", ["", "fr", "zh-hans; DROP"])
def test_a_language_we_do_not_have_changes_nothing(client, language):
    answer = choose(client, language=language)
    assert answer.url == PAGE
    assert not answer.cookies
    client.cookies["django_language"] = language or "xx"
    assert '<html lang="zh-hans"' in client.get("/sign-in/").text


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/", "//elsewhere.example", "", "javascript:x"]
)
@pytest.mark.parametrize("address", ["/appearance/language/", "/appearance/type/"])
def test_no_switch_leads_to_another_house(signed_in, address, page):
    assert signed_in("clerk").post(address, {"next": page, "language": "en"}).url == "/"


def test_large_type_is_switched_on_and_off(signed_in):
    client = signed_in("chief")
    answer = client.post("/appearance/type/", {"type": "large", "next": PAGE})
    assert answer.url == PAGE
    page = client.get(PAGE).text
    assert re.search(r'<html [^>]*class="large-type"', page)
    assert "常规字号" in page
    client.post("/appearance/type/", {"type": "ordinary", "next": PAGE})
    assert "large-type" not in client.get(PAGE).text


def test_in_english_no_word_of_ours_is_chinese(signed_in):
    """What is left is data: names of places and departments, and the name of the language."""
    client = signed_in("two_posts")
    choose(client, language="en")
    data = ("北丘县人民检察院", "办公室", "简体中文")
    for address in ("/", "/inbox/to_do/", "/inbox/read/", "/documents/incoming/", "/password/"):
        page = client.get(address).text
        for words in data:
            page = page.replace(words, "")
        assert re.findall("[\u4e00-\u9fff]+", page.replace(">检</span>", "")) == [], address
