"""One step, one address: look up, check the form, act, answer."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity import inbox
from activity.steps import open_duties
from documents import forms
from documents.flow import incoming as flow
from documents.models import Duty, IncomingPaper, State
from documents.views.papers import page, paper_of
from documents.views.said import say_what_to_do, tell_of_others
from organization.actor import ActorRequest

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


def step(name: str) -> Callable[..., HttpResponse]:
    """The view of one step: look up, check the form, act, answer."""

    def act(request: ActorRequest, pk: int) -> HttpResponse:
        paper = paper_of(request, pk)
        if request.method != "POST":  # somebody who comes by a link sees the page
            return redirect(paper)
        form = forms.FORMS[name](request.POST, paper=paper, actor=request.actor)
        if not form.is_valid():
            say_what_to_do(request, form)
            return page(request, paper, form)
        given = form.given()
        getattr(flow, name)(paper, by=request.actor, **given)
        if name == "register":
            tell_of_others(request, paper, given["files"], given["beside"])
        return _done(request, paper, name)

    return act


def _done(request: ActorRequest, paper: IncomingPaper, name: str) -> HttpResponse:
    """On to the next piece of work; back to the paper while there is something to do about it."""
    if paper.state == State.RETURNED:
        messages.success(request, _("Returned. The slip goes back together with the paper."))
        return redirect("documents:return_slip", paper.pk)
    said = SAID[name] % {"number": paper.number}
    mine = open_duties(paper, request.actor) - {Duty.READ}
    if mine or name in STAYS:
        messages.success(request, said)
        return redirect(paper)
    box = inbox.Box.TO_READ if name == "read" else inbox.Box.TO_DO
    messages.success(request, inbox.with_the_next(said, box, request.actor))
    return redirect("activity:box", box.value)
