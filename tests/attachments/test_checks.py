"""What a file is, is read from its content; what cannot be taken is refused with what to do."""

import hashlib
import time

import pytest
from django.utils import translation

from attachments.checks import FileRefused, inspect
from attachments.models import FileType
from tests.attachments import samples
from tests.attachments.samples import file

ONLY = "只收 PDF、PNG、JPEG、TIFF 文件，请把来文存成 PDF 再上传。"
EMPTY = "文件是空的，请重新扫描或者导出。"
SHUT = "PDF 打不开：文件已损坏或者有密码，请重新导出。"
NO_PAGES = "PDF 里没有页面，请重新导出。"
TOO_MANY_PIXELS = "图片超过 50 百万像素，请用 200 dpi 重新扫描。"
TOO_LARGE = "文件超过 1 MB，请拆分，或者用 200 dpi 重新扫描。"


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def refusal(content, name="来文.pdf"):
    with pytest.raises(FileRefused) as refused:
        inspect(file(content, name))
    return str(refused.value)


@pytest.mark.parametrize(
    "name", ["来文.pdf", "来文.exe", "来文.html", "无后缀", "图.png", "图.jpeg.svg"]
)
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.pdf(), FileType.PDF),
        (samples.picture("PNG"), FileType.PNG),
        (samples.picture("JPEG"), FileType.JPEG),
        (samples.picture("TIFF"), FileType.TIFF),
        (samples.tiff(3), FileType.TIFF),
    ],
    ids=["pdf", "png", "jpeg", "tiff", "tiff of three"],
)
def test_the_type_is_read_from_the_content_whatever_the_name(content, kind, name):
    assert inspect(file(content, name)).type == kind


def test_digest_and_size_are_those_of_the_bytes():
    content = samples.pdf()
    taken = file(content)
    found = inspect(taken)
    assert (found.digest, found.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert taken.read() == content  # and it can be read again by whoever comes next


@pytest.mark.parametrize("name", ["来文.pdf", "来文.png", "来文"])
@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"MZ\x90\x00" + b"\0" * 400,
        samples.zipped("a.txt"),
        samples.zipped("[Content_Types].xml", "word/document.xml"),
        "关于报送年度工作总结的通知".encode(),
        b"\0",
        samples.picture("GIF"),
        samples.picture("WEBP"),
        samples.picture("BMP"),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"II*\x00\xff\xff\xff\xff",
        b"\x7fELF" + b"\0" * 400,
    ],
    ids=[
        *("html", "svg", "exe", "zip", "docx", "text", "one byte", "gif", "webp", "bmp"),
        *("cut png", "cut jpeg", "cut tiff", "elf"),
    ],
)
def test_everything_else_is_refused_whatever_the_name(content, name):
    assert refusal(content, name) == ONLY


def test_an_empty_file_is_refused():
    assert refusal(b"") == EMPTY


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nnothing follows",
        b"%PDF-",
        samples.pdf()[:60],
        b"%PDF-1.7\n<script>alert(1)</script>",
        samples.encrypted_pdf(),
    ],
    ids=["no body", "only the mark", "cut", "html behind the mark", "password"],
)
def test_a_pdf_that_does_not_open_is_refused(content):
    assert refusal(content) == SHUT


def test_a_pdf_without_pages_is_refused():
    assert refusal(samples.pdf_without_pages()) in {SHUT, NO_PAGES}


@pytest.mark.parametrize(("width", "height"), [(8000, 8000), (7072, 7072), (1, 60_000_000)])
def test_a_picture_of_too_many_pixels_is_refused(width, height):
    assert refusal(samples.png_that_declares(width, height)) == TOO_MANY_PIXELS


def test_a_picture_of_as_many_pixels_as_are_allowed_is_taken():
    assert inspect(file(samples.png_that_declares(5000, 10_000))).type == FileType.PNG


def test_a_picture_that_declares_gigapixels_is_refused_without_being_decoded():
    content = samples.png_that_declares(60_000, 60_000)
    assert len(content) < 1000
    began = time.monotonic()
    assert refusal(content) in {TOO_MANY_PIXELS, ONLY}
    assert time.monotonic() - began < 1


def test_a_later_frame_of_too_many_pixels_is_refused():
    """A small first page says nothing about the second."""
    content = samples.tiff_with_a_huge_second_frame(8000)
    assert len(content) < 10_000
    assert refusal(content) == TOO_MANY_PIXELS


def test_a_picture_with_a_remark_that_explodes_is_refused():
    content = samples.png_with_a_text_bomb()
    assert len(content) < 20_000
    assert refusal(content) == ONLY


def test_a_file_over_the_limit_is_refused(settings):
    settings.UPLOAD_LIMIT_MB = 1
    limit = 1024 * 1024
    whole = samples.pdf()
    assert inspect(file(whole + b"\0" * (limit - len(whole)))).size == limit
    assert refusal(whole + b"\0" * (limit + 1 - len(whole))) == TOO_LARGE
