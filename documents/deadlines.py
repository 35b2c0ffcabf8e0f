"""How long a department has for an incoming paper: by urgency, from rows an office can change."""

from datetime import datetime

from django.utils import timezone

from documents.models import IncomingPaper, Urgency
from organization.calendar import Calendar
from organization.deadlines import Deadline, compute
from organization.models import DeadlineRule

GRADES = {
    Urgency.NONE: "ordinary",
    Urgency.LEAST_URGENT: "least_urgent",
    Urgency.URGENT: "urgent",
    Urgency.MOST_URGENT: "most_urgent",
    Urgency.AT_ONCE: "at_once",
}


def lead_deadline(paper: IncomingPaper, starts_at: datetime, calendar: Calendar) -> Deadline:
    """The deadline the rules propose for the lead department (主办) from `starts_at` on.

    党政机关公文处理工作条例 第二十四条第四项: 紧急公文应当明确办理时限.
    """
    return _counted(_code(paper), paper, starts_at, calendar)


def assisting_deadline(paper: IncomingPaper, starts_at: datetime, calendar: Calendar) -> Deadline:
    """The same for a co-handling department (协办), early enough for the lead to use its answer."""
    return _counted(f"{_code(paper)}.assisting", paper, starts_at, calendar)


def _code(paper: IncomingPaper) -> str:
    form = "telegram" if paper.is_telegram else "incoming"
    return f"{form}.{GRADES[Urgency(paper.urgency)]}"


def _counted(code: str, paper: IncomingPaper, starts_at: datetime, calendar: Calendar) -> Deadline:
    day = timezone.localdate(starts_at)
    rules = DeadlineRule.objects.in_force(paper.procuratorate_id, day).filter(code=code)
    return compute(rules[:1].get(), starts_at, calendar)
