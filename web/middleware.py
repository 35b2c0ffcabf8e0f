from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from web.views import too_large, wrong_method

WITHOUT_SIGNING_IN = 64 * 1024  # bytes; the sign-in form has a few hundred
BESIDE_THE_FILE = 64 * 1024  # bytes; what else comes with a file


class BodyLimit:
    """Refuse a body by its announced length, before any of it is read or written to disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if request.path == settings.UPLOAD_PATH:
            most = settings.UPLOAD_LIMIT_MB * 1024 * 1024 + BESIDE_THE_FILE
        if length > WITHOUT_SIGNING_IN and SESSION_KEY not in request.session:
            most = WITHOUT_SIGNING_IN
        return too_large(request) if length > most else self.get_response(request)


class PrivateAnswers:
    """No answer is kept by a browser or a proxy, unless it says itself that it may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            response.content = wrong_method(request).content
            response.headers["Content-Length"] = str(len(response.content))
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ChosenLanguage:
    """The language chosen by the switch; until then the first one, whatever a browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = chosen in dict(settings.LANGUAGES)
        with translation.override(chosen if known else settings.LANGUAGE_CODE):
            return self.get_response(request)
