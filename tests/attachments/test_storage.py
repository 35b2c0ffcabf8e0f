"""Bytes are kept under their digest, whole or not at all, once."""

import hashlib
import os
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from attachments.checks import FileRefused
from attachments.models import Attachment, Content, Upload
from attachments.storage import ContentStorage
from tests.attachments import samples

NAME = "1/" + "a" * 64
ROOT = Path(settings.DATA_DIR) / "files"


@pytest.fixture
def storage(tmp_path):
    return ContentStorage(location=tmp_path)


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


class Breaking(ContentFile):
    """The connection, or the disk, fails in the middle."""

    def chunks(self, chunk_size=None):
        yield b"the first half"
        raise OSError("No space left on device")


def test_what_is_saved_is_there_whole_and_for_its_owner_and_group_only(storage, tmp_path):
    assert storage.save(NAME, ContentFile(b"bytes")) == NAME
    assert files(tmp_path) == [NAME]
    assert (tmp_path / NAME).read_bytes() == b"bytes"
    assert stat.S_IMODE(os.stat(tmp_path / NAME).st_mode) == 0o640
    assert stat.S_IMODE(os.stat(tmp_path / "1").st_mode) & 0o007 == 0


def test_a_failure_in_the_middle_leaves_nothing(storage, tmp_path):
    with pytest.raises(OSError, match="No space left"):
        storage.save(NAME, Breaking(b""))
    assert files(tmp_path) == []


def test_a_kill_before_the_name_is_given_leaves_no_file_of_that_name(
    storage, tmp_path, monkeypatch
):
    def killed(*paths):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        storage.save(NAME, ContentFile(b"bytes"))
    assert files(tmp_path) == []


def test_bytes_reach_the_disk_before_they_get_their_name(storage, tmp_path, monkeypatch):
    done = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("fsync"), fsync(handle)))
    monkeypatch.setattr(os, "replace", lambda *paths: (done.append("replace"), replace(*paths)))
    storage.save(NAME, ContentFile(b"bytes"))
    assert done == ["fsync", "replace", "fsync"]  # bytes, name, folder


def test_the_same_bytes_twice_are_one_file(storage, tmp_path):
    storage.save(NAME, ContentFile(b"bytes"))
    before = os.stat(tmp_path / NAME)
    assert storage.save(NAME, ContentFile(b"bytes")) == NAME
    assert files(tmp_path) == [NAME]
    assert os.stat(tmp_path / NAME).st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "1/../../outside"])
def test_nothing_is_stored_outside(storage, tmp_path, name):
    with pytest.raises(SuspiciousFileOperation):
        storage.save(name, ContentFile(b"bytes"))
    assert files(tmp_path) == []


def test_an_attached_file_lies_under_its_digest_in_its_procuratorate(attached, north):
    content = samples.pdf()
    attachment = attached(content, "../../../etc/passwd.pdf")
    path = attachment.content.path
    assert path == f"{north.pk}/{hashlib.sha256(content).hexdigest()}"
    with storages["default"].open(path) as file:
        assert file.read() == content


def test_one_file_on_two_papers_is_two_rows_and_one_content(attached):
    first, second = attached(), attached(name="复印件.pdf")
    assert first.pk != second.pk
    assert first.content == second.content
    assert Content.objects.count() == 1


def test_the_same_bytes_in_two_procuratorates_are_two_contents(received, cast):
    here, there = received().content, received(by=cast.outsider).content
    assert here.digest == there.digest
    assert here.path != there.path


@pytest.mark.parametrize(
    "name", ["关于印发《办法》的通知（2026）第3号.pdf", "字" * 200 + ".pdf", 'a"b;c%d.pdf']
)
def test_a_name_is_kept_byte_for_byte(attached, name):
    attachment = Attachment.objects.get(pk=attached(name=name).pk)
    assert attachment.name == name


def nothing_is_kept():
    return not Upload.objects.exists() and not Content.objects.exists()


def test_a_refused_file_leaves_neither_row_nor_bytes(received):
    before = files(ROOT)
    with pytest.raises(FileRefused):
        received(b"<html>")
    assert nothing_is_kept()
    assert files(ROOT) == before


def test_a_disk_that_is_full_leaves_neither_row_nor_bytes(received, monkeypatch):
    def full(handle):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = files(ROOT)
    with pytest.raises(OSError, match="No space left"):
        received(samples.pdf(pages=7))
    assert nothing_is_kept()
    assert files(ROOT) == before
