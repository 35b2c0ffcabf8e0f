from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from activity import inbox
from activity.inbox import Box
from activity.models import Notice
from activity.record import visible_records
from activity.words import sentence
from organization.actor import ActorRequest
from web.paging import Key, paginate

MOST_PRESSING = [Key("due_at", nullable=True), Key("id")]
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
    context = {"box": chosen, "page": page, "lines": lines, "due": due}
    return render(request, "activity/box.html", context)


@require_safe
def notices(request: ActorRequest) -> HttpResponse:
    """What happened to papers the reader took part in, newest first."""
    mine = Notice.objects.visible_to(request.actor).select_related("event__user")
    page = paginate(mine, [Key("id", descending=True)], request.GET)
    records = visible_records([notice.event for notice in page.rows], request.actor)
    lines = [
        (
            notice,
            records.get((notice.event.target_kind_id, notice.event.target_id)),
            sentence(notice.event),
        )
        for notice in page.rows
    ]
    return render(request, "activity/notices.html", {"page": page, "lines": lines})


@require_POST
def read_notices(request: ActorRequest) -> HttpResponse:
    """All notices up to now are read."""
    Notice.objects.unread_of(request.actor).update(read_at=timezone.now())
    return redirect("activity:notices")
