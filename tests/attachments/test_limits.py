"""What is large without looking it: bodies, names, pages, frames and sheets."""

import io

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from attachments import drawing
from attachments.checks import MAX_PAGES, FileRefused, inspect
from attachments.models import FileType
from tests.attachments import samples

FORM = {"sender": "丘陵市财政局", "title": "关于预算的函", "channel": "post", "copies": "1"}
KEY = {"key": "6a4c1f0e-52c3-4d37-9f0b-2f1a64c0a222"}


def file(content):
    return ContentFile(content, name="来文")


def test_a_large_body_is_refused_before_it_is_read(signed_in, settings):
    settings.UPLOAD_LIMIT_MB = 1
    large = SimpleUploadedFile("来文.pdf", b"%PDF-" + b"0" * 4_000_000)
    answer = signed_in("clerk").post("/documents/incoming/sign-for/", FORM | {"file": large})
    assert answer.status_code == 413
    assert "文件不能超过 1 MB" in answer.text
    assert "default-src" in answer["Content-Security-Policy"]


def test_without_signing_in_even_a_small_file_is_too_large(client, db):
    small = SimpleUploadedFile("来文.pdf", b"0" * 100_000)
    assert client.post("/sign-in/", {"file": small}).status_code == 413


def test_a_long_ending_of_a_large_file_is_no_error(signed_in, cast):
    content = samples.pdf() + b"\0" * 3_000_000  # large enough for a temporary file
    named = SimpleUploadedFile("a." + "长" * 100, content)
    answer = signed_in("clerk").post("/documents/incoming/sign-for/", FORM | KEY | {"file": named})
    assert answer.status_code == 302


@pytest.mark.parametrize("pages", [MAX_PAGES, MAX_PAGES + 1])
def test_a_pdf_has_at_most_so_many_pages(pages):
    content = file(samples.pdf(pages=pages))
    if pages == MAX_PAGES:
        assert inspect(content).type == FileType.PDF
    else:
        with pytest.raises(FileRefused, match="超过 500 页"):
            inspect(content)


def test_a_tiff_of_too_many_frames_is_refused():
    with pytest.raises(FileRefused, match="超过 500 页"):
        inspect(file(samples.tiff(MAX_PAGES + 1)))


def test_a_photograph_of_a_telephone_is_one_page():
    """JPEG with a second picture behind the first (MPO)."""
    first, second = (Image.new("RGB", (40, 30), colour) for colour in ("red", "blue"))
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    assert inspect(file(out.getvalue())).type == FileType.JPEG


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
