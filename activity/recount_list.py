"""What the page of 时限重算 shows: each piece of work, its old and its new last day, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activity import recount
from activity.models import Assignment
from activity.record import visible_records
from activity.recount import Change
from organization.actor import Actor
from organization.calendar import WEEKEND, Calendar
from organization.deadlines import ChangedDay
from organization.lights import Light, light


@dataclass(frozen=True)
class Line:
    change: Change
    row: Assignment
    record: Any  # None when the reader may not see it: then the number stands for it
    number: str
    before: Light
    after: Light
    why: list[str]
    becomes_late: bool

    @property
    def comes_earlier(self) -> bool:
        return self.change.new.due_on < self.change.old.due_on


@dataclass(frozen=True)
class Listing:
    """One page of changes: as much as one signature covers."""

    moved: list[Line]  # another last day
    on_a_day_off: list[Line]  # chosen by a person and left alone; a person should look at it
    same: list[Line]  # the same last day, explained anew
    digest: str
    left: int  # more of them, listed once these are signed for

    @property
    def count(self) -> int:
        return len(self.moved) + len(self.on_a_day_off) + len(self.same)


def listed(actor: Actor, today: date) -> Listing:
    """What waits in the actor's procuratorate: the same number of queries for two and for many."""
    calendar = Calendar.load(actor.procuratorate.pk)
    waiting = recount.differing(actor.procuratorate.pk, calendar)
    changes = waiting[: recount.MOST]
    lines = _lines(changes, actor, today, calendar)
    return Listing(
        moved=[line for line in lines if line.change.moves],
        on_a_day_off=[line for line in lines if line.change.fell_on_a_day_off],
        same=[line for line in lines if not (line.change.moves or line.change.fell_on_a_day_off)],
        digest=recount.digest(changes),
        left=len(waiting) - len(changes),
    )


def _lines(changes: Sequence[Change], actor: Actor, today: date, calendar: Calendar) -> list[Line]:
    found = Assignment.objects.filter(pk__in=[change.row_id for change in changes])
    with_people = found.select_related("post__user", "post__department", "department")
    rows = {row.pk: row for row in with_people.prefetch_related("target")}
    visible = visible_records(rows.values(), actor)
    lines = []
    for change in changes:
        row, old, new = rows[change.row_id], change.old.due_on, change.new.due_on
        lines.append(
            Line(
                change=change,
                row=row,
                record=visible.get((row.target_kind_id, row.target_id)),
                number=getattr(row.target, "reference", ""),
                before=light(old, today, calendar),
                after=light(new, today, calendar),
                why=_why(change),
                becomes_late=new < today <= old,
            )
        )
    return lines


def _why(change: Change) -> list[str]:
    said = [_changed(day) for day in change.days]
    said += [
        _("the official calendar for %(year)s has been loaded") % {"year": year}
        for year in change.old.unknown_years
        if year not in change.new.unknown_years
    ]
    return said or [_("only the explanation is another one")]


def _changed(changed: ChangedDay) -> str:
    words = (
        _("%(day)s has become a working day")
        if changed.is_workday
        else _("%(day)s is a day off now")
    )
    name = _("weekend") if changed.name == WEEKEND else changed.name
    said = words % {"day": date_format(changed.day, "MONTH_DAY_FORMAT")}
    return _("%(said)s (%(name)s)") % {"said": said, "name": name} if name else said
