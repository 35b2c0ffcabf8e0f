"""Write down what happened. Steps do it themselves; this is for what changes no record."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from activity.models import Assignment, Event
from organization.actor import Actor
from organization.models import Post


def record(
    verb: str,
    target: models.Model,
    *,
    by: Actor,
    post: Post | None = None,
    details: dict[str, Any] | None = None,
) -> Event:
    """One event: a download, a print, an export, or (called by Step) a step."""
    return Event.objects.create(
        procuratorate=by.procuratorate,
        verb=verb,
        at=timezone.now(),
        user=by.user,
        by_system=by.user is None,
        post=post or next(iter(by.posts), None),
        acting_for=by.acting_for,
        target=target,
        details=details or {},
    )


def visible_records(rows: Iterable[Event | Assignment], actor: Actor) -> dict[tuple[int, int], Any]:
    """The records of these that the actor may see, by (kind, id): one query for each kind.

    Every record that people open has `visible_to(actor)` on its manager.
    """
    wanted: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.target_kind_id].add(row.target_id)
    found = {}
    for kind, ids in wanted.items():
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        for target in model.objects.visible_to(actor).filter(pk__in=ids):
            found[kind, target.pk] = target
    return found


def seen_by(hats: Iterable[Actor], events: Iterable[Event]) -> dict[tuple[int, int], Any]:
    """The same for one person in everything they act as: what any of these may see."""
    told = list(events)
    found: dict[tuple[int, int], Any] = {}
    for actor in hats:
        found |= visible_records(told, actor)
    return found
