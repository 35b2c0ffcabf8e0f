"""Behind nginx the bytes are sent by it: the record is asked and the event written all the same."""

from pathlib import Path

import pytest
from django.conf import settings as product
from django.core.files.base import ContentFile

from attachments.answers import answer
from attachments.storage import ContentStorage
from tests.attachments import samples
from tests.attachments.asking import NAME, body, events, routes
from tests.attachments.test_download import name_in

WHOLE = samples.pdf(pages=2)
KEPT = (
    "Content-Type",
    "ETag",
    "Content-Security-Policy",
    "Cache-Control",
    "X-Content-Type-Options",
    "Cross-Origin-Resource-Policy",
)


@pytest.fixture
def _behind_nginx(settings):
    settings.INTERNAL_DOWNLOADS = True


def place_of(response):
    """The file that nginx would send."""
    said = response.headers["X-Accel-Redirect"]
    assert said.startswith("/protected/")
    return Path(product.DATA_DIR) / said.removeprefix("/protected/")


def test_without_the_setting_nothing_points_anywhere(signed_in, attachment):
    client = signed_in("clerk")
    forced = {"X-Accel-Redirect": "/protected/files/1/x", "X-Sendfile-Type": "X-Accel-Redirect"}
    for route in routes(attachment)[::2]:
        response = client.get(route, headers=forced)
        assert "X-Accel-Redirect" not in response.headers
        assert body(response)


@pytest.mark.usefixtures("_behind_nginx")
def test_the_answer_names_the_place_of_the_very_bytes(signed_in, attachment):
    response = signed_in("clerk").get(routes(attachment)[0])
    assert (response.status_code, body(response)) == (200, b"")
    assert place_of(response).read_bytes() == WHOLE
    assert name_in(response.headers["Content-Disposition"]) == NAME


@pytest.mark.usefixtures("_behind_nginx")
def test_a_page_image_is_named_in_the_same_way(signed_in, attachment):
    response = signed_in("clerk").get(routes(attachment)[2])
    assert place_of(response).read_bytes().startswith(b"\xff\xd8")


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-9"}, {"range": "bytes=99999999-"}])
@pytest.mark.parametrize("route", [0, 2])
def test_the_headers_are_those_of_an_answer_with_bytes(
    signed_in, attachment, settings, route, headers
):
    address, client = routes(attachment)[route], signed_in("clerk")
    direct = client.get(address, headers=headers)
    body(direct)
    settings.INTERNAL_DOWNLOADS = True
    named = client.get(address, headers=headers)
    assert named.status_code == direct.status_code
    assert [named.headers.get(name) for name in KEPT] == [direct.headers.get(name) for name in KEPT]


@pytest.mark.usefixtures("_behind_nginx")
def test_each_download_is_an_event_with_its_part(signed_in, attachment):
    client = signed_in("clerk")
    client.get(routes(attachment)[0])
    client.get(routes(attachment)[0], headers={"range": "bytes=5-9"})
    parts = sorted(event.details.get("range", "") for event in events())
    assert parts == ["", f"bytes 5-9/{len(WHOLE)}"]


@pytest.mark.usefixtures("_behind_nginx")
def test_who_gets_no_bytes_gets_no_place_either(signed_in, attachment):
    client = signed_in("clerk")
    for headers in ({"if-none-match": f'"{attachment.content.digest}"'}, {"range": "bytes=-0"}):
        response = client.get(routes(attachment)[0], headers=headers)
        assert response.status_code in {304, 416}
        assert "X-Accel-Redirect" not in response.headers
    assert events() == []


@pytest.mark.usefixtures("_behind_nginx")
@pytest.mark.parametrize("who", ["outsider", "chief", "system_admin"])
def test_a_stranger_learns_no_place(signed_in, attachment, who):
    client = signed_in(who)
    for route in routes(attachment):
        response = client.get(route, headers={"X-Accel-Redirect": "/protected/files/"})
        assert response.status_code == 404
        assert "X-Accel-Redirect" not in response.headers
    assert events() == []


@pytest.mark.usefixtures("_behind_nginx")
def test_bytes_that_are_lost_are_no_download(signed_in, attachment):
    client = signed_in("clerk")
    client.raise_request_exception = False
    place_of(client.head(routes(attachment)[0])).unlink()
    assert client.get(routes(attachment)[0]).status_code in {404, 410, 500}
    assert events() == []


@pytest.mark.usefixtures("_behind_nginx")
def test_the_place_is_written_as_an_address(rf):
    storage = ContentStorage(location=Path(product.DATA_DIR) / "files")
    storage.save("一号/机 100%?.pdf", ContentFile(b"x"))
    response = answer(rf.get("/"), storage, "一号/机 100%?.pdf", etag="e", content_type="a/b")
    assert response.headers["X-Accel-Redirect"] == (
        "/protected/files/%E4%B8%80%E5%8F%B7/%E6%9C%BA%20100%25%3F.pdf"
    )


@pytest.mark.usefixtures("_behind_nginx")
def test_a_file_outside_data_dir_is_not_named(rf, tmp_path):
    storage = ContentStorage(location=tmp_path)
    storage.save("x", ContentFile(b"x"))
    with pytest.raises(ValueError, match="not in the subpath"):
        answer(rf.get("/"), storage, "x", etag="e", content_type="a/b")
