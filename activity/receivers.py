"""Who came and who went, and what administrators changed: written down when it is announced."""

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from activity.models import Event
from activity.record import record
from activity.tasks import look_at_calendars
from activity.wake import wake
from organization.actor import Actor
from organization.models import CalendarDay, User


def write_sign_in(user: User, **kwargs: Any) -> None:
    record("user.sign_in", user, by=Actor(user, user.procuratorate))


def write_sign_out(user: User | None, **kwargs: Any) -> None:
    if user:
        record("user.sign_out", user, by=Actor(user, user.procuratorate))


def write_failed_sign_in(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """A wrong password at an account that is there; what was typed is not kept.

    Tries while the account is locked are not written: the lock says enough.
    """
    user = User.objects.filter(username=str(credentials.get("username", ""))).first()
    if user and request is not None and AxesProxyHandler.is_allowed(request, credentials):
        record("user.sign_in_failed", user, by=Actor.system(user.procuratorate))


def write_lock(username: str, **kwargs: Any) -> None:
    """Too many wrong passwords: the account is shut for that address for a while."""
    user = User.objects.filter(username=username).first()
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    if user and not _happened(user, "user.sign_in_locked", since):
        record("user.sign_in_locked", user, by=Actor.system(user.procuratorate))


def write_administered(
    target: Model, verb: str, by: Actor, details: dict[str, Any], **kwargs: Any
) -> None:
    """In the transaction of the change: an event that cannot be written refuses it."""
    record(verb, target, by=by, details=details)


def look_at_deadlines(target: Model, **kwargs: Any) -> None:
    """A day of the calendar is another one: what that means for open deadlines is counted now."""
    if isinstance(target, CalendarDay):
        wake(look_at_calendars)


def _happened(user: User, verb: str, since: datetime) -> bool:
    return Event.objects.about(user).filter(verb=verb, at__gte=since).exists()
