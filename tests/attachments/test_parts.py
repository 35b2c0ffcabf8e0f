"""Part of a file, or "you have it already": the same verdict and the same bytes (RFC 9110)."""

import pytest

from tests.attachments import samples
from tests.attachments.asking import body, events, routes

WHOLE = samples.pdf(pages=2)
SIZE = len(WHOLE)


def ask(client, attachment, route=0, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.get(routes(attachment)[route], headers=names)
    return response, body(response)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-9", 0, 9),
        ("bytes=10-", 10, SIZE - 1),
        ("bytes=-5", SIZE - 5, SIZE - 1),
        (f"bytes=0-{SIZE * 9}", 0, SIZE - 1),
        (f"bytes=-{SIZE * 9}", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-{SIZE - 1}", SIZE - 1, SIZE - 1),
    ],
)
def test_a_part_is_that_part(signed_in, attachment, asked, first, last):
    response, part = ask(signed_in("clerk"), attachment, range=asked)
    assert response.status_code == 206
    assert part == WHOLE[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert int(response["Content-Length"]) == len(part)
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE * 2}-{SIZE * 3}", "bytes=-0"])
def test_a_part_beyond_the_end_is_none(signed_in, attachment, asked):
    response, part = ask(signed_in("clerk"), attachment, range=asked)
    assert (response.status_code, part) == (416, b"")
    assert response["Content-Range"] == f"bytes */{SIZE}"
    assert events() == []


NONSENSE = ["bytes=9-0", "bytes=0-1,3-4", "bytes=", "bytes=-", "lines=1-2", "bytes=a-b", "x" * 99]


@pytest.mark.parametrize("asked", [*NONSENSE, "bytes=" + "9" * 5000 + "-"])
def test_what_cannot_be_read_gets_the_whole(signed_in, attachment, asked):
    response, content = ask(signed_in("clerk"), attachment, range=asked)
    assert (response.status_code, content) == (200, WHOLE)


def test_who_has_the_bytes_is_not_sent_them_again(signed_in, attachment):
    client = signed_in("clerk")
    tag = ask(client, attachment)[0]["ETag"]
    assert tag == f'"{attachment.content.digest}"'
    response, content = ask(client, attachment, if_none_match=tag)
    assert (response.status_code, content) == (304, b"")
    assert len(events()) == 1


def test_other_bytes_are_sent_whole(signed_in, attachment):
    client = signed_in("clerk")
    response, content = ask(client, attachment, if_none_match='"' + "0" * 64 + '"')
    assert (response.status_code, content) == (200, WHOLE)
    response, content = ask(client, attachment, range="bytes=0-9", if_range='"old"')
    assert (response.status_code, content) == (200, WHOLE)
    tag = response["ETag"]
    response, content = ask(client, attachment, range="bytes=0-9", if_range=tag)
    assert (response.status_code, content) == (206, WHOLE[:10])


def test_a_part_is_a_download_with_its_range(signed_in, attachment):
    ask(signed_in("clerk"), attachment, range="bytes=5-9")
    (event,) = events()
    assert event.details["range"] == f"bytes 5-9/{SIZE}"


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-9"}, {"range": "bytes=999999-"}])
@pytest.mark.parametrize("route", [0, 2])
def test_every_answer_carries_the_same_guard(signed_in, attachment, route, headers):
    response, _ = ask(signed_in("clerk"), attachment, route, **headers)
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("who", ["outsider", "chief", "system_admin"])
def test_a_known_tag_opens_no_door(signed_in, attachment, who):
    """Whoever may not see the paper does not learn that the bytes are still the same."""
    client = signed_in(who)
    for route in routes(attachment):
        for headers in (
            {"if-none-match": f'"{attachment.content.digest}"'},
            {"if-match": "*"},
            {"range": "bytes=0-1", "if-range": f'"{attachment.content.digest}"'},
        ):
            assert client.get(route, headers=headers).status_code == 404
            assert client.head(route, headers=headers).status_code == 404


def test_a_page_image_is_answered_in_the_same_way(signed_in, attachment):
    client = signed_in("clerk")
    response, picture = ask(client, attachment, 2)
    assert response["Content-Type"] == "image/jpeg"
    response, part = ask(client, attachment, 2, range="bytes=0-99")
    assert (response.status_code, part) == (206, picture[:100])
    response, part = ask(client, attachment, 2, if_none_match=response["ETag"])
    assert (response.status_code, part) == (304, b"")
