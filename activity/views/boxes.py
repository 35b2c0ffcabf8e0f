from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from activity import access, drafts, inbox, outbox
from activity.inbox import Box
from activity.models import MessageStatus, Notice, OutboxMessage
from activity.tasks import deliver_messages
from activity.wake import wake
from organization.actor import ActorRequest
from web.paging import Key, paginate

MOST_PRESSING = [Key("urgency", descending=True), Key("due_at", nullable=True), Key("id")]
NEWEST = [Key("closed_at", descending=True), Key("id", descending=True)]


@require_safe
def box(request: ActorRequest, name: str) -> HttpResponse:
    """待办 待阅 已办 已阅."""
    if name not in Box.values:
        raise Http404
    chosen, due = Box(name), request.GET.get("due", "")
    rows = inbox.rows(chosen, request.actor)
    if due in inbox.PRESSING:
        rows = inbox.pressing(rows, due, request.actor, timezone.now())
    keys = MOST_PRESSING if chosen in {Box.TO_DO, Box.TO_READ} else NEWEST
    page = paginate(inbox.with_what_a_line_shows(rows), keys, request.GET)
    lines = inbox.lines(page.rows, request.actor, timezone.localdate())
    context = {
        "box": chosen,
        "page": page,
        "lines": lines,
        "due": due,
        "batch_acts": inbox.batch_acts(page.rows),
    }
    return render(request, "activity/box.html", context)


@require_safe
def notices(request: ActorRequest) -> HttpResponse:
    """What happened to papers the reader took part in, newest first."""
    mine = Notice.objects.visible_to(request.actor).select_related(
        "event__user", "event__acting_for__user"
    )
    page = paginate(mine, [Key("id", descending=True)], request.GET)
    lines = inbox.told(page.rows, request.actor, timezone.localdate())
    return render(request, "activity/notices.html", {"page": page, "lines": lines})


@require_POST
def read_notices(request: ActorRequest) -> HttpResponse:
    """All notices up to now are read."""
    Notice.objects.unread_of(request.actor).update(read_at=timezone.now())
    return redirect("activity:notices")


@require_safe
def outgoing(request: ActorRequest) -> HttpResponse:
    """The outbox, for whoever keeps the system running: numbers and kinds, no text, no names."""
    if not access.may_see_outbox(request.actor):
        raise PermissionDenied(access.WHO_SEES_OUTBOX)
    mine = OutboxMessage.objects.visible_to(request.actor)
    left = mine.filter(status__in=[MessageStatus.PARKED, MessageStatus.WAITING])
    counts = outbox.counts(mine, timezone.localdate())
    parked = any(line.status == MessageStatus.PARKED for line in counts)
    context = {
        "page": paginate(left, [Key("status"), Key("id")], request.GET),  # parked ones first
        "counts": counts,
        "oldest": outbox.waiting_since(mine),
        "may_retry": parked and access.may_retry_outbox(request.actor),
    }
    return render(request, "activity/outgoing.html", context)


@require_POST
def retry_outgoing(request: ActorRequest) -> HttpResponse:
    """Parked messages are sent again."""
    count = outbox.retry(by=request.actor, now=timezone.now())
    wake(deliver_messages)
    said = ngettext(
        "%(count)s message is tried again.", "%(count)s messages are tried again.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("activity:outgoing")


@require_POST
def save_draft(request: ActorRequest) -> HttpResponse:
    """Sent by a page while somebody types into one of its forms; a sentence comes back."""
    try:
        form, typed = drafts.read(request.body)
        draft = drafts.save(form, typed, by=request.actor, now=timezone.now())
    except drafts.NotADraft:
        return HttpResponse(status=400)
    except drafts.TooMuch:
        return HttpResponse(status=429)
    at = timezone.localtime(draft.saved_at).strftime("%H:%M")
    return JsonResponse({"said": _("Draft saved %(time)s") % {"time": at}})


@require_POST
def discard_draft(request: ActorRequest) -> HttpResponse:
    """The form is as it was before; back to the page it stands on."""
    drafts.discard([request.POST.get("form", "")], by=request.actor)
    messages.success(request, _("The draft was discarded."))
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if safe else "home:workbench")
