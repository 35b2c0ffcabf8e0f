"""Who came and who went, and what administrators changed: written down when it is announced."""

from typing import Any

from django.db.models import Model

from activity.record import record
from organization.actor import Actor
from organization.models import User


def write_sign_in(user: User, **kwargs: Any) -> None:
    record("user.sign_in", user, by=Actor(user, user.procuratorate))


def write_sign_out(user: User | None, **kwargs: Any) -> None:
    if user:
        record("user.sign_out", user, by=Actor(user, user.procuratorate))


def write_administered(
    target: Model, verb: str, by: Actor, details: dict[str, Any], **kwargs: Any
) -> None:
    """In the transaction of the change: an event that cannot be written refuses it."""
    record(verb, target, by=by, details=details)
