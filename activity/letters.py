"""The text of a message, written when it is sent: numbers and days, never a title or a name.

What was closed, given another last day, or may no longer be seen in the meantime is not in it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.models import (
    Assignment,
    ChannelKind,
    MessageKind,
    OutboxMessage,
    Reminder,
    ReminderOutcome,
)
from activity.record import seen_by
from activity.words import left
from organization.actor import Actor, hats
from organization.calendar import Calendar


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str


def letter(message: OutboxMessage, today: date) -> Letter | None:
    """What the message says today; None when there is nothing left to say."""
    with translation.override(settings.LANGUAGE_CODE):
        if message.channel != ChannelKind.EMAIL:
            return _digest(message, today)
        if message.recipient is None:
            return None
        # As themselves, and for whoever has lent them a post; somebody who has left is nobody.
        readers = hats(message.recipient, today, message.procuratorate_id)
        if message.kind == MessageKind.URGENT:
            return _urgent(message, readers)
        return _morning(message, readers, today)


def _valid(message: OutboxMessage) -> QuerySet[Reminder]:
    """That day's reminders of work that is still open, with the same last day."""
    return Reminder.objects.filter(
        procuratorate=message.procuratorate_id,
        day=message.day,
        outcome=ReminderOutcome.SENT,
        assignment__closed_at__isnull=True,
        assignment__due_on=F("due_on"),
    )


def _morning(message: OutboxMessage, readers: list[Actor], today: date) -> Letter | None:
    mine = _valid(message).filter(recipient=message.recipient).order_by("due_on", "pk")
    told = [(row.event, row.due_on) for row in mine.select_related("event") if row.event]
    seen = seen_by(readers, [event for event, _due_on in told])
    calendar = Calendar.load(message.procuratorate_id)
    lines, late = [], 0
    for event, due_on in told:
        record = seen.get((event.target_kind_id, event.target_id))
        if record is not None:
            days = calendar.workdays_left(today, due_on)
            lines.append(_line(record, days, due_on))
            late += days < 0
    if not lines:
        return None
    return Letter(
        subject=_("Papers with a deadline: %(count)s, late: %(late)s")
        % {"count": len(lines), "late": late},
        text=_written(_counted(len(lines), late), *lines),
    )


def _line(record: Any, days: int, due_on: date) -> str:
    return _("%(number)s: %(left)s, due %(day)s") % {
        "number": _number(record),
        "left": left(days),
        "day": date_format(due_on),
    }


def _urgent(message: OutboxMessage, readers: list[Actor]) -> Letter | None:
    """As long as the work lies with the reader."""
    assert message.notice
    event = message.notice.event
    waits = any(
        Assignment.objects.given_to(reader)
        .open()
        .filter(target_kind=event.target_kind_id, target_id=event.target_id, since__isnull=False)
        .exists()
        for reader in readers
    )
    record = seen_by(readers, [event]).get((event.target_kind_id, event.target_id))
    if record is None or not waits:
        return None
    said = _("An urgent paper waits for you: %(number)s") % {"number": _number(record)}
    return Letter(subject=_("An urgent paper waits for you"), text=_written(said))


def _digest(message: OutboxMessage, today: date) -> Letter | None:
    """For everybody in a group: how many papers, and nothing else."""
    rows = dict(_valid(message).values_list("assignment", "due_on"))
    if not rows:
        return None
    calendar = Calendar.load(message.procuratorate_id)
    late = sum(calendar.workdays_left(today, due_on) < 0 for due_on in rows.values())
    subject = _counted(len(rows), late)
    return Letter(subject=subject, text=_written(subject))


def _counted(count: int, late: int) -> str:
    return ngettext(
        "Today's reminders: %(count)s paper with a deadline, %(late)s of them late.",
        "Today's reminders: %(count)s papers with a deadline, %(late)s of them late.",
        count,
    ) % {"count": count, "late": late}


def _number(record: Any) -> str:
    return getattr(record, "reference", "") or _("(without a number)")


def _written(*lines: str) -> str:
    """A greeting, the lines, and where to go on."""
    inbox = reverse("activity:box", args=["to_do"])
    where = [f"{settings.SITE_URL}{inbox}"] if settings.SITE_URL else []
    closing = _("Please sign in to the office system to see and handle them.")
    return "\n".join([_("Good day,"), "", *lines, "", closing, *where]) + "\n"
