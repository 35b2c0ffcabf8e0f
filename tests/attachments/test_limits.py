"""What is large without looking it: bodies, names, pages, frames and sheets."""

import io
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attachments import drawing
from attachments.models import Upload
from tests.attachments import samples

ADDRESS = "/attachments/upload/"


def test_a_large_body_is_refused_before_it_is_read(signed_in, settings):
    settings.UPLOAD_LIMIT_MB = 1
    large = SimpleUploadedFile("来文.pdf", b"%PDF-" + b"0" * 4_000_000)
    answer = signed_in("clerk").post(ADDRESS, {"file": large})
    assert answer.status_code == 413
    assert "文件不能超过 1 MB" in answer.text
    assert "default-src" in answer["Content-Security-Policy"]


def test_a_body_that_lies_about_its_length_is_stopped_on_the_way(signed_in, settings):
    """The front door believes the header; the file itself is counted as it comes in."""
    settings.UPLOAD_LIMIT_MB = 1
    large = SimpleUploadedFile("来文.pdf", b"%PDF-" + b"0" * (1024 * 1024 - 4))
    answer = signed_in("clerk").post(ADDRESS, {"file": large})
    assert answer.status_code == 413
    assert "文件不能超过 1 MB" in answer.text
    assert list(Path(settings.INCOMING_DIR).iterdir()) == []


def test_a_file_of_just_the_limit_is_taken(signed_in, settings):
    settings.UPLOAD_LIMIT_MB = 1
    whole = samples.pdf()
    whole += b"\0" * (1024 * 1024 - len(whole))
    answer = signed_in("clerk").post(ADDRESS, {"file": SimpleUploadedFile("来文.pdf", whole)})
    assert answer.status_code == 200


def test_only_one_address_takes_large_bodies(signed_in):
    client, large = signed_in("clerk"), b"0" * 3_000_000
    for sent in ({"title": "长" * 1_000_000}, {"file": SimpleUploadedFile("来文.pdf", large)}):
        assert client.post("/documents/incoming/sign-for/", sent).status_code == 413


@pytest.mark.parametrize("count", [3, 10_000])
def test_a_flood_of_files_is_refused(signed_in, count):
    part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-\r\n'
    body = part.encode() * count + b"--x--\r\n"
    answer = signed_in("clerk").post(ADDRESS, body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"--x\r\nX-Long: " + b"a" * 1_000_000 + b"\r\n\r\n\r\n--x--\r\n",
        b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n--y--\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name=""; filename=""\r\n\r\n\r\n--x--\r\n',
        b"--x",
        b"",
    ],
    ids=["endless header", "parts in parts", "no names", "cut", "nothing"],
)
def test_a_body_that_is_no_form_is_refused(signed_in, body):
    answer = signed_in("clerk").post(ADDRESS, body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in {400, 413, 422}
    assert not Upload.objects.exists()


def test_two_files_in_the_place_of_one_are_one(signed_in):
    files = [SimpleUploadedFile(name, samples.pdf()) for name in ("a.pdf", "b.pdf")]
    answer = signed_in("clerk").post(ADDRESS, {"file": files})
    assert answer.status_code == 200
    assert Upload.objects.get().name == "b.pdf"


def test_without_signing_in_even_a_small_file_is_too_large(client, db):
    small = SimpleUploadedFile("来文.pdf", b"0" * 100_000)
    assert client.post("/sign-in/", {"file": small}).status_code == 413


@pytest.mark.parametrize(("width", "height"), [(595, 842), (700, 60_000), (60_000, 700), (1, 1)])
def test_no_sheet_becomes_a_giant_picture(width, height):
    scale = drawing._scale(width, height)
    assert width * scale <= drawing.WIDEST + 1
    assert width * height * scale**2 <= drawing.MOST_PIXELS * 1.01


def test_a_tall_pdf_is_drawn_small():
    document = pypdfium2.PdfDocument.new()
    document.new_page(700, 10_000)
    out = io.BytesIO()
    document.save(out)
    (image,) = drawing._pdf_pages(out.getvalue())
    assert image.width * image.height <= drawing.MOST_PIXELS * 1.01
