from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity import inbox, phrases
from activity.models import Draft
from activity.record import record
from activity.steps import open_duties
from documents import access, forms, queries
from documents import batch as batches
from documents.duplicates import came_meanwhile
from documents.flow import incoming as flow
from documents.matter import matter
from documents.models import Duty, IncomingPaper
from organization.actor import ActorRequest
from web.forms import PhrasedBox
from web.paging import Key, paginate

# What a step answers to whoever took it.
SAID = {
    "register": gettext_lazy("Registered as %(number)s."),
    "screen": gettext_lazy("The pre-check is written down."),
    "propose": gettext_lazy("The proposal is with the leaders."),
    "forward": gettext_lazy("The paper can be assigned."),
    "circulate": gettext_lazy("The readers have it in their inbox."),
    "instruct": gettext_lazy("Your instruction is written on the sheet."),
    "add_leader": gettext_lazy("The leader has it as well."),
    "remove_leader": gettext_lazy("The leader is not asked any more."),
    "assign": gettext_lazy("Assigned. The departments have it in their inbox."),
    "reassign": gettext_lazy("The part is with the other department."),
    "add_department": gettext_lazy("The department has it in its inbox."),
    "drop_department": gettext_lazy("The part was taken out."),
    "divide": gettext_lazy("Passed to your colleague."),
    "report": gettext_lazy("Reported back."),
    "ask_extension": gettext_lazy("The office director decides on the extension."),
    "decide_extension": gettext_lazy("The decision is written down."),
    "review": gettext_lazy("The review is written on the sheet."),
    "close": gettext_lazy("Closed."),
    "answer": gettext_lazy("The answer is recorded."),
    "read": gettext_lazy("Marked as read."),
    "add_readers": gettext_lazy("The readers have it in their inbox."),
    "remove_reader": gettext_lazy("The reader is not asked any more."),
    "send_back": gettext_lazy("Sent back."),
    "recall": gettext_lazy("Taken back. It lies with you again."),
    "chase": gettext_lazy("They are told that it is waited for."),
}
# After these one wants to see what became of it.
STAYS = {
    "add_leader",
    "remove_leader",
    "add_department",
    "drop_department",
    "ask_extension",
    "answer",
    "add_readers",
    "remove_reader",
    "recall",
    "chase",
}
NEWEST = [Key("signed_for_at", descending=True), Key("id", descending=True)]


def _paper(request: ActorRequest, pk: int) -> IncomingPaper:
    """A paper the actor cannot see does not exist for them; one that is only listed stays shut."""
    visible = IncomingPaper.objects.visible_to(request.actor).select_related("lead_department")
    paper = visible.filter(pk=pk).first()
    if paper is None:
        get_object_or_404(IncomingPaper.objects.listed_for(request.actor), pk=pk)
        raise PermissionDenied(
            _("You may see this line of the register, but the paper was not given to you.")
        )
    return paper


@require_safe
def register_list(request: ActorRequest) -> HttpResponse:
    """收文登记簿."""
    form = forms.RegisterFilter(request.GET)
    form.is_valid()
    papers = queries.register(request.actor, form.cleaned_data)
    page = paginate(papers, NEWEST, request.GET)
    context = {
        "form": form,
        "page": page,
        "lines": queries.register_lines(page.rows, request.actor),
        "may_sign_for": access.may_sign_for(request.actor, IncomingPaper()),
    }
    return render(request, "documents/register.html", context)


@require_safe
def incoming(request: ActorRequest, pk: int) -> HttpResponse:
    """A matter is one page: the paper, its processing sheet, its trail, and what to do next."""
    return _page(request, _paper(request, pk))


@require_POST
def opened(request: ActorRequest, pk: int) -> HttpResponse:
    """Sent by the page itself once it is on the screen: the reader has opened the paper."""
    inbox.mark_opened(_paper(request, pk), request.actor, timezone.now())
    return HttpResponse(status=204)


@require_POST
def printed(request: ActorRequest, pk: int) -> HttpResponse:
    """Sent by the page as it goes to the printer: a paper copy exists from now on."""
    record("incomingpaper.print", _paper(request, pk), by=request.actor)
    return HttpResponse(status=204)


@require_POST
def register_printed(request: ActorRequest) -> HttpResponse:
    """The same for a page of the register."""
    record("procuratorate.print_register", request.actor.procuratorate, by=request.actor)
    return HttpResponse(status=204)


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
            _say_what_to_do(request, form)
        return render(request, "documents/sign_for.html", {"form": form})
    files, beside = form.cleaned_data.pop("attachments"), form.cleaned_data.pop("beside")
    paper = _sign_for_once(request, flow.Arrival(**form.cleaned_data), files, beside)
    messages.success(request, _("Signed for. Please register it now."))
    _tell_of_others(request, paper, files, beside)
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


def _tell_of_others(request: ActorRequest, paper: IncomingPaper, files: Any, beside: Any) -> None:
    """What a colleague sent at the same moment no form could show: said afterwards."""
    for sentence in came_meanwhile(paper, request.actor, files=files, known=beside):
        messages.warning(request, sentence)


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


def step(name: str) -> Callable[..., HttpResponse]:
    """The view of one step: look up, check the form, act, answer."""

    def act(request: ActorRequest, pk: int) -> HttpResponse:
        paper = _paper(request, pk)
        if request.method != "POST":  # somebody who comes by a link sees the page
            return redirect(paper)
        form = forms.FORMS[name](request.POST, paper=paper, actor=request.actor)
        if not form.is_valid():
            _say_what_to_do(request, form)
            return _page(request, paper, form)
        given = form.given()
        getattr(flow, name)(paper, by=request.actor, **given)
        if name == "register":
            _tell_of_others(request, paper, given["files"], given["beside"])
        return _done(request, paper, name)

    return act


def _done(request: ActorRequest, paper: IncomingPaper, name: str) -> HttpResponse:
    """On to the next piece of work; back to the paper while there is something to do about it."""
    said = SAID[name] % {"number": paper.number}
    mine = open_duties(paper, request.actor) - {Duty.READ}
    if mine or name in STAYS:
        messages.success(request, said)
        return redirect(paper)
    box = inbox.Box.TO_READ if name == "read" else inbox.Box.TO_DO
    messages.success(request, inbox.with_the_next(said, box, request.actor))
    return redirect("activity:box", box.value)


@require_safe
def act(request: ActorRequest, pk: int, name: str) -> HttpResponse:
    """The page of a paper with the form of one act that the page itself only links to."""
    paper = _paper(request, pk)
    if name not in forms.FORMS:
        raise Http404
    return _page(request, paper, asked=name)


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


@require_safe
def return_slip(request: ActorRequest, pk: int) -> HttpResponse:
    """退文单: goes back to the sender together with the paper."""
    paper = _paper(request, pk)
    event = queries.screening(paper)
    if event is None:
        raise Http404
    return render(request, "documents/return_slip.html", {"paper": paper, "event": event})


def _say_what_to_do(request: ActorRequest, form: Form) -> None:
    if isinstance(form, forms.ComparedForm) and form.waits_for_the_tick:
        messages.warning(request, _("Nothing was sent yet: this paper may have come before."))
    else:
        messages.error(request, _("Nothing was sent yet: please correct what is marked in red."))


def _page(
    request: ActorRequest,
    paper: IncomingPaper,
    bound: forms.ActForm | None = None,
    asked: str = "",
) -> HttpResponse:
    return render(request, "documents/incoming.html", matter(request, paper, bound, asked))
