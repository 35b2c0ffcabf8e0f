from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.actor import ActorRequest, actor_for, actor_of
from organization.models import Delegation, User

HAT = "delegation"  # session key: the delegation by which one acts for somebody else
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
    """Put `request.actor` on every signed-in request: oneself, or for somebody whose post is lent.

    A delegation that has ended ends with the next request: a page is shown as one's own, and an
    act is refused, so that nothing is done in another name than the page said.
    """

    def __init__(self, get_response: Callable[[ActorRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ActorRequest) -> HttpResponse:
        if isinstance(request.user, User):
            today, chosen = timezone.localdate(), request.session.get(CHOSEN)
            request.actor, request.procuratorates = actor_of(request.user, today, chosen)
            request.delegation = None
            if HAT in request.session:
                self._act_for_another(request, request.user)
        return self.get_response(request)

    def _act_for_another(self, request: ActorRequest, user: User) -> None:
        in_force = Delegation.objects.in_force(timezone.localdate())
        lent = in_force.filter(pk=request.session[HAT], delegate=user).select_related("delegate")
        request.delegation = lent.first()
        if request.delegation:
            request.actor = actor_for(request.delegation)
            return
        wear(request, None)
        said = _("The post is lent to you no longer. You act as yourself again.")
        if request.method not in {"GET", "HEAD"} and request.path != reverse("sign_out"):
            raise PermissionDenied(said + " " + _("What you sent was not done."))
        messages.info(request, said)


def wear(request: HttpRequest, delegation: Delegation | None) -> None:
    """From now on act by this delegation, or as oneself.

    Every page that is open was drawn under the hat before: its token is worth nothing any more,
    so none of its forms is sent in a name that it did not show.
    """
    request.session.pop(HAT, None)
    if delegation:
        request.session[HAT] = delegation.pk
    rotate_token(request)


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
