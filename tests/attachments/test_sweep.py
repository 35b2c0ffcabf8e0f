"""What was never attached goes after a day; what hangs on a record never does."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from attachments import contents
from attachments.flow import attach
from attachments.models import Content, ExtractedText, Upload
from attachments.tasks import draw_pages, read_text, sweep_strays, sweep_uploads
from tests.attachments import samples

DAY = timedelta(hours=24)


def age(content, by=DAY + timedelta(minutes=1)):
    then = timezone.now() - by
    Content.objects.filter(pk=content.pk).update(kept_at=then)
    Upload.objects.filter(content=content).update(at=then)


def is_stored(content):
    return storages["default"].exists(content.path)


def test_after_a_day_an_upload_is_gone_with_bytes_pages_and_text(received):
    content = received(samples.pdf(pages=2)).content
    draw_pages(content.pk)
    read_text(content.pk)
    content.refresh_from_db()
    age(content)
    assert sweep_uploads() == 1
    assert not Upload.objects.exists()
    assert not Content.objects.exists()
    assert not ExtractedText.objects.exists()
    assert not is_stored(content)
    assert not storages["pages"].exists(content.path)


def test_within_the_day_it_stays(received):
    content = received().content
    age(content, DAY - timedelta(minutes=5))
    assert sweep_uploads() == 0
    assert is_stored(content)
    assert Upload.objects.exists()


def test_what_hangs_on_a_record_stays(attached):
    content = attached().content
    age(content, timedelta(days=400))
    assert sweep_uploads() == 0
    assert is_stored(content)


def test_bytes_that_another_upload_needs_stay(received):
    old, new = received(), received(name="再次.pdf")
    assert old.content == new.content
    Upload.objects.filter(pk=old.pk).update(at=timezone.now() - DAY * 2)
    Content.objects.update(kept_at=timezone.now() - DAY * 2)
    sweep_uploads()
    assert list(Upload.objects.all()) == [new]
    assert is_stored(new.content)


def test_bytes_of_another_procuratorate_stay(received, cast):
    here, there = received().content, received(by=cast.outsider).content
    age(here)
    sweep_uploads()
    assert not is_stored(here)
    assert is_stored(there)


def test_a_file_swept_a_moment_ago_can_come_again(received):
    content = received().content
    age(content)
    sweep_uploads()
    assert is_stored(received().content)


def test_what_is_attached_between_looking_and_sweeping_stays(received, paper, cast, monkeypatch):
    upload = received()
    age(upload.content)
    Upload.objects.update(at=timezone.now())
    lock = contents._lock

    def attached_meanwhile(*names):
        attach([upload], paper, by=cast.clerk, post=cast.clerk.posts[0])
        lock(*names)

    monkeypatch.setattr(contents, "_lock", attached_meanwhile)
    orphans = Content.objects.filter(pk=upload.content_id)
    monkeypatch.setattr(contents, "_orphans", lambda now: orphans, raising=False)
    contents._forget(upload.content)
    assert is_stored(upload.content)
    assert Content.objects.exists()


def stray(name="b" * 64, folder="1", hours=25):
    path = Path(storages["default"].path(f"{folder}/{name}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left by a killed process")
    then = timezone.now().timestamp() - hours * 3600
    os.utime(path, (then, then))
    return path


def test_bytes_without_a_row_go_after_a_day(received, north):
    content = received().content
    old = timezone.now().timestamp() - 90_000
    os.utime(storages["default"].path(content.path), (old, old))
    left = [stray(folder=str(north.pk)), stray(".part-x", folder=str(north.pk))]
    young = stray("c" * 64, folder=str(north.pk), hours=23)
    sweep_strays()
    assert [path.exists() for path in left] == [False, False]
    assert young.exists()
    assert is_stored(content)
    young.unlink()


def test_half_received_files_of_a_killed_process_go_after_a_day(db):
    folder = Path(settings.INCOMING_DIR)
    folder.mkdir(exist_ok=True)
    old, young = folder / "upload-old", folder / "upload-young"
    for path in (old, young):
        path.write_bytes(b"%PDF-")
    os.utime(old, (0, 0))
    sweep_uploads()
    assert (old.exists(), young.exists()) == (False, True)
    young.unlink()


def test_a_file_is_kept_once_however_often_it_comes(received):
    first = received().content
    storages["default"].save("9/" + "d" * 64, ContentFile(b"other"))
    assert received(name="再次.pdf").content == first
    assert Content.objects.count() == 1
    storages["default"].delete("9/" + "d" * 64)


@pytest.mark.parametrize("folder", ["lost+found", "x"])
def test_folders_that_are_not_ours_are_left_alone(folder, north):
    other = stray("e" * 64, folder=folder)
    sweep_strays()
    assert other.exists()
    other.unlink()
    other.parent.rmdir()
