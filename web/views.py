"""Error pages: they touch neither the database nor the session."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(settings.UPLOAD_LIMIT_MB)
    text = _("Go back, load the page again and repeat what you did.")
    return _error(400, _("The request could not be read"), text)


def wrong_method(request: HttpRequest) -> HttpResponse:
    text = _("Go back, load the page again and repeat what you did.")
    return _error(405, _("The request could not be read"), text)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    text = _("Your posts do not include this right. Ask the office director if you need it.")
    return _error(403, _("This is not yours to do"), str(exception) or text)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    text = _("It does not exist, or it was not given to you. Check the address or your inbox.")
    return _error(404, _("There is no such page"), text)


def too_large(limit: int) -> HttpResponse:
    text = _("A file may have at most %(limit)s MB. Please split it or scan it at 200 dpi.")
    return _error(413, _("This is too large"), text % {"limit": limit})


def server_error(request: HttpRequest) -> HttpResponse:
    text = _("Nothing was half done. Try again in a minute; if it stays, call the administrator.")
    return _error(500, _("Something went wrong on our side"), text)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _("Press Back in your browser and send again: what you typed is still there.")
    return _error(403, _("This page was open too long"), text)


def _error(status: int, title: str, text: str) -> HttpResponse:
    context = {"title": title, "text": text, "status": status}
    return HttpResponse(render_to_string("web/error.html", context), status=status)
