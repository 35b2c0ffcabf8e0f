"""How pages look to one person at one browser: language and size of type. Kept in cookies."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

LARGE_TYPE = "large_type"  # name of the cookie
KEPT: dict[str, Any] = {
    "max_age": 365 * 24 * 60 * 60,  # seconds
    "httponly": True,
    "samesite": "Lax",
    "secure": settings.SESSION_COOKIE_SECURE,
}


@require_POST
@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """The same page in another language. A language we do not have changes nothing."""
    answer = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, **KEPT)
    return answer


@require_POST
def choose_type(request: HttpRequest) -> HttpResponse:
    """The same page in large type, or in ordinary type again."""
    answer = _back(request)
    if request.POST.get("type") == "large":
        answer.set_cookie(LARGE_TYPE, "1", **KEPT)
    else:
        answer.delete_cookie(LARGE_TYPE, samesite=KEPT["samesite"])
    return answer


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the switch was on, never to another house."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return redirect(page if ours else "home:workbench")
