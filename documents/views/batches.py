"""One act on several papers that were ticked in a list."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from activity import phrases
from documents import batch as batches
from documents import forms
from documents.models import IncomingPaper
from organization.actor import ActorRequest
from web.forms import PhrasedBox


@require_safe
def batch(request: ActorRequest, name: str) -> HttpResponse:
    """The papers that were ticked in a list, and what is to be said about all of them."""
    return _batch(request, name, request.GET.getlist("paper"))


@require_POST
def take_batch(request: ActorRequest, name: str) -> HttpResponse:
    """The act on each of them; the answer names each with what became of it."""
    papers = batches.chosen(request.POST.getlist("paper"), request.actor)
    form = _batch_form(request, name, papers)
    if not papers or not form.is_valid():
        return _batch(request, name, request.POST.getlist("paper"), form)
    items = batches.take(batches.ACTS[name], papers, form.cleaned_data, request.actor)
    context = {"step": batches.ACTS[name], "items": items, "name": name}
    return render(request, "documents/batch_done.html", context)


def _batch(
    request: ActorRequest, name: str, asked: list[str], bound: forms.BatchForm | None = None
) -> HttpResponse:
    papers = batches.chosen(asked, request.actor)
    form = bound or _batch_form(request, name, papers)
    items = batches.looked_at(batches.ACTS[name], papers, request.actor)
    context = {"step": batches.ACTS[name], "items": items, "name": name, "form": form}
    return render(request, "documents/batch.html", context)


def _batch_form(request: ActorRequest, name: str, papers: list[IncomingPaper]) -> forms.BatchForm:
    if name not in batches.ACTS:
        raise Http404
    data = request.POST if request.method == "POST" else None
    kind = forms.BATCH_FORMS.get(name, forms.BatchForm)
    form = kind(data, act=name, papers=papers, actor=request.actor)
    box = form.fields["opinion"]
    assert isinstance(box, PhrasedBox)
    box.offer(phrases.offered(request.actor)(name), name)
    return form
