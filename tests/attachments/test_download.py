"""Every byte goes through the door of its record, with our type and as a download."""

import re
from urllib.parse import unquote

import pytest
from django.core.files.storage import storages

from attachments.models import Attachment, FileType
from attachments.reading.kinds import ENDINGS
from tests.attachments import samples
from tests.attachments.asking import NAME, body, events, routes


def name_in(disposition):
    """What a browser would call the file (RFC 8187); older programs get a plain name."""
    form = r"attachment; filename=\"[\w .()-]*\"; filename\*=UTF-8''([\w.~%-]+)"
    return unquote(re.fullmatch(form, disposition, re.ASCII).group(1))


def test_a_download_is_the_very_bytes_with_our_type_under_its_own_name(signed_in, attachment):
    response = signed_in("clerk").get(routes(attachment)[0])
    assert response.status_code == 200
    assert body(response) == samples.pdf(pages=2)
    assert response.headers["Content-Type"] == "application/pdf"
    assert int(response.headers["Content-Length"]) == attachment.content.size
    assert name_in(response.headers["Content-Disposition"]) == NAME


@pytest.mark.parametrize("route", [0, 2], ids=["file", "page"])
def test_an_answer_with_bytes_is_closed_and_private(signed_in, attachment, route):
    response = signed_in("clerk").get(routes(attachment)[route])
    body(response)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_download_runs_nothing(signed_in, attachment):
    response = signed_in("clerk").get(routes(attachment)[0])
    body(response)
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.pdf(), FileType.PDF),
        (samples.picture("PNG"), FileType.PNG),
        (samples.picture("JPEG"), FileType.JPEG),
        (samples.tiff(2), FileType.TIFF),
    ],
    ids=["pdf", "png", "jpeg", "tiff"],
)
@pytest.mark.parametrize("name", ["来文.html", "来文.svg", "x.js"])
def test_the_type_is_ours_and_never_the_names(signed_in, attached, content, kind, name):
    attachment = attached(content, f"来文.{ENDINGS[kind][0]}")
    Attachment.objects.update(name=name)
    response = signed_in("clerk").get(routes(attachment)[0])
    body(response)
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    "name", ['a"b.pdf', "a;b.pdf", "a%0d%0ab.pdf", "a\r\nSet-Cookie: x=1.pdf", "百分之50%.pdf"]
)
def test_a_name_cannot_break_out_of_its_header(signed_in, attachment, name):
    Attachment.objects.update(name=name)
    response = signed_in("clerk").get(routes(attachment)[0])
    body(response)
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "\r" not in disposition
    assert "\n" not in disposition
    assert "Set-Cookie" not in response.headers


def test_a_download_is_one_event_on_the_paper(signed_in, attachment, paper, cast):
    body(signed_in("clerk").get(routes(attachment)[0]))
    (event,) = events()
    assert (event.target, event.user, event.post) == (
        paper,
        cast.clerk.user,
        cast.clerk.posts[0],
    )
    assert event.details == {"file": NAME, "digest": attachment.content.digest}


def test_asking_for_the_headers_alone_gets_them_alone(signed_in, attachment):
    response = signed_in("clerk").head(routes(attachment)[0])
    assert body(response) == b""
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    assert events() == []


def test_bytes_that_are_lost_are_no_download(signed_in, attachment):
    """Nobody received anything, so nobody is written down as having received it."""
    client = signed_in("clerk")
    client.raise_request_exception = False
    storages["default"].delete(attachment.content.path)
    assert client.get(routes(attachment)[0]).status_code in {404, 410, 500}
    assert events() == []
