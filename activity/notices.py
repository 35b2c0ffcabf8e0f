from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils import timezone

from activity.models import Event, Notice
from organization.models import Delegation, Post


def notify(event: Event, people: Iterable[int]) -> list[Notice]:
    """Put an event before each of these people, given by id, once."""
    return Notice.objects.bulk_create(
        Notice(procuratorate_id=event.procuratorate_id, event=event, recipient_id=person)
        for person in sorted(set(people))
    )


def reached(posts: Iterable[Post], marking: int) -> set[int]:
    """The people, by id, whom these posts stand for today: holders, and to whom they are lent.

    A delegate hears of a record of this marking only when cleared for it, and so is the holder.
    """
    asked = list(posts)
    cleared = [post.pk for post in asked if post.user.clearance >= marking]
    lent = Delegation.objects.in_force(timezone.localdate()).filter(post__in=cleared)
    delegates = lent.filter(delegate__clearance__gte=marking)
    return {post.user_id for post in asked} | set(delegates.values_list("delegate", flat=True))


def settle_notices(target: models.Model, now: datetime) -> None:
    """What was to be done about this record is done: nobody need read of it any more."""
    events = Event.objects.about(target)
    Notice.objects.filter(event__in=events, read_at__isnull=True).update(read_at=now)
