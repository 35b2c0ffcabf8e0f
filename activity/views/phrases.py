"""我的常用语: phrases of one's own."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity import phrases
from activity.forms.phrases import PhraseForm
from activity.models import Phrase
from organization.actor import ActorRequest


def _phrase(request: ActorRequest, pk: int) -> Phrase:
    """A phrase of somebody else does not exist."""
    return get_object_or_404(Phrase.objects.visible_to(request.actor), pk=pk)


def _phrases(
    request: ActorRequest,
    adding: PhraseForm,
    chosen: Phrase | None = None,
    changing: PhraseForm | None = None,
) -> HttpResponse:
    """The list; the phrase that is being changed is a form in its place."""
    context = {
        "mine": Phrase.objects.visible_to(request.actor),
        "acts": dict(phrases.acts()),
        "adding": adding,
        "chosen": chosen,
        "changing": changing,
        "most": phrases.MOST,
    }
    return render(request, "activity/phrases.html", context)


@require_safe
def own_phrases(request: ActorRequest) -> HttpResponse:
    """我的常用语. From an opinion box one comes with its act."""
    return _phrases(request, PhraseForm(initial={"act": request.GET.get("act", "")}))


@require_POST
def add_phrase(request: ActorRequest) -> HttpResponse:
    form = PhraseForm(request.POST)
    if not form.kept_by(partial(phrases.keep, by=request.actor)):
        return _phrases(request, form)
    messages.success(request, _("The phrase was saved."))
    return redirect("activity:phrases")


@require_POST
def keep_phrase(request: ActorRequest) -> HttpResponse:
    """Sent by a page: what stands in an opinion box. A sentence comes back."""
    form = PhraseForm(request.POST)
    if not form.kept_by(partial(phrases.keep, by=request.actor)):
        return JsonResponse({"said": form.first_error()}, status=422)
    said = _("Saved among your phrases.")
    return JsonResponse({"said": said, "text": form.cleaned_data["text"]})


@require_http_methods(["GET", "HEAD", "POST"])
def change_phrase(request: ActorRequest, pk: int) -> HttpResponse:
    phrase, posted = _phrase(request, pk), request.method == "POST"
    known = {"text": phrase.text, "act": phrase.act}
    form = PhraseForm(request.POST if posted else None, initial=known, prefix="changed")
    if not posted or not form.kept_by(partial(phrases.change, phrase, by=request.actor)):
        return _phrases(request, PhraseForm(), phrase, form)
    messages.success(request, _("The phrase was saved."))
    return redirect("activity:phrases")


@require_POST
def move_phrase(request: ActorRequest, pk: int, places: int) -> HttpResponse:
    phrases.move(_phrase(request, pk), places, by=request.actor)
    return redirect("activity:phrases")


@require_POST
def delete_phrase(request: ActorRequest, pk: int) -> HttpResponse:
    phrases.delete(_phrase(request, pk), by=request.actor)
    messages.success(request, _("The phrase was deleted."))
    return redirect("activity:phrases")
