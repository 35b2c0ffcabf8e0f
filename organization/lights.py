"""Red, yellow, green: how near a deadline is, counted in working days, always with words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization.calendar import Calendar

NEAR = 3  # working days


@dataclass(frozen=True)
class Light:
    colour: str  # "late", "near" or "calm": the class of the badge
    words: str


def light(due_on: date, today: date, calendar: Calendar) -> Light:
    """超期, 临期 (three working days or fewer left) or 正常, in words."""
    if due_on < today:
        days = max(1, -calendar.workdays_left(today, due_on))
        words = ngettext("%(days)s working day late", "%(days)s working days late", days)
        return Light("late", words % {"days": days})
    days = calendar.workdays_left(today, due_on)
    if due_on == today:
        return Light("near", _("due today"))
    words = ngettext("%(days)s working day left", "%(days)s working days left", days)
    return Light("near" if days <= NEAR else "calm", words % {"days": days})
