"""What the first page shows: each number opens the list it counts."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone

from activity import inbox, recount
from activity.inbox import Box
from activity.lending import queries as lending
from documents import queries
from documents.models import IncomingPaper
from organization.actor import Actor
from organization.calendar import Calendar
from organization.models import Role
from organization.models.post import LEADERS

SHOWN = 8


def contents(actor: Actor) -> dict[str, Any]:
    now = timezone.now()
    today = timezone.localdate(now)
    to_do = inbox.rows(Box.TO_DO, actor)
    to_read = inbox.rows(Box.TO_READ, actor)
    desk = {
        "today": today,
        "leads": actor.holds(*LEADERS),
        "to_do": _first(to_do, actor),
        "to_read": _first(to_read, actor),
        "to_recount": recount.waiting(actor),
    }
    desk |= lending.on_the_workbench(actor, today)
    if actor.holds(*LEADERS, Role.OFFICE_DIRECTOR):
        return desk | _answered_for(actor, today)
    return desk | {
        "late": inbox.pressing(to_do, "late", actor, now).count(),
        "near": inbox.pressing(to_do, "near", actor, now).count(),
    }


def _answered_for(actor: Actor, today: date) -> dict[str, Any]:
    """What is late or due soon in the house, as far as a leader or the director may see it."""
    papers = IncomingPaper.objects.visible_to(actor)
    calendar = Calendar.load(actor.procuratorate.pk)
    late, near = (queries.pressing(how, today, calendar) for how in inbox.PRESSING)
    counts = papers.filter(late | near).aggregate(
        late=Count("pk", filter=late), near=Count("pk", filter=near)
    )
    return counts | {
        "answers": True,
        "late_papers": queries.watched(papers.filter(late), today, calendar, SHOWN),
        "near_papers": queries.watched(papers.filter(near), today, calendar, SHOWN),
    }


def _first(rows: Any, actor: Actor) -> list[inbox.Line]:
    shown = inbox.with_what_a_line_shows(inbox.most_pressing_first(rows))[:SHOWN]
    return inbox.lines(shown, actor, timezone.localdate())
