from collections.abc import Iterable

from activity.models import Event, Notice
from organization.models import User


def notify(event: Event, people: Iterable[User | None]) -> None:
    """Put an event before each of these people once."""
    chosen = sorted({person.pk for person in people if person})
    Notice.objects.bulk_create(
        Notice(procuratorate_id=event.procuratorate_id, event=event, recipient_id=person)
        for person in chosen
    )
