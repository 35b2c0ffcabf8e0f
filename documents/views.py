from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity import drafts, inbox, phrases, trail
from activity.models import Draft
from activity.record import record
from activity.steps import Step, open_duties
from attachments.models import Attachment
from documents import access, forms, queries
from documents.duplicates import came_meanwhile
from documents.flow import incoming as flow
from documents.models import IncomingPaper
from organization.actor import ActorRequest
from web.paging import Key, paginate

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


def register(request: ActorRequest, pk: int) -> HttpResponse:
    def act(paper: IncomingPaper, attachments: Any, beside: Any, **fields: Any) -> str:
        data = flow.Registration(**fields)
        flow.register(paper, data, by=request.actor, files=attachments, beside=beside)
        _tell_of_others(request, paper, attachments, beside)
        return _("Registered as %(number)s.") % {"number": paper.number}

    return _take(request, pk, "register", act)


def propose(request: ActorRequest, pk: int) -> HttpResponse:
    def act(paper: IncomingPaper, **fields: Any) -> str:
        flow.propose(paper, by=request.actor, **fields)
        return _("The proposal is with the leaders.")

    return _take(request, pk, "propose", act)


def instruct(request: ActorRequest, pk: int) -> HttpResponse:
    def act(paper: IncomingPaper, **fields: Any) -> str:
        flow.instruct(paper, by=request.actor, **fields)
        return _("Your instruction is written on the sheet.")

    return _take(request, pk, "instruct", act)


def assign(request: ActorRequest, pk: int) -> HttpResponse:
    def act(paper: IncomingPaper, **fields: Any) -> str:
        flow.assign(paper, flow.Plan(**fields), by=request.actor)
        return _("Assigned. The departments have it in their inbox.")

    return _take(request, pk, "assign", act)


def divide(request: ActorRequest, pk: int) -> HttpResponse:
    def act(paper: IncomingPaper, **fields: Any) -> str:
        flow.divide(paper, by=request.actor, **fields)
        return _("Passed to your colleague.")

    return _take(request, pk, "divide", act)


def report(request: ActorRequest, pk: int) -> HttpResponse:
    def act(paper: IncomingPaper, **fields: Any) -> str:
        flow.report(paper, by=request.actor, **fields)
        return _("Reported back.")

    return _take(request, pk, "report", act)


def read(request: ActorRequest, pk: int) -> HttpResponse:
    def act(paper: IncomingPaper, **fields: Any) -> str:
        flow.read(paper, by=request.actor, **fields)
        return _("Marked as read.")

    return _take(request, pk, "read", act)


def close(request: ActorRequest, pk: int) -> HttpResponse:
    def act(paper: IncomingPaper, **fields: Any) -> str:
        flow.close(paper, by=request.actor, **fields)
        return _("Closed.")

    return _take(request, pk, "close", act)


def _take(request: ActorRequest, pk: int, name: str, act: Callable[..., str]) -> HttpResponse:
    """Look up, check the form, act, answer. Somebody who comes by a link sees the page."""
    paper = _paper(request, pk)
    if request.method != "POST":
        return redirect(paper)
    form = forms.FORMS[name](request.POST, paper=paper, actor=request.actor)
    if not form.is_valid():
        _say_what_to_do(request, form)
        return _page(request, paper, form)
    said = act(paper, **form.cleaned_data)
    box = inbox.Box.TO_READ if name == "read" else inbox.Box.TO_DO
    messages.success(request, inbox.with_the_next(said, box, request.actor))
    return redirect("activity:box", box.value)


def _say_what_to_do(request: ActorRequest, form: Form) -> None:
    if isinstance(form, forms.ComparedForm) and form.waits_for_the_tick:
        messages.warning(request, _("Nothing was sent yet: this paper may have come before."))
    else:
        messages.error(request, _("Nothing was sent yet: please correct what is marked in red."))


def _page(
    request: ActorRequest, paper: IncomingPaper, bound: forms.ActForm | None = None
) -> HttpResponse:
    lines, holders = trail.lines(paper), trail.holders(paper)
    boxes = queries.sheet(lines)
    acts, left_over = _acts_and_texts(request, paper, bound, lines)
    context = {
        "paper": paper,
        "acts": acts,
        "left_over": left_over,
        "attachments": list(Attachment.objects.about(paper)),
        "boxes": boxes,
        "said": queries.said(boxes),
        "assisting": queries.assisting(paper),
        "light": queries.current_light(paper),
        "phases": queries.phases(paper, lines, holders),
        "lines": lines,
        "holders": holders,
    }
    return render(request, "documents/incoming.html", context)


def _acts_and_texts(
    request: ActorRequest,
    paper: IncomingPaper,
    bound: forms.ActForm | None,
    lines: list[trail.Line],
) -> tuple[list[tuple[Step, forms.ActForm]], list[drafts.LeftOver]]:
    """The open steps with their forms, and the texts typed for steps that are open no more."""
    saved = drafts.about(paper, flow.KIND, request.actor)
    acts = _acts(request, paper, bound, saved)
    offered = {step.name for step, _form in acts}
    gone = [step for step in flow.STEPS if step.name not in offered]
    mine = [line.event for line in lines if line.event.user == request.actor.user]
    return acts, drafts.left_over(saved, gone, forms.FORMS, mine)


def _acts(
    request: ActorRequest,
    paper: IncomingPaper,
    bound: forms.ActForm | None,
    saved: Mapping[str, Draft],
) -> list[tuple[Step, forms.ActForm]]:
    """The open steps, each with its form: a page never offers what the flow would refuse."""
    duties = open_duties(paper, request.actor)
    typed = request.POST.get("opinion", "")  # under the other button: kept as well
    said = phrases.offered(request.actor)
    acts = []
    for step in flow.STEPS:
        if step.is_open(paper, request.actor, duties):
            draft, kind = saved.get(step.name), forms.FORMS[step.name]
            fresh = kind(paper=paper, actor=request.actor, typed=typed, draft=draft)
            form = bound if bound and type(bound) is kind else fresh
            form.draft, form.draft_key = draft, drafts.form_key(step.verb, paper)
            form.offer(said(step.name), step.name)
            acts.append((step, form))
    return acts
