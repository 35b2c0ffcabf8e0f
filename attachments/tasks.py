"""Pages are drawn by the worker. The row says what is missing; a job is only haste."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from attachments import drawing
from attachments.checks import UNREADABLE
from attachments.models import Attachment

logger = logging.getLogger(__name__)


@shared_task
def draw_pages(attachment_id: int) -> int:
    """Draw the pages of one file. Safe to run twice; a file that kills the worker is given up."""
    waiting = Attachment.objects.undrawn().filter(pk=attachment_id)
    # Counted first: the attempt may kill us.
    if not waiting.update(attempts=F("attempts") + 1, attempted_at=timezone.now()):
        return 0
    count = drawing.draw(Attachment.objects.get(pk=attachment_id))
    Attachment.objects.filter(pk=attachment_id).update(page_count=count)
    return count


@shared_task
def draw_missing_pages() -> int:
    """By the clock: whatever no job has drawn, a few at a time."""
    longest = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)
    left = Attachment.objects.left_undrawn(timezone.now() - longest).order_by("pk")
    waiting = list(left.values_list("pk", flat=True)[:20])
    for attachment_id in waiting:
        try:
            draw_pages(attachment_id)
        except UNREADABLE:  # one bad file does not keep the others waiting
            logger.exception("The pages of attachment %s cannot be drawn.", attachment_id)
    return len(waiting)
