"""How long a department has for an incoming paper: by urgency, from rows an office can change."""

from datetime import datetime

from django.utils import timezone

from documents.models import IncomingPaper, Urgency
from organization.calendar import Calendar
from organization.deadlines import Deadline, compute
from organization.models import DeadlineRule

RULES = {
    Urgency.NONE: "incoming.ordinary",
    Urgency.URGENT: "incoming.urgent",
    Urgency.MOST_URGENT: "incoming.most_urgent",
}


def handling_deadline(paper: IncomingPaper, starts_at: datetime, calendar: Calendar) -> Deadline:
    """The deadline the rules propose for handling `paper` from `starts_at` on.

    党政机关公文处理工作条例 第二十四条第四项: 紧急公文应当明确办理时限.
    """
    code = RULES[Urgency(paper.urgency)]
    day = timezone.localdate(starts_at)
    rules = DeadlineRule.objects.in_force(paper.procuratorate_id, day).filter(code=code)
    return compute(rules[:1].get(), starts_at, calendar)
