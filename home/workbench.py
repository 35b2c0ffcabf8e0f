"""What the first page shows: each number opens the list it counts."""

from typing import Any

from django.utils import timezone

from activity import inbox
from activity.inbox import Box
from organization.actor import Actor
from organization.models.post import LEADERS

SHOWN = 8


def contents(actor: Actor) -> dict[str, Any]:
    now = timezone.now()
    to_do = inbox.rows(Box.TO_DO, actor)
    to_read = inbox.rows(Box.TO_READ, actor)
    return {
        "today": timezone.localdate(now),
        "leads": actor.holds(*LEADERS),
        "late": inbox.pressing(to_do, "late", actor, now).count(),
        "near": inbox.pressing(to_do, "near", actor, now).count(),
        "to_do": _first(to_do, actor),
        "to_read": _first(to_read, actor),
    }


def _first(rows: Any, actor: Actor) -> list[inbox.Line]:
    shown = inbox.with_what_a_line_shows(inbox.most_pressing_first(rows))[:SHOWN]
    return inbox.lines(shown, actor, timezone.localdate())
