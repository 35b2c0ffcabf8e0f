"""承办: one lead department, any number of co-handlers, each with its own last day."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from activity.models import Assignment, Outcome
from activity.steps import StepClosed
from activity.trace import Trace
from activity.ways_back import go_straight_back
from documents.deadlines import assisting_deadline, lead_deadline
from documents.flow.given import Plan
from documents.flow.incoming.asking import directors, head_of
from documents.flow.incoming.conditions import BEING_HANDLED, losable, open_work
from documents.flow.incoming.reading import ask_to_read
from documents.flow.incoming.steps import (
    ADD_DEPARTMENT,
    ASSIGN,
    DIVIDE,
    DROP_DEPARTMENT,
    REASSIGN,
    REPORT,
)
from documents.models import Duty, IncomingPaper, State
from organization.actor import Actor
from organization.calendar import Calendar
from organization.deadlines import Deadline
from organization.models import Department, Post


def assign(paper: IncomingPaper, plan: Plan, *, by: Actor) -> None:
    """Hand the paper out as instructed: departments with their deadlines, readers beside them."""
    with ASSIGN.taken(paper, by=by) as trace:
        calendar = Calendar.load(paper.procuratorate_id)
        proposed = lead_deadline(paper, timezone.now(), calendar)
        deadline = proposed.set_by_hand(plan.due_on, calendar)
        trace.ask(head_of(paper, plan.lead), Duty.HANDLE, deadline)
        for share in plan.assisting:
            _ask_to_assist(paper, trace, share.department, share.due_on, calendar)
        ask_to_read(paper, trace, plan.readers, in_order=plan.in_order)
        paper.lead_department = plan.lead
        paper.due_on = deadline.due_on
        paper.chaser = plan.chaser
        paper.for_reading = False
        trace.details |= {
            "lead": plan.lead.name,
            "assisting": "、".join(str(share) for share in plan.assisting),
            "due_on": deadline.due_on.isoformat(),
            "chaser": plan.chaser.user.name if plan.chaser else "",
        }


def divide(paper: IncomingPaper, *, by: Actor, to: Post, opinion: str = "") -> None:
    """A department head passes the department's part to a colleague; the deadline goes along."""
    if to.department is None:
        raise DIVIDE.refusal()
    with DIVIDE.taken(paper, by=by, which=_of(to.department)) as trace:
        trace.details |= {"opinion": opinion, "to": to.user.name}
        assert trace.row
        trace.pass_on(trace.row, to)


def report(
    paper: IncomingPaper, *, by: Actor, opinion: str, department: Department | None = None
) -> None:
    """Say what was done; after the last department it is reviewed.

    With a `department`, it is that one's part: somebody may have two.
    """
    with REPORT.taken(paper, by=by, which=_of(department)) as trace:
        trace.details["opinion"] = opinion
        if trace.last:
            _handled(paper, trace)


def reassign(
    paper: IncomingPaper,
    *,
    by: Actor,
    part: Department,
    department: Department,
    due_on: date,
    opinion: str = "",
) -> None:
    """改办: the part of one department, open or sent back by it, goes to another."""
    with REASSIGN.taken(paper, by=by) as trace:
        calendar = Calendar.load(paper.procuratorate_id)
        head = head_of(paper, department)
        _refuse_twice(paper, department)
        had, waiting = _part(paper, part)
        known = had or (waiting[0].about if waiting else None)
        if known is None:
            raise REASSIGN.refusal()
        row = trace.pass_on(known, head) if had else trace.ask(head, Duty.HANDLE)
        row.set_deadline(_of_row(known).extended(due_on, calendar))
        trace.end(waiting, Outcome.DONE)
        if part == paper.lead_department:
            paper.lead_department, paper.due_on = department, due_on
        trace.details |= {
            "part": part.name,
            "to": department.name,
            "holder": department.name,
            "due_on": due_on.isoformat(),
            "opinion": opinion,
        }


def add_department(
    paper: IncomingPaper, *, by: Actor, department: Department, due_on: date, opinion: str = ""
) -> None:
    """Another department shall assist."""
    with ADD_DEPARTMENT.taken(paper, by=by) as trace:
        _refuse_twice(paper, department)
        calendar = Calendar.load(paper.procuratorate_id)
        _ask_to_assist(paper, trace, department, due_on, calendar)
        trace.details |= {
            "to": department.name,
            "due_on": due_on.isoformat(),
            "opinion": opinion,
        }


def drop_department(
    paper: IncomingPaper, *, by: Actor, part: Department, opinion: str = ""
) -> None:
    """A co-handler's part is not needed any more. The lead department cannot be taken out."""
    with DROP_DEPARTMENT.taken(paper, by=by) as trace:
        had, waiting = _part(paper, part)
        if part == paper.lead_department or not (had or waiting):
            raise DROP_DEPARTMENT.refusal()
        trace.end([*([had] if had else []), *waiting], Outcome.CANCELLED)
        trace.details |= {"part": part.name, "opinion": opinion}
        if not trace.leaves(*BEING_HANDLED):
            trace.after = State.REPORTED
            _handled(paper, trace)


def parts(paper: IncomingPaper, *, only_losable: bool = False) -> list[Department]:
    """The departments whose part is open, or was sent back and waits for another department."""
    rows = losable(paper) if only_losable else open_work(paper, *BEING_HANDLED)
    found = [row.about.department if row.about else row.department for row in rows]
    return list(dict.fromkeys(department for department in found if department))


def _part(
    paper: IncomingPaper, department: Department
) -> tuple[Assignment | None, list[Assignment]]:
    """The open work of a department, and what waits at the clerks because it sent its part back."""
    rows = open_work(paper, *BEING_HANDLED)
    had = rows.filter(duty=Duty.HANDLE, department=department).first()
    return had, list(rows.filter(duty=Duty.REASSIGN, about__department=department))


def _refuse_twice(paper: IncomingPaper, department: Department) -> None:
    """No department has two parts of one paper: somebody gave it to this one just now."""
    if department in parts(paper):
        raise StepClosed(paper)


def _ask_to_assist(
    paper: IncomingPaper, trace: Trace, department: Department, due_on: date, calendar: Calendar
) -> None:
    proposed = assisting_deadline(paper, timezone.now(), calendar)
    deadline = proposed.set_by_hand(due_on, calendar)
    trace.ask(head_of(paper, department), Duty.HANDLE, deadline)


def _of_row(row: Assignment) -> Deadline:
    assert row.deadline
    return Deadline.from_json(row.deadline)


def _of(department: Department | None) -> Q:
    return Q(department=department) if department else Q()


def _handled(paper: IncomingPaper, trace: Trace) -> None:
    if not go_straight_back(trace):
        trace.ask_any(directors(paper), Duty.REVIEW)
