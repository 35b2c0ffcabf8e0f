from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity.handover import access, flow, queries
from activity.handover.forms import HandOverForm, LeaverForm
from activity.models import Handover
from activity.record import record
from organization.actor import ActorRequest
from organization.models import Post
from web.paging import Key, paginate

NEWEST = [Key("id", descending=True)]


@require_safe
def handovers(request: ActorRequest) -> HttpResponse:
    """离岗交接: who has left with open work, whose is to be handed over, and what was."""
    if not access.may_see_to_handovers(request.actor):
        raise PermissionDenied(access.WHO_HANDS_OVER)
    asked = "leaver" in request.GET
    form = LeaverForm(request.GET if asked else None, actor=request.actor)
    if asked and form.is_valid():
        return redirect("activity:hand_over", form.cleaned_data["leaver"].user_id)
    done = Handover.objects.visible_to(request.actor)
    context = {
        "form": form,
        "left": queries.left_with_work(request.actor, timezone.localdate()),
        "page": paginate(done.select_related("leaver", "successor__user"), NEWEST, request.GET),
    }
    return render(request, "activity/handovers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: ActorRequest, pk: int) -> HttpResponse:
    """All that one person has in hand, and who takes it over."""
    posts = _posts(request, pk)
    rows = queries.with_what_a_line_shows(queries.open_rows(posts))
    form = HandOverForm(request.POST or None, actor=request.actor, leaver=pk, rows=rows)
    if form.is_valid():
        plan = flow.Plan(posts[0].user, form.cleaned_data["successor"], form.others())
        try:
            handover = flow.hand_over(plan, by=request.actor)
        except flow.CannotHandOver as refusal:
            form.add_error(None, refusal.sentences)
        else:
            messages.success(request, _("Handed over. Please print the sheet for signature."))
            return redirect(handover)
    return _page(request, posts, form)


def _posts(request: ActorRequest, pk: int) -> list[Post]:
    """Of somebody whose posts the actor may not hand over, nothing is said."""
    if not access.may_see_to_handovers(request.actor):
        raise PermissionDenied(access.WHO_HANDS_OVER)
    if not (posts := queries.posts_of(pk, request.actor)):
        raise Http404
    return posts


def _page(request: ActorRequest, posts: list[Post], form: HandOverForm) -> HttpResponse:
    context = {
        "leaver": posts[0].user,
        "posts": posts,
        "form": form,
        "in_hand": queries.in_hand(posts, timezone.localdate()),
    }
    return render(request, "activity/hand_over.html", context)


@require_safe
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """交接单, for signature on paper."""
    handover = _handover(request, pk)
    lines = queries.sheet(handover, request.actor)
    takers = list(dict.fromkeys([handover.successor, *(line.successor for line in lines)]))
    context = {"handover": handover, "lines": lines, "takers": takers}
    return render(request, "activity/handover_sheet.html", context)


@require_POST
def printed(request: ActorRequest, pk: int) -> HttpResponse:
    """Sent by the page as it goes to the printer."""
    record("handover.print", _handover(request, pk), by=request.actor)
    return HttpResponse(status=204)


def _handover(request: ActorRequest, pk: int) -> Handover:
    seen = Handover.objects.visible_to(request.actor).select_related(
        "leaver", "witness", "done_by__department", "successor__user", "successor__department"
    )
    return get_object_or_404(seen, pk=pk)
