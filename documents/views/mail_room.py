"""签收: a paper comes in at the mail room, and whether it has come before."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activity.models import Draft
from documents import access, forms
from documents.flow import incoming as flow
from documents.models import IncomingPaper
from documents.views.said import say_what_to_do, tell_of_others
from organization.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def sign_for(request: ActorRequest) -> HttpResponse:
    _only_for_the_mail_room(request)
    posted = request.method == "POST"
    draft = Draft.objects.visible_to(request.actor).filter(form=forms.SignForForm.draft_key).first()
    form = forms.SignForForm(request.POST if posted else None, actor=request.actor, draft=draft)
    if not form.is_valid():
        if posted and (known := _signed_for_before(request, form.cleaned_data)):
            return redirect(known)
        if posted:
            say_what_to_do(request, form)
        return render(request, "documents/sign_for.html", {"form": form})
    files, beside = form.cleaned_data.pop("attachments"), form.cleaned_data.pop("beside")
    paper = _sign_for_once(request, flow.Arrival(**form.cleaned_data), files, beside)
    messages.success(request, _("Signed for. Please register it now."))
    tell_of_others(request, paper, files, beside)
    return redirect(paper)


@require_POST
def duplicates(request: ActorRequest) -> HttpResponse:
    """Asked by a page while the form of a paper is filled in: has it come before?"""
    _only_for_the_mail_room(request)
    form = forms.AskedForm(request.POST, actor=request.actor)
    return render(request, "documents/_duplicates_found.html", form.answer())


def _only_for_the_mail_room(request: ActorRequest) -> None:
    """Whoever else comes hears whose step it is."""
    if not access.may_sign_for(request.actor, IncomingPaper()):
        raise flow.SIGN_FOR.refusal()


def _signed_for_before(request: ActorRequest, sent: dict[str, Any]) -> IncomingPaper | None:
    """The paper this very form has made already; its files are no longer waiting."""
    if not {"sender", "title", "key"} <= set(sent):
        return None
    mine = IncomingPaper.objects.visible_to(request.actor).filter(form_key=sent["key"])
    return mine.filter(sender=sent["sender"], title=sent["title"]).first()


def _sign_for_once(
    request: ActorRequest, arrival: flow.Arrival, files: Any, beside: Any
) -> IncomingPaper:
    """A form sent twice is one paper; another paper typed over the last one is another."""
    sign_for = partial(flow.sign_for, by=request.actor, files=files, beside=beside)
    try:
        return sign_for(arrival)
    except IntegrityError:
        seen = IncomingPaper.objects.visible_to(request.actor)
        paper = get_object_or_404(seen, form_key=arrival.key)
        if (paper.sender, paper.title) == (arrival.sender, arrival.title):
            return paper
        return sign_for(replace(arrival, key=uuid4()))
