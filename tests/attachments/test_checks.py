"""What is not taken is refused with a sentence that says what to do."""

import pytest
from django.utils import translation

from attachments.checks import ELSE, SENTENCES, FileRefused
from attachments.models import Content, Upload
from attachments.reading.answers import CODES
from tests.attachments import samples

KINDS = "只收 PDF、Word、WPS、Excel、OFD、PNG、JPEG、TIFF 和文本文件，请把来文存成 PDF 再上传。"
NAME = "文件名以 .png 结尾，内容却是 PDF，请改正文件名或者重新导出。"


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "来文.pdf", "文件没有内容，请重新扫描或者导出。"),
        (samples.zipped("a.txt"), "来文.docx", KINDS),
        (samples.picture("GIF"), "来文.png", KINDS),
        (samples.pdf(), "来文.png", NAME),
        (samples.pdf(), "来文", "文件名没有 .pdf 之类的后缀，请改名后再上传。"),
        (samples.encrypted_pdf(), "来文.pdf", "文件设有密码，请取消密码后再上传。"),
        (samples.png_that_declares(60_000, 60_000), "图.png", "图片超过 50 百万像素"),
    ],
    ids=["empty", "package", "gif", "name", "no ending", "password", "pixels"],
)
def test_a_refusal_says_what_to_do_and_keeps_nothing(received, content, name, sentence):
    with pytest.raises(FileRefused) as refused:
        received(content, name)
    assert sentence in str(refused.value)
    assert not Upload.objects.exists()
    assert not Content.objects.exists()


def test_a_file_over_the_limit_is_refused(received, settings):
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(FileRefused, match="文件超过 1 MB"):
        received(samples.pdf() + b"\0" * 1024 * 1024)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_reason_has_its_sentence(code):
    """Only a child that did not answer at all is told about in general words."""
    assert (code in SENTENCES) != (code == "unavailable")
    text = str(SENTENCES.get(code, ELSE))
    text.format_map({"limit": 1, "limit_mb": 1, "kind": "PDF", "ending": "x"})
