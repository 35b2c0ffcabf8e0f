from collections.abc import Iterable

from activity.models import Event, Notice


def notify(event: Event, people: Iterable[int]) -> list[Notice]:
    """Put an event before each of these people, given by id, once."""
    return Notice.objects.bulk_create(
        Notice(procuratorate_id=event.procuratorate_id, event=event, recipient_id=person)
        for person in sorted(set(people))
    )
