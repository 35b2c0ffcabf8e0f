"""What happens by the clock. Rows say what is to be done; each task may run twice, or at once."""

from celery import shared_task
from django.utils import timezone

from activity import drafts, recount
from activity.delivery import deliver
from activity.models import Draft
from activity.outbox import queue_morning
from activity.reminders import scan
from activity.wake import wake


@shared_task
def scan_reminders() -> None:
    """Remind of what is owed today; in the morning, put a message for everybody in the outbox."""
    now = timezone.now()
    scan(now)
    if queue_morning(now):
        wake(deliver_messages)


@shared_task
def deliver_messages() -> None:
    """Send what waits in the outbox."""
    deliver(timezone.now())


@shared_task
def sweep_drafts() -> None:
    """What nobody has touched for 30 days will not be sent any more."""
    Draft.objects.left_since(timezone.now() - drafts.KEPT).delete()


@shared_task
def look_at_calendars() -> None:
    """Count how many open deadlines each calendar of now would count differently."""
    recount.look(timezone.now())
