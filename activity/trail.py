"""The trail of a record: who received it, opened it, did what and said what, and who has it now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from activity.models import Assignment, Event, Outcome, ReminderOutcome
from activity.reminders import REMIND
from activity.words import LOOKS, sentence

# How a row ends when its own holder acts, not somebody else.
ACTED = (Outcome.DONE, Outcome.RETURNED, Outcome.MOVED)


@dataclass(frozen=True)
class Line:
    """One event of a record, in words."""

    event: Event
    sentence: str
    opinion: str
    received_at: datetime | None
    opened_at: datetime | None

    @property
    def is_look(self) -> bool:
        """A download or a print: who looked, not what was done."""
        return self.event.verb in LOOKS

    @property
    def took(self) -> timedelta | None:
        """How long it lay with the one who did this."""
        return self.event.at - self.received_at if self.received_at else None


def lines(record: Any) -> list[Line]:
    """What was done about the record, oldest first; reminders are counted beside who has it now.

    Two queries, however many.
    """
    done = Event.objects.about(record).exclude(verb=REMIND)
    events = done.select_related(
        "user", "post__department", "post__procuratorate", "acting_for__user"
    )
    acted = Assignment.objects.about(record).filter(outcome__in=ACTED)
    closing = {row.closing_event_id: row for row in acted}
    return [_line(event, closing.get(event.pk)) for event in events]


def holders(record: Any) -> list[Assignment]:
    """In whose hands it is now: the open rows whose turn came, and those that still wait.

    With each comes on how many days somebody was reminded of it, and on which day last.
    """
    sent = Q(reminders__outcome=ReminderOutcome.SENT)
    rows = (
        Assignment.objects.about(record)
        .open()
        .with_delegates(timezone.localdate())
        .annotate(
            times_reminded=Count("reminders__day", filter=sent, distinct=True),
            last_reminded_on=Max("reminders__day", filter=sent),
        )
    )
    rows = rows.order_by("kind", "turn", "pk")
    return list(rows.select_related("post__user", "post__department", "post__procuratorate"))


def _line(event: Event, row: Assignment | None) -> Line:
    return Line(
        event=event,
        sentence=sentence(event),
        opinion=str(event.details.get("opinion", "")),
        received_at=row.since if row else None,
        opened_at=row.opened_at if row else None,
    )
