"""The bytes and their row: kept together, forgotten together, always under the digest's lock."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import connection, transaction
from django.utils import timezone

from attachments.models import Content, ExtractedText, SecrecyStop
from attachments.models.content import DRAWN, READ, FileType
from attachments.reading import Found
from organization.models import Procuratorate

KEPT_UNATTACHED = timedelta(hours=24)


def keep(file: File[bytes], digest: str, found: Found, procuratorate: Procuratorate) -> Content:
    """Store the bytes under their digest, and their row; the same bytes are stored once.

    The bytes come first and the row second: a failure leaves bytes nobody can see, never a row
    without bytes. Raises OSError when the disk is full.
    """
    with transaction.atomic():
        _lock(procuratorate.pk, digest)
        type_ = FileType(found.kind)
        content = Content(procuratorate=procuratorate, digest=digest, size=file.size, type=type_)
        storages["default"].save(content.path, file)
        known = Content.objects.filter(procuratorate=procuratorate, digest=digest).first()
        if known:
            return known
        content.page_count = None if type_ in DRAWN else 0
        is_read = type_ not in READ or found.is_whole
        content.read_at = timezone.now() if is_read else None
        content.save()
        if type_ in READ and found.is_whole:
            ExtractedText.objects.create(content=content, text=found.text)
        return content


def forget_orphans(now: datetime) -> int:
    """Contents that hung on nothing for a day: their rows, bytes, page images and text."""
    old = Content.objects.orphaned().filter(kept_at__lt=now - KEPT_UNATTACHED)
    return sum(_forget(content) for content in old.iterator())


def _forget(content: Content) -> bool:
    """Not if it was attached in the meantime: whoever comes waits for the lock."""
    with transaction.atomic():
        _lock(content.procuratorate_id, content.digest)
        still = Content.objects.orphaned().filter(pk=content.pk).select_related("extracted")
        if not still.exists():
            return False
        _delete_rows(content)
        storages["default"].delete(content.path)
        forget_pages(content)
    return True


def _delete_rows(content: Content) -> None:
    SecrecyStop.objects.filter(content=content).update(content=None)
    ExtractedText.objects.filter(content=content).delete()
    content.delete()


def forget_pages(content: Content) -> None:
    pages = storages["pages"]
    for number in content.pages:
        pages.delete(content.page_path(number))
    pages.delete(content.path)  # their folder


def forget_strays(now: datetime) -> int:
    """Bytes a killed process left without a row, a day old or more: on disk, in every folder."""
    storage = storages["default"]
    gone = 0
    for folder in filter(str.isdecimal, storage.listdir("")[0]):
        for name in storage.listdir(folder)[1]:
            with suppress(FileNotFoundError):  # another sweep, or the upload itself, was quicker
                if storage.get_modified_time(f"{folder}/{name}") < now - KEPT_UNATTACHED:
                    gone += _forget_stray(folder, name)
    return gone


def _forget_stray(folder: str, name: str) -> bool:
    with transaction.atomic():
        _lock(int(folder), name)
        if Content.objects.filter(procuratorate=int(folder), digest=name).exists():
            return False
        storages["default"].delete(f"{folder}/{name}")
        return True


def _lock(procuratorate_id: int, digest: str) -> None:
    """Held until the transaction ends: nobody keeps these bytes while another removes them."""
    name = f"{procuratorate_id}/{digest}".encode()
    key = int.from_bytes(hashlib.sha256(name).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
