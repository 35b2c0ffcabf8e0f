from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity.lending import access, flow, queries
from activity.lending.forms import LendForm
from organization.actor import ActorRequest
from organization.models import Delegation
from web.paging import Key, paginate

NEWEST = [Key("id", descending=True)]


@require_safe
def delegations(request: ActorRequest) -> HttpResponse:
    """委托: what I have lent and what is lent to me; for the office director, all of the house."""
    seen = queries.with_people(Delegation.objects.visible_to(request.actor))
    page = paginate(seen, NEWEST, request.GET)
    context = {
        "page": page,
        "lines": queries.lines(page.rows, request.actor, timezone.localdate()),
        "may_lend": any(access.may_lend(request.actor, post) for post in request.actor.posts),
    }
    return render(request, "activity/delegations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lend(request: ActorRequest) -> HttpResponse:
    if not any(access.may_lend(request.actor, post) for post in request.actor.posts):
        raise PermissionDenied(access.WHO_LENDS)
    form = LendForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        loan = flow.Loan(**form.cleaned_data | {"delegate": form.cleaned_data["delegate"].user})
        try:
            _say(request, flow.lend(loan, by=request.actor))
        except flow.CannotLend as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("activity:delegations")
    return render(request, "activity/lend.html", {"form": form})


def _say(request: ActorRequest, lent: Delegation) -> None:
    messages.success(request, _("Lent to %(name)s.") % {"name": lent.delegate.name})
    if count := flow.staying(lent.post, lent.delegate):
        words = ngettext(
            "%(count)s open item is above the clearance of %(name)s and stays with the holder.",
            "%(count)s open items are above the clearance of %(name)s and stay with the holder.",
            count,
        )
        messages.warning(request, words % {"count": count, "name": lent.delegate.name})


@require_POST
def give_back(request: ActorRequest, pk: int) -> HttpResponse:
    """收回、交还: before its last day."""
    seen = queries.with_people(Delegation.objects.visible_to(request.actor))
    flow.give_back(get_object_or_404(seen, pk=pk), by=request.actor)
    messages.success(request, _("The post is its holder's alone again."))
    return redirect("activity:delegations")
