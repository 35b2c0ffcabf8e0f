"""The trail of a record: who received it, opened it, did what and said what, and who has it now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from activity.models import Assignment, Event, Outcome
from activity.words import sentence


@dataclass(frozen=True)
class Line:
    """One event of a record, in words."""

    event: Event
    sentence: str
    opinion: str
    received_at: datetime | None
    opened_at: datetime | None

    @property
    def took(self) -> timedelta | None:
        """How long it lay with the one who did this."""
        return self.event.at - self.received_at if self.received_at else None


def lines(record: Any) -> list[Line]:
    """Every event of the record, oldest first. Two queries, however many."""
    events = Event.objects.about(record).select_related(
        "user", "post__department", "post__procuratorate", "acting_for__user"
    )
    closed = Assignment.objects.about(record).exclude(outcome=Outcome.TAKEN_BY_COLLEAGUE)
    closing = {row.closing_event_id: row for row in closed.filter(closed_at__isnull=False)}
    return [_line(event, closing.get(event.pk)) for event in events]


def holders(record: Any) -> list[Assignment]:
    """In whose hands it is now: the open rows whose turn came, and those that still wait."""
    rows = Assignment.objects.about(record).open().order_by("kind", "turn", "pk")
    return list(rows.select_related("post__user", "post__department", "post__procuratorate"))


def _line(event: Event, row: Assignment | None) -> Line:
    return Line(
        event=event,
        sentence=sentence(event),
        opinion=str(event.details.get("opinion", "")),
        received_at=row.since if row else None,
        opened_at=row.opened_at if row else None,
    )
