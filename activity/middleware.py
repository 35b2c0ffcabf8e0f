from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from activity.steps import StepClosed
from activity.trace import NobodyToAsk
from activity.writing import NotCleared

TYPED = ("opinion", "result")  # fields whose text a person would not want to type again

Refusal = StepClosed | NotCleared | NobodyToAsk


class RefusalsAsMessages:
    """Turn a refusal of a step into a message on the record's own page; typed text comes along."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        messages.error(request, _sentence(error))
        for text in filter(None, (request.POST.get(name) for name in TYPED)):
            messages.info(request, _("What you typed was not sent: %(text)s") % {"text": text})
        return redirect(error.record)


def _sentence(error: Refusal) -> str:
    if isinstance(error, NotCleared):
        return _("%(name)s may not see papers with this marking; choose somebody else.") % {
            "name": error.post.user.name
        }
    if isinstance(error, NobodyToAsk):
        return _(
            "Nobody holds the post that comes next, or nobody who may see this marking. "
            "Nothing was changed; ask the security administrator to fill the post."
        )
    return _("Somebody was quicker: this step has already been taken.")
