from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from activity import access, inbox
from activity.handover import access as handover
from activity.models import Notice
from organization.actor import Actor


def inbox_counts(request: HttpRequest) -> dict[str, Any]:
    """The red numbers of the menu; asked for only by pages that show the menu."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    return {
        "sees_handovers": handover.may_see_to_handovers(actor),
        "sees_outbox": access.may_see_outbox(actor),
        "counts": SimpleLazyObject(lambda: inbox.counts(actor)),
        "unread_notices": SimpleLazyObject(lambda: _unread(actor)),
    }


def _unread(actor: Actor) -> int:
    return Notice.objects.unread_of(actor).count()
