"""Who came and who went: written down when Django says so."""

from typing import Any

from activity.record import record
from organization.actor import Actor
from organization.models import User


def write_sign_in(user: User, **kwargs: Any) -> None:
    record("user.sign_in", user, by=Actor(user, user.procuratorate))


def write_sign_out(user: User | None, **kwargs: Any) -> None:
    if user:
        record("user.sign_out", user, by=Actor(user, user.procuratorate))
