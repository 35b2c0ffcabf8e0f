"""Pages are drawn and texts read by the worker. The row says what is missing; a job is haste."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from activity.wake import wake
from attachments import contents, drawing, reading, secrecy, stops
from attachments.models import Content, ExtractedText, Place, Upload
from attachments.models.content import ContentQuerySet
from attachments.uploads import incoming_folder, on_disk

logger = logging.getLogger(__name__)
AT_ONCE = 20  # by one sweep


@shared_task(soft_time_limit=50, time_limit=60)  # seconds
def draw_pages(content_id: int) -> int:
    """Draw the pages of one file. Safe to run twice; a file that kills the worker is given up."""
    waiting = Content.objects.undrawn().filter(pk=content_id)
    # Counted first: the attempt may kill us.
    if not waiting.update(draw_attempts=F("draw_attempts") + 1, draw_tried_at=timezone.now()):
        return 0
    count = drawing.draw(Content.objects.get(pk=content_id))
    Content.objects.filter(pk=content_id).update(page_count=count)
    return count


@shared_task
def read_text(content_id: int) -> int:
    """Keep what a file says; one that bears a mark of secrecy further on is shut. Safe twice."""
    waiting = Content.objects.unread().filter(pk=content_id)
    if not waiting.update(read_attempts=F("read_attempts") + 1, read_tried_at=timezone.now()):
        return 0
    content = Content.objects.get(pk=content_id)
    with storages["default"].open(content.path) as file, on_disk(file) as path:
        text = reading.whole_text(path, content.type)
    with transaction.atomic():
        if secrecy.is_marked(text):
            stops.shut(content, Place.LATER_PAGES)
        elif len(text) >= reading.MOST_CHARACTERS:
            stops.shut(content, Place.UNREAD)
        ExtractedText.objects.update_or_create(content=content, defaults={"text": text})
        Content.objects.filter(pk=content_id).update(read_at=timezone.now())
    return len(text)


@shared_task
def do_what_was_left(on_and_on: int = 0) -> int:
    """By the clock: whatever no job has drawn or read, a few at a time, the newest first.

    After a load of files somebody calls it with a 1: it goes on until nothing is left, each time
    behind what people sent in the meantime.
    """
    since = timezone.now() - timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)
    _shut_what_cannot_be_read()
    read = _each(Content.objects.left_unread(since), read_text)
    drawn = _each(Content.objects.left_undrawn(since), draw_pages)
    if on_and_on and AT_ONCE in (read, drawn):
        wake(do_what_was_left, on_and_on)
    return read + drawn


def _shut_what_cannot_be_read() -> None:
    """Its first pages passed the gate, the others nobody has read: a second person decides."""
    for content in Content.objects.given_up_reading()[:AT_ONCE]:
        with transaction.atomic():
            stops.shut(content, Place.UNREAD)
            Content.objects.filter(pk=content.pk).update(read_at=timezone.now())


def _each(waiting: ContentQuerySet, work: Callable[[int], int]) -> int:
    """One bad file does not keep the others waiting."""
    ids = list(waiting.order_by("-kept_at", "-pk").values_list("pk", flat=True)[:AT_ONCE])
    for content_id in ids:
        try:
            work(content_id)
        except (reading.Refused, *drawing.UNREADABLE):
            logger.exception("Content %s cannot be drawn or read.", content_id)
    return len(ids)


@shared_task
def sweep_uploads() -> int:
    """What was received and never attached goes after 24 hours: rows, bytes, page images."""
    now = timezone.now()
    Upload.objects.left_since(now - contents.KEPT_UNATTACHED).delete()
    return contents.forget_orphans(now) + _sweep_incoming(now.timestamp())


@shared_task
def sweep_strays() -> int:
    """Bytes that a killed process left in the storage without a row."""
    return contents.forget_strays(timezone.now())


def _sweep_incoming(now: float) -> int:
    """Half-received files of processes that were killed."""
    old, gone = now - contents.KEPT_UNATTACHED.total_seconds(), 0
    for path in incoming_folder().iterdir():
        with suppress(FileNotFoundError):  # it has come to its end in the meantime
            if path.stat().st_mtime < old:
                path.unlink()
                gone += 1
    return gone
