from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from attachments.models import SecrecyStop
from attachments.models.stop import WHO_RELEASE
from organization.actor import Actor


def stops_to_judge(request: HttpRequest) -> dict[str, Any]:
    """The menu entry of whoever may release stopped files, with how many wait."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.holds(*WHO_RELEASE):
        return {}
    return {"judges_stops": True, "open_stops": SimpleLazyObject(lambda: _open(actor))}


def _open(actor: Actor) -> int:
    return SecrecyStop.objects.visible_to(actor).open().count()
