"""A name is shown in full without what hides or turns text, and saved under that same name."""

import re
from urllib.parse import unquote

import pytest

from attachments.models import Attachment, Upload
from attachments.names import disposition, hidden_characters, shown_name
from attachments.reading.kinds import ending_of
from tests.attachments.asking import body, routes

AS_SENT = [
    "关于印发《办法》的通知（2026）第3号.pdf",
    "陕检发〔2026〕5号.docx",
    "会议纪要（终稿）——第二次.doc",
    "“十五五”规划意见.wps",
    "附件1：名册【公示】.xlsx",
    "a b  c.pdf",
    'a"b.pdf',
    "a;b.pdf",
    "a'b.pdf",
    "50%.pdf",
    "a%22b.pdf",
    "a&b=c.pdf",
    "<b>粗.pdf",
    "{{ 7*7 }}.pdf",
    "#1 +2.pdf",
    "字" * 300 + ".pdf",
    "𠮷野㛃䶮.pdf",
    "ｆｕｌｌ．pdf",
    ".htaccess.txt",
    "-rf.pdf",
    "$(id).pdf",
    "CON.pdf",
]
CLEANED = [
    ("a\u202efdp.exe", "afdp.exe", 1),
    ("\u2066通知\u2069.pdf", "通知.pdf", 2),
    ("零\u200b宽\u200d.pdf", "零宽.pdf", 2),
    ("\ufeff开头.pdf", "开头.pdf", 1),
    ("换\r\n行.pdf", "换行.pdf", 2),
    ("制\t表\x00.pdf", "制表.pdf", 2),
    ("空\u3164白.pdf", "空白.pdf", 1),
    ("软\xad连字.pdf", "软连字.pdf", 1),
    ("行\u2028段\u2029.pdf", "行段.pdf", 2),
    ("\u200b", "—", 1),
]


def saved_as(header):
    """What a browser would call the file, by a reading as strict as RFC 8187."""
    form = r"attachment; filename=\"([\w .()-]*)\"; filename\*=UTF-8''([\w.~%-]+)"
    return unquote(re.fullmatch(form, header, re.ASCII).group(2), errors="strict")


@pytest.mark.parametrize("name", AS_SENT)
def test_an_honest_name_is_shown_and_saved_as_it_is(name):
    assert shown_name(name) == name
    assert hidden_characters(name) == 0
    assert saved_as(disposition(name)) == name


@pytest.mark.parametrize(("name", "shown", "hidden"), CLEANED)
def test_what_hides_or_turns_text_is_taken_out_and_counted(name, shown, hidden):
    assert (shown_name(name), hidden_characters(name)) == (shown, hidden)
    assert saved_as(disposition(name)) == shown


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\..\\x.pdf", "/etc/passwd", "C:\\x"])
def test_a_name_never_leads_to_another_folder(name):
    saved = saved_as(disposition(name))
    assert "/" not in saved
    assert "\\" not in saved


def test_a_name_of_hundreds_of_letters_keeps_its_ending_in_a_short_header():
    header = disposition("字" * 490 + ".pdf")
    assert len(header) < 3500
    assert saved_as(header).endswith("字.pdf")


def test_a_trick_is_visible_for_what_it_is(attached, signed_in):
    attachment = attached()
    name = "发票\u202efdp.exe"  # a browser would show 发票exe.pdf
    Attachment.objects.update(name=name)
    page = signed_in("clerk").get(attachment.target.get_absolute_url()).text
    assert "发票fdp.exe" in page
    assert "\u202e" not in page
    assert "文件名中有 1 个不可见字符未显示" in page
    assert ending_of(name) == "exe"
    download = signed_in("clerk").get(routes(attachment)[0])
    assert body(download)
    assert saved_as(download["Content-Disposition"]) == "发票fdp.exe"


def test_markup_in_a_name_is_text(received, signed_in, cast):
    upload = received(name='"><img src=x onerror=alert(1)>.pdf')
    form = {"attachments": str(upload.token), "sender": "", "title": ""}
    page = signed_in("clerk").post("/documents/incoming/sign-for/", form).text
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.pdf" in page
    assert Upload.objects.get().name == '"><img src=x onerror=alert(1)>.pdf'
