"""A page whose token is too old says so, and leads back to the form it came from."""

import pytest
from django.test import Client, RequestFactory

from web.views import csrf_failure


@pytest.fixture
def refused():
    """`refused(referer)` is the page that answers a form with a token of former times."""

    def send(referer):
        headers = {"Referer": referer} if referer else {}
        request = RequestFactory().post("/documents/incoming/17/instruct/", headers=headers)
        return csrf_failure(request).text

    return send


def test_it_leads_back_to_the_page_of_the_form(refused):
    page = refused("http://testserver/documents/incoming/17/")
    assert '"btn btn-primary kept-back" href="http://testserver/documents/incoming/17/">' in page


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://elsewhere.invalid/",
        "javascript:alert(1)",
        "http://testserver@elsewhere.invalid/",
    ],
)
def test_it_leads_nowhere_else(refused, referer):
    page = refused(referer)
    assert 'kept-back" href="/" hidden>' in page
    assert "elsewhere" not in page
    assert "javascript" not in page


@pytest.mark.urls("tests.web.wrong_urls")
def test_every_error_page_marks_what_was_sent_as_not_arrived():
    page = Client(raise_request_exception=False).get("/never-was/").text
    assert "js/kept" in page
    assert "data-user" not in page
    assert "没有丢失" in page


def test_an_error_page_names_the_person_so_that_another_one_s_text_is_forgotten(signed_in, cast):
    page = signed_in("reader").get("/documents/incoming/999/").text
    assert f'data-error data-user="{cast.reader.user.pk}"' in page
