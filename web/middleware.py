from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from web.views import wrong_method


class PrivateAnswers:
    """No answer is kept by a browser or a proxy, unless it says itself that it may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            response.content = wrong_method(request).content
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
