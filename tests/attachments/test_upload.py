"""One file comes in by itself: its line in the form, or a sentence why not."""

import hashlib
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attachments import flow
from attachments.models import Attachment, Content, Upload
from documents.models import State
from tests.attachments import samples
from tests.documents.factories import paper_in

ADDRESS = "/attachments/upload/"


def send(client, content=None, name="来文.pdf", **more):
    content = samples.pdf() if content is None else content
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)} | more)


def test_a_file_that_came_has_a_line_with_its_token(signed_in, cast):
    answer = send(signed_in("clerk"))
    upload = Upload.objects.get()
    assert answer.status_code == 200
    assert f'name="attachments" value="{upload.token}"' in answer.text
    assert "来文.pdf" in answer.text
    assert (upload.user, upload.procuratorate) == (cast.clerk.user, cast.clerk.procuratorate)


def test_the_digest_is_taken_while_the_file_comes_in(signed_in, monkeypatch):
    content = samples.pdf(pages=3) + b"\0" * 3_000_000
    seen = []
    monkeypatch.setattr(flow, "digest_of", lambda file: seen.append(file.digest) or file.digest)
    send(signed_in("clerk"), content)
    assert seen == [hashlib.sha256(content).hexdigest()] == [Content.objects.get().digest]


def test_what_came_in_leaves_nothing_in_the_folder_it_came_through(signed_in, settings):
    client = signed_in("clerk")
    send(client)
    send(client, b"<html>")
    assert os.listdir(settings.INCOMING_DIR) == []


@pytest.mark.parametrize(
    "name",
    [
        "关于印发《办法》的通知（2026）第3号.pdf",
        "a\u202efdp.pdf",
        "零\u200b宽.pdf",
        " 前后有空格 .pdf",
        "字" * 300 + ".pdf",
        "..\\..\\x.pdf",
        "/etc/passwd.pdf",
        "%2e%2e%2fx.pdf",
        "𠮷野㛃䶮.pdf",
    ],
)
def test_a_name_is_kept_byte_for_byte_as_it_was_sent(signed_in, name):
    """The browser's own field loses letters on the way, so the name comes beside the file."""
    answer = send(signed_in("clerk"), name="x.pdf", name_as_sent=name)
    assert answer.status_code == 200
    assert Upload.objects.get().name == name


def test_without_that_field_the_name_of_the_file_counts(signed_in):
    send(signed_in("clerk"), name="传真.pdf")
    assert Upload.objects.get().name == "传真.pdf"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<html><script>alert(1)</script>", "来文.pdf", "可运行的内容"),
        (None, "来文.html", "请改正文件名或者重新导出"),
        (b"", "来文.pdf", "文件没有内容"),
        (None, "长" * 600 + ".pdf", "文件名太长"),
    ],
)
def test_a_refusal_is_one_sentence_in_plain_text(signed_in, content, name, sentence):
    answer = send(signed_in("clerk"), content, "x.pdf", name_as_sent=name)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert sentence in answer.text
    assert not Upload.objects.exists()


def test_without_a_file_nothing_happens(signed_in):
    answer = signed_in("clerk").post(ADDRESS, {"name_as_sent": "来文.pdf"})
    assert (answer.status_code, answer.text) == (422, "没有收到文件，请重新选择。")


def test_a_full_disk_is_told_and_leaves_nothing(signed_in, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = send(signed_in("clerk"))
    assert answer.status_code == 507
    assert "可能是存储空间不足" in answer.text
    assert not Upload.objects.exists()
    assert not Content.objects.exists()


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_administrators_bring_no_files(signed_in, who):
    assert send(signed_in(who)).status_code == 403
    assert not Upload.objects.exists()


def test_the_same_file_on_a_paper_one_sees_is_named(signed_in, attached, paper):
    attached()
    answer = send(signed_in("clerk"))
    assert paper.title in answer.text
    assert paper.get_absolute_url() in answer.text


def test_the_same_file_on_a_paper_one_does_not_see_is_not_named(signed_in, attached, paper):
    attached()
    for who in ("handler", "outsider"):
        answer = send(signed_in(who))
        assert answer.status_code == 200
        assert paper.title not in answer.text


def test_too_many_waiting_files_are_refused(signed_in, received, monkeypatch):
    monkeypatch.setattr(flow, "MOST_WAITING", 2)
    received(samples.pdf(1))
    received(samples.pdf(2))
    answer = send(signed_in("clerk"), samples.pdf(3))
    assert answer.status_code == 422
    assert "请您先提交" in answer.text


def test_too_much_waiting_is_refused_too(signed_in, received, monkeypatch):
    monkeypatch.setattr(flow, "MOST_WAITING_MB", 0)
    received(samples.pdf(1))
    assert send(signed_in("clerk"), samples.pdf(2)).status_code == 422


def test_a_file_is_attached_once(received, cast):
    """Two tabs with the same form: the second is too late."""
    from activity.steps import StepClosed

    upload = received()
    first, second = (paper_in(State.SIGNED_FOR, cast) for _ in range(2))
    flow.attach([upload], first, by=cast.clerk, post=cast.clerk.posts[0])
    with pytest.raises(StepClosed):
        flow.attach([upload], second, by=cast.clerk, post=cast.clerk.posts[0])
    assert [file.target for file in Attachment.objects.all()] == [first]
    assert not Upload.objects.exists()
