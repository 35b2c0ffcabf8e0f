"""Write down what happened. Steps do it themselves; this is for what changes no record."""

from typing import Any

from django.db import models
from django.utils import timezone

from activity.models import Event
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
