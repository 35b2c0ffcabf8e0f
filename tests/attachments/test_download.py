"""Every byte goes through the door of its record, with our type and as a download."""

import re
from datetime import date
from urllib.parse import unquote

import pytest

from activity.models import Event
from attachments.models import Attachment, FileType
from attachments.tasks import draw_pages
from documents.models import State
from tests.attachments import samples
from tests.documents.factories import paper_in

NAME = "关于印发《办法》的通知（2026）第3号.pdf"
STRANGERS = ["outsider", "superior", "reader", "handler", "chief", "two_posts"]
ADMINISTRATORS = ["system_admin", "security_admin", "auditor"]


@pytest.fixture
def attachment(attached):
    made = attached(samples.pdf(pages=2), NAME)
    draw_pages(made.pk)
    return made


def routes(attachment):
    base = f"/attachments/{attachment.pk}/"
    return [base, base + "preview/", base + "pages/1/"]


def events():
    return list(Event.objects.filter(verb="attachment.download"))


def name_in(disposition):
    """What a browser would call the file (RFC 8187)."""
    return unquote(re.fullmatch(r"attachment; filename\*=utf-8''(\S+)", disposition).group(1))


def test_a_download_is_the_very_bytes_with_our_type_under_its_own_name(signed_in, attachment):
    response = signed_in("clerk").get(routes(attachment)[0])
    assert response.status_code == 200
    assert response.getvalue() == samples.pdf(pages=2)
    assert response.headers["Content-Type"] == "application/pdf"
    assert int(response.headers["Content-Length"]) == attachment.size
    assert name_in(response.headers["Content-Disposition"]) == NAME


@pytest.mark.parametrize("route", [0, 2], ids=["file", "page"])
def test_an_answer_with_bytes_is_closed_and_private(signed_in, attachment, route):
    response = signed_in("clerk").get(routes(attachment)[route])
    response.close()
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_download_runs_nothing(signed_in, attachment):
    response = signed_in("clerk").get(routes(attachment)[0])
    response.close()
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
    attachment = attached(content, name)
    response = signed_in("clerk").get(routes(attachment)[0])
    response.close()
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    "name", ['a"b.pdf', "a;b.pdf", "a%0d%0ab.pdf", "a\r\nSet-Cookie: x=1.pdf", "百分之50%.pdf"]
)
def test_a_name_cannot_break_out_of_its_header(signed_in, attachment, name):
    Attachment.objects.update(name=name)
    response = signed_in("clerk").get(routes(attachment)[0])
    response.close()
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "\r" not in disposition
    assert "\n" not in disposition
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("who", [*STRANGERS, *ADMINISTRATORS])
def test_who_does_not_see_the_paper_finds_no_file(signed_in, attachment, who):
    client = signed_in(who)
    for route in routes(attachment):
        for answer in (client.get, client.head):
            assert answer(route).status_code == 404, route
        assert client.get(route, headers={"range": "bytes=0-9"}).status_code == 404, route
    assert events() == []


def test_nobody_is_sent_to_sign_in_first(client, attachment):
    for route in routes(attachment):
        assert client.get(route).headers["Location"].startswith("/sign-in/?next=")
    assert events() == []


def test_who_is_given_the_paper_is_given_its_file(signed_in, cast):
    content = samples.file(samples.pdf(pages=2), NAME)
    paper_in(State.HANDLING, cast, file=content)
    attachment = Attachment.objects.get()
    draw_pages(attachment.pk)
    for who, status in [("handler", 200), ("reader", 200), ("co_handler", 404), ("outsider", 404)]:
        client = signed_in(who)
        for route in routes(attachment):
            response = client.get(route)
            response.close()
            assert response.status_code == status, (who, route)


def test_the_door_closes_with_the_post(signed_in, attachment, cast, ended):
    ended(cast.clerk.posts[0], date(2024, 6, 3))
    client = signed_in("clerk")
    assert [client.get(route).status_code for route in routes(attachment)] == [404] * 3


@pytest.mark.parametrize(
    ("number", "status"), [("1", 200), ("2", 200), ("0", 404), ("3", 404), ("9" * 30, 404)]
)
def test_there_are_as_many_pages_as_were_drawn(signed_in, attachment, number, status):
    response = signed_in("clerk").get(f"/attachments/{attachment.pk}/pages/{number}/")
    response.close()
    assert response.status_code == status
    if status == 200:
        assert response.headers["Content-Type"] == "image/webp"


def test_a_file_that_is_not_drawn_has_no_pages_and_says_so(signed_in, attached):
    attachment = attached()
    client = signed_in("clerk")
    assert client.get(routes(attachment)[2]).status_code == 404
    assert "正在" in client.get(routes(attachment)[1]).content.decode()
    Attachment.objects.update(attempts=3)
    assert "下载" in client.get(routes(attachment)[1]).content.decode()


def test_a_file_nobody_knows_is_not_found(signed_in):
    client = signed_in("clerk")
    assert client.get("/attachments/999999/").status_code == 404
    assert client.get(f"/attachments/{'9' * 25}/").status_code == 404


def test_a_download_is_one_event_on_the_paper(signed_in, attachment, paper, cast):
    signed_in("clerk").get(routes(attachment)[0]).close()
    (event,) = events()
    assert (event.target, event.user, event.post) == (
        paper,
        cast.clerk.user,
        cast.clerk.posts[0],
    )
    assert event.details == {"file": NAME, "digest": attachment.digest}


def test_looking_at_pages_is_no_download(signed_in, attachment):
    client = signed_in("clerk")
    for route in routes(attachment)[1:]:
        client.get(route).close()
    assert events() == []


@pytest.mark.parametrize("headers", [{"range": "bytes=0-9"}, {"if-none-match": "*"}])
def test_other_ways_of_asking_get_the_same_file(signed_in, attachment, headers):
    response = signed_in("clerk").get(routes(attachment)[0], headers=headers)
    assert response.status_code == 200
    assert response.getvalue() == samples.pdf(pages=2)


def test_asking_for_the_headers_alone_is_no_download(signed_in, attachment):
    response = signed_in("clerk").head(routes(attachment)[0])
    response.close()
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content == b""
    assert events() == []


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_file_is_only_read(signed_in, attachment, method):
    client = signed_in("clerk")
    for route in routes(attachment):
        assert getattr(client, method)(route).status_code == 405


def test_bytes_that_are_lost_are_no_download(signed_in, attachment):
    """Nobody received anything, so nobody is written down as having received it."""
    client = signed_in("clerk")
    client.raise_request_exception = False
    _lose(attachment)
    assert client.get(routes(attachment)[0]).status_code in {404, 410, 500}
    assert events() == []


def _lose(attachment):
    from django.core.files.storage import storages

    storages["default"].delete(attachment.path)
