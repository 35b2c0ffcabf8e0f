from collections.abc import Iterable
from datetime import datetime

from django.db import models

from activity.models import Event, Notice


def notify(event: Event, people: Iterable[int]) -> list[Notice]:
    """Put an event before each of these people, given by id, once."""
    return Notice.objects.bulk_create(
        Notice(procuratorate_id=event.procuratorate_id, event=event, recipient_id=person)
        for person in sorted(set(people))
    )


def settle_notices(target: models.Model, now: datetime) -> None:
    """What was to be done about this record is done: nobody need read of it any more."""
    events = Event.objects.about(target)
    Notice.objects.filter(event__in=events, read_at__isnull=True).update(read_at=now)
