"""待办 待阅 已办 已阅: four filters over one table. Lists and counts come from the same ones."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from activity.models import Assignment, Kind, Notice, Outcome
from activity.models.assignment import AssignmentQuerySet
from activity.record import seen_by, visible_records
from activity.words import sentence
from organization.actor import Actor, hats
from organization.calendar import Calendar
from organization.lights import NEAR, Light, light


class Box(models.TextChoices):
    TO_DO = "to_do", _("To do")
    TO_READ = "to_read", _("To read")
    DONE = "done", _("Done")
    READ = "read", _("Read")


_OPEN = Q(closed_at__isnull=True, since__isnull=False)
_CLOSED = Q(
    closed_at__isnull=False,
    since__isnull=False,  # a turn that never came was nobody's work
    outcome__in=[Outcome.DONE, Outcome.RETURNED, Outcome.MOVED],
)
FILTERS = {
    Box.TO_DO: _OPEN & Q(kind=Kind.ACT),
    Box.TO_READ: _OPEN & Q(kind=Kind.READ),
    Box.DONE: _CLOSED & Q(kind=Kind.ACT),
    Box.READ: _CLOSED & Q(kind=Kind.READ),
}


def rows(box: Box, actor: Actor) -> AssignmentQuerySet:
    """What lies in this box of the actor's posts, up to their clearance."""
    mine = Assignment.objects.given_to(actor).filter(marking__lte=actor.clearance)
    return mine.filter(FILTERS[box])


def counts(actor: Actor) -> dict[str, int]:
    """How many rows the two open boxes hold, in one query: {"to_do": 3, "to_read": 0}."""
    boxes = (Box.TO_DO, Box.TO_READ)
    mine = Assignment.objects.given_to(actor).filter(_OPEN, marking__lte=actor.clearance)
    return mine.aggregate(**{box.value: Count("pk", filter=FILTERS[box]) for box in boxes})


def mark_opened(record: Any, actor: Actor, now: datetime) -> int:
    """The actor has this record on the screen: say so on their open rows. Safe to run twice."""
    mine = Assignment.objects.about(record).given_to(actor).filter(_OPEN, opened_at__isnull=True)
    return mine.update(opened_at=now)


@dataclass(frozen=True)
class Line:
    """A row of a box as it is shown."""

    row: Assignment
    light: Light | None

    @property
    def due_on(self) -> date | None:
        """One's own last day; of open work that has none, the record's, which came along."""
        if self.row.due_on or self.row.closed_at or self.row.kind != Kind.ACT:
            return self.row.due_on
        return getattr(self.row.target, "due_on", None)


PRESSING = ("late", "near")


def pressing(
    found: AssignmentQuerySet, how: str, actor: Actor, now: datetime
) -> AssignmentQuerySet:
    """The rows of a box that are late, or due within three working days."""
    if how == "late":
        return found.filter(due_at__lt=now)
    calendar = Calendar.load(actor.procuratorate.pk)
    calm_from = calendar.add_workdays(timezone.localdate(now), NEAR + 1)
    return found.filter(due_at__gte=now, due_on__lt=calm_from)


def most_pressing_first(found: AssignmentQuerySet) -> AssignmentQuerySet:
    """What is urgent first, then what is due first."""
    return found.order_by("-urgency", F("due_at").asc(nulls_last=True), "pk")


def with_what_a_line_shows(found: AssignmentQuerySet) -> AssignmentQuerySet:
    """Post and record come along, whatever the number of rows."""
    return found.select_related("post__department").prefetch_related("target")


def lines(found: Iterable[Assignment], actor: Actor, today: date) -> list[Line]:
    """Each open row with a date gets its light; one query for the calendar, if any is needed."""
    shown = list(found)
    if not any(row.due_on for row in shown):
        return [Line(row, None) for row in shown]
    calendar = Calendar.load(actor.procuratorate.pk)
    return [Line(row, _light(row, today, calendar)) for row in shown]


def _light(row: Assignment, today: date, calendar: Calendar) -> Light | None:
    if row.due_on is None or row.closed_at:
        return None
    return light(row.due_on, today, calendar)


def batch_acts(shown: Iterable[Assignment]) -> dict[str, Any]:
    """The duties that several open rows of a page share and that can be done for all at once.

    Its records say which: a model that allows it has `batch_acts`, labels by duty.
    """
    open_rows = [row for row in shown if row.closed_at is None]
    counts = Counter(row.duty for row in open_rows)
    offered: dict[str, Any] = {}
    for row in open_rows:
        offered |= getattr(type(row.target), "batch_acts", {})
    return {duty: label for duty, label in offered.items() if counts[duty] > 1}


@dataclass(frozen=True)
class Told:
    """A notice as it is shown: its record if the reader may see it in anything they act as."""

    notice: Notice
    record: Any
    sentence: str
    opens: bool  # under the present hat; else one must change it first


def told(notices: Iterable[Notice], actor: Actor, today: date) -> list[Told]:
    """Notices are a person's, whomever they act for at the moment."""
    shown = list(notices)
    events = [notice.event for notice in shown]
    here = visible_records(events, actor)
    assert actor.user
    everywhere = seen_by(hats(actor.user, today, actor.procuratorate.pk), events)
    places = [(event.target_kind_id, event.target_id) for event in events]
    return [
        Told(notice, everywhere.get(place), sentence(notice.event), place in here)
        for notice, place in zip(shown, places, strict=True)
    ]


def with_the_next(said: str, box: Box, actor: Actor) -> str:
    """What a step answers, and a link to the most pressing row that is left in the same box."""
    row = most_pressing_first(rows(box, actor)).first()
    if row is None:
        return said
    record: Any = row.target
    words = _("Next: %(title)s") % {"title": record.title}
    link = '{} <a class="next" href="{}">{}</a>'
    return format_html(link, said, record.get_absolute_url(), words)
