"""Error pages: they touch neither the database nor the session."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    text = _("Go back, load the page again and repeat what you did.")
    return _error(request, 400, _("The request could not be read"), text)


def wrong_method(request: HttpRequest) -> HttpResponse:
    text = _("Go back, load the page again and repeat what you did.")
    return _error(request, 405, _("The request could not be read"), text)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    text = _("Your posts do not include this right. Ask the office director if you need it.")
    return _error(request, 403, _("This is not yours to do"), str(exception) or text)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    text = _("It does not exist, or it was not given to you. Check the address or your inbox.")
    return _error(request, 404, _("There is no such page"), text)


def too_large(request: HttpRequest) -> HttpResponse:
    text = _("A file may have at most %(limit)s MB. Please split it or scan it at 200 dpi.")
    return _error(request, 413, _("This is too large"), text % {"limit": settings.UPLOAD_LIMIT_MB})


def server_error(request: HttpRequest) -> HttpResponse:
    text = _("Nothing was half done. Try again in a minute; if it stays, call the administrator.")
    return _error(request, 500, _("Something went wrong on our side"), text)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly: the same person has signed in again in another window of the browser."""
    text = _("You may have signed in again in another window. Go back to the form and send again.")
    text += " " + _("Or you act for somebody else now than the page said.")
    if person := _person(request):
        text += " " + _("Signed in now: %(name)s.") % {"name": _in_whose_name(request, person)}
    return _error(request, 403, _("This page was open too long"), text, back=_page_before(request))


def _page_before(request: HttpRequest) -> str:
    """The page of ours on which the form stood: a link to press, never a place to be sent to."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
    return before if ours else ""


def _error(
    request: HttpRequest, status: int, title: str, text: str, back: str = ""
) -> HttpResponse:
    person = getattr(_person(request), "pk", None)
    context = {"title": title, "text": text, "status": status, "back": back, "person": person}
    return HttpResponse(render_to_string("web/error.html", context), status=status)


def _in_whose_name(request: HttpRequest, person: Any) -> str:
    principal = getattr(getattr(request, "actor", None), "acting_for", None)
    names = {"who": person, "principal": getattr(getattr(principal, "user", None), "name", "")}
    return _("%(who)s (for %(principal)s)") % names if principal else str(person)


def _person(request: HttpRequest) -> Any:
    """Who is signed in, if the request came far enough to know it; nothing is asked here."""
    return getattr(getattr(request, "actor", None), "user", None)
