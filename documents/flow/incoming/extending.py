"""延期: asked for before the last day is over, with a reason; the first last day is kept."""

from datetime import date

from django.db.models import Q

from activity.models import Assignment
from activity.recount import whose
from activity.steps import StepClosed
from documents.flow.incoming.asking import directors
from documents.flow.incoming.conditions import extendable
from documents.flow.incoming.steps import ASK_EXTENSION, DECIDE_EXTENSION
from documents.models import Duty, IncomingPaper
from organization.actor import Actor
from organization.calendar import Calendar
from organization.deadlines import Deadline
from organization.models import Department


def ask_extension(
    paper: IncomingPaper,
    *,
    by: Actor,
    until: date,
    opinion: str,
    department: Department | None = None,
) -> None:
    """Whoever handles a part asks for more time; the office director decides.

    Raises StepClosed once the last day is over, and for a day that is no later than it.
    """
    which = Q(department=department) if department else Q()
    with ASK_EXTENSION.taken(paper, by=by, which=which) as trace:
        row = trace.row
        assert row
        assert row.due_on
        if until <= row.due_on or row not in extendable(paper, by):
            raise StepClosed(paper)
        trace.ask_any(directors(paper), Duty.EXTEND, about=row)
        trace.details |= {
            "part": row.department.name if row.department else "",
            "due_on": row.due_on.isoformat(),
            "until_on": until.isoformat(),
            "opinion": opinion,
        }


def decide_extension(
    paper: IncomingPaper,
    *,
    by: Actor,
    granted: bool,
    until: date,
    opinion: str = "",
    about: Assignment | None = None,
) -> None:
    """The office director grants it, perhaps to another day, or does not."""
    with DECIDE_EXTENSION.taken(paper, by=by, which=Q(about=about) if about else Q()) as trace:
        row = trace.row.about if trace.row else None
        assert row
        assert row.deadline
        old = Deadline.from_json(row.deadline)
        if granted and until <= old.due_on:
            raise StepClosed(paper)
        trace.details |= {
            "verdict": "extension.granted" if granted else "extension.refused",
            "part": row.department.name if row.department else "",
            "due_on": old.due_on.isoformat(),
            "until_on": until.isoformat(),
            "opinion": opinion,
            "holder": whose(row),
        }
        trace.tell([row.post])
        if granted:
            calendar = Calendar.load(paper.procuratorate_id)
            trace.change_deadline(row, old.extended(until, calendar))
            if row.department == paper.lead_department:
                paper.due_on = until
