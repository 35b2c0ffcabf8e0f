from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from organization.actor import ActorRequest, actor_of
from organization.models import User

CHOSEN = "procuratorate"  # session key: the procuratorate a person with posts in two works in
STARTED, SEEN = "started_at", "seen_at"  # session keys: seconds since 1970
POLL_HEADER = "X-Poll"  # sent by a page that looks for news by itself


class SessionLimits:
    """End a session that was idle too long or lived too long; a page's own polling is no life."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._keep_or_end(request)
        return self.get_response(request)

    def _keep_or_end(self, request: HttpRequest) -> None:
        now = int(timezone.now().timestamp())
        started = request.session.setdefault(STARTED, now)
        seen = request.session.setdefault(SEEN, now)
        idle = now - seen > settings.SESSION_IDLE_MINUTES * 60
        if idle or now - started > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif now - seen > 60 and POLL_HEADER not in request.headers:
            request.session[SEEN] = now


class ActorMiddleware:
    """Put `request.actor` on every signed-in request."""

    def __init__(self, get_response: Callable[[ActorRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ActorRequest) -> HttpResponse:
        if isinstance(request.user, User):
            chosen = request.session.get(CHOSEN)
            actor, places = actor_of(request.user, timezone.localdate(), chosen)
            request.actor = actor
            request.procuratorates = places
        return self.get_response(request)


class StartPassword:
    """Whoever signed in with a start password chooses their own before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return redirect("change_password") if _must_choose(request) else self.get_response(request)


def _must_choose(request: HttpRequest) -> bool:
    if not isinstance(request.user, User) or request.user.start_password_until is None:
        return False
    return request.path not in {reverse("change_password"), reverse("sign_out")}
