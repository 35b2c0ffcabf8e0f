"""How a file comes in, and onto a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.record import record as write_event
from activity.steps import StepClosed
from activity.wake import wake
from attachments import access, contents, secrecy, stops
from attachments.checks import FileRefused, examine
from attachments.models import Attachment, Upload
from attachments.tasks import draw_pages, read_text
from attachments.uploads import digest_of, on_disk
from organization.actor import Actor
from organization.models import Post

MOST_WAITING = 100  # files that one person may have received and not yet attached
MOST_WAITING_MB = 1000


def receive(file: File[bytes], name: str, *, by: Actor) -> Upload:
    """Take in a file for a form of `by`. Nothing of it is kept when it is refused.

    Raises FileRefused with a sentence: what it is, a mark of secrecy, too many files waiting.
    """
    if by.user is None or not access.may_upload(by):
        raise PermissionDenied(access.WHO_UPLOADS)
    _refuse_too_many(by)
    digest = digest_of(file)
    with on_disk(file) as path:
        found = examine(path, name)
    place = secrecy.place_of_mark(name, found.text) or stops.place_of_open_stop(digest, by)
    if place:
        stops.refuse_unless_released(digest, place, by)
    with transaction.atomic():
        content = contents.keep(file, digest, found, by.procuratorate)
        if content.shut_at:
            raise FileRefused(stops.sentence_when_shut())
        if content.read_at is None:
            wake(read_text, content.pk)  # first: a mark further on shuts the file
        wake(draw_pages, content.pk)
        return Upload.objects.create(
            procuratorate=by.procuratorate,
            user=by.user,
            content=content,
            name=name,
            is_readable=found.readable,
            at=timezone.now(),
        )


def attach(uploads: Sequence[Upload], record: Any, *, by: Actor, post: Post) -> list[Attachment]:
    """Hang received files on `record`, inside the caller's transaction.

    For a file that nobody but a person can read, `by` has said that it bears no mark of secrecy;
    that is an event. Raises StepClosed when a file was attached or swept in the meantime.
    """
    wanted = Upload.objects.select_for_update().select_related("content")
    found = list(wanted.visible_to(by).filter(pk__in=[upload.pk for upload in uploads]))
    if len(found) != len(uploads):
        raise StepClosed(record)
    for upload in found:
        if not upload.is_readable:
            details = {"file": upload.shown_name, "digest": upload.content.digest}
            write_event("attachment.looked_at", record, by=by, post=post, details=details)
    made = Attachment.objects.bulk_create(
        Attachment(
            procuratorate=record.procuratorate,
            target=record,
            content=upload.content,
            name=upload.name,
            uploaded_by=post,
        )
        for upload in found
    )
    Upload.objects.filter(pk__in=[upload.pk for upload in found]).delete()
    return made


def _refuse_too_many(by: Actor) -> None:
    waiting = Upload.objects.visible_to(by)
    size = waiting.aggregate(size=Sum("content__size"))["size"] or 0
    if waiting.count() >= MOST_WAITING or size > MOST_WAITING_MB * 1_000_000:
        raise FileRefused(
            _("Too many files are waiting to be sent. Send the form first, then add more.")
        )
