"""A file has the door of its record: by every address and every way of asking the same verdict."""

from datetime import date

import pytest

from attachments.models import Attachment, Content
from attachments.tasks import draw_pages
from documents.models import State
from tests.attachments import samples
from tests.attachments.asking import NAME, body, events, routes
from tests.documents.factories import paper_in

STRANGERS = ["outsider", "superior", "reader", "handler", "chief", "two_posts"]
ADMINISTRATORS = ["system_admin", "security_admin", "auditor"]


@pytest.mark.parametrize("who", [*STRANGERS, *ADMINISTRATORS])
def test_who_does_not_see_the_paper_finds_no_file(signed_in, attachment, who):
    client = signed_in(who)
    for route in routes(attachment):
        for answer in (client.get, client.head):
            assert answer(route).status_code == 404, route
        assert client.get(route, headers={"range": "bytes=0-9"}).status_code == 404, route
    assert events() == []


def test_a_visitor_is_asked_to_sign_in_first(client, attachment):
    for route in routes(attachment):
        assert client.get(route).headers["Location"].startswith("/sign-in/?next=")
    assert events() == []


def test_who_is_given_the_paper_is_given_its_file(signed_in, cast):
    content = samples.file(samples.pdf(pages=2), NAME)
    paper_in(State.HANDLING, cast, file=content)
    attachment = Attachment.objects.get()
    draw_pages(attachment.content_id)
    for who, status in [("handler", 200), ("reader", 200), ("two_posts", 404), ("outsider", 404)]:
        client = signed_in(who)
        for route in routes(attachment):
            response = client.get(route)
            body(response)
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
    body(response)
    assert response.status_code == status
    if status == 200:
        assert response.headers["Content-Type"] == "image/jpeg"


def test_a_file_that_is_not_drawn_has_no_pages_and_says_so(signed_in, attached):
    attachment = attached()
    client = signed_in("clerk")
    assert client.get(routes(attachment)[2]).status_code == 404
    assert "正在" in client.get(routes(attachment)[1]).content.decode()
    Content.objects.update(draw_attempts=3, read_attempts=3)
    assert "下载" in client.get(routes(attachment)[1]).content.decode()


def test_a_file_nobody_knows_is_not_found(signed_in):
    client = signed_in("clerk")
    assert client.get("/attachments/999999/").status_code == 404
    assert client.get(f"/attachments/{'9' * 25}/").status_code == 404


def test_looking_at_pages_is_no_download(signed_in, attachment):
    client = signed_in("clerk")
    for route in routes(attachment)[1:]:
        body(client.get(route))
    assert events() == []


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_file_is_only_read(signed_in, attachment, method):
    client = signed_in("clerk")
    for route in routes(attachment):
        assert getattr(client, method)(route).status_code == 405
