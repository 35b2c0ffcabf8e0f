"""退回 and 撤回: back to an earlier step, and back from a step nobody has seen yet.

What becomes of the others is one rule: a part that is sent back is a matter of that part alone,
and the others go on; a paper that is sent back as a whole takes everybody's open work with it.
"""

from collections.abc import Sequence

from django.db.models import Q

from activity.models import Assignment, Kind, Outcome
from activity.steps import StepClosed
from activity.trace import NobodyToAsk, Trace
from activity.ways_back import undo, undoable
from documents.flow.incoming.asking import clerks, directors, head_of, still_there
from documents.flow.incoming.conditions import RECALLABLE, handled_this_time
from documents.flow.incoming.steps import RECALL, SEND_BACK
from documents.models import Duty, IncomingPaper, State
from organization.actor import Actor
from organization.models import Department

# In the order of the way: to which state a paper goes back for it, and by which step it is left.
BACK_TO = {
    Duty.REGISTER: (State.SIGNED_FOR, "register"),
    Duty.SCREEN: (State.REGISTERED, "screen"),
    Duty.PROPOSE: (State.SCREENED, "propose"),
    Duty.INSTRUCT: (State.PROPOSED, "instruct"),
    Duty.ASSIGN: (State.INSTRUCTED, "assign"),
    Duty.HANDLE: (State.HANDLING, "report"),
    Duty.REVIEW: (State.REPORTED, "review"),
}


def targets(paper: IncomingPaper, row: Assignment) -> list[Duty]:
    """The earlier steps this work can be sent back to: those the paper has been through.

    A co-handler can give back the own part, but not stop the lead department.
    """
    through = Assignment.objects.about(paper).filter(outcome=Outcome.DONE)
    done = set(through.values_list("duty", flat=True))
    order = list(BACK_TO)
    earlier = order[: order.index(Duty(row.duty))] if row.duty in BACK_TO else order
    if row.duty == Duty.HANDLE and row.department_id != paper.lead_department_id:
        earlier = [Duty.ASSIGN]
    return [duty for duty in earlier if duty in done]


def is_part(row: Assignment, to: str) -> bool:
    """A department gives back its part, and not the paper."""
    return row.duty == Duty.HANDLE and to == Duty.ASSIGN


def send_back(
    paper: IncomingPaper,
    *,
    by: Actor,
    to: str,
    opinion: str,
    straight: bool = False,
    departments: Sequence[Department] = (),
    department: Department | None = None,
) -> None:
    """Back to an earlier step with a reason; `straight` has it come directly back to `by`.

    `departments` are those whose report is not enough, when it goes back to the handling; all of
    them unless some are named. `department` says with which of two parts it is sent back.
    """
    which = Q(department=department) if department else Q()
    with SEND_BACK.taken(paper, by=by, which=which) as trace:
        row = trace.row
        assert row
        if to not in targets(paper, row):
            raise SEND_BACK.refusal()
        straight = straight and not is_part(row, to)
        trace.outcome = Outcome.RETURNED
        trace.details |= {
            "step": f"incomingpaper.{BACK_TO[Duty(to)][1]}",
            "straight": "straight.yes" if straight else "straight.no",
            "opinion": opinion,
        }
        if is_part(row, to):
            trace.ask_any(clerks(paper), Duty.REASSIGN, about=row)
            return
        others = Assignment.objects.about(paper).open().filter(kind=Kind.ACT)
        others = others.exclude(batch=row.batch, turn=row.turn)
        trace.end(others.select_related("post"), Outcome.CANCELLED)
        _ask_again(paper, trace, Duty(to), departments)
        trace.after = BACK_TO[Duty(to)][0]
        for new in trace.new:
            new.returns_to = row if straight else None


def recall(paper: IncomingPaper, *, by: Actor) -> None:
    """Take back one's own last act while nobody has opened what it gave them."""
    with RECALL.taken(paper, by=by) as trace:
        event = undoable(paper, by, RECALLABLE, RECALL.verb)
        if event is None:
            raise StepClosed(paper)
        undo(trace, event)
        trace.details["step"] = event.verb
        if event.verb == "incomingpaper.assign":
            paper.lead_department = paper.due_on = paper.chaser = None


def _ask_again(
    paper: IncomingPaper, trace: Trace, to: Duty, departments: Sequence[Department]
) -> None:
    if to == Duty.INSTRUCT:
        done = Assignment.objects.about(paper).filter(duty=to, outcome=Outcome.DONE)
        leaders = still_there(paper, done)
        if not leaders:
            raise NobodyToAsk(paper, to)
        trace.ask_each(leaders, to, Kind.ACT, in_order=False)
    elif to == Duty.HANDLE:
        _ask_to_handle_again(paper, trace, departments)
    else:
        anybody = directors if to in {Duty.PROPOSE, Duty.REVIEW} else clerks
        trace.ask_any(anybody(paper), to)


def reported(paper: IncomingPaper) -> dict[Department, Assignment]:
    """For each department of the present plan whoever reported last."""
    done = handled_this_time(paper).filter(outcome=Outcome.DONE).order_by("pk")
    rows = done.select_related("department", "post__user", "post__department")
    return {row.department: row for row in rows if row.department}


def _ask_to_handle_again(
    paper: IncomingPaper, trace: Trace, departments: Sequence[Department]
) -> None:
    """The last who reported for each department, with the day it had."""
    found = reported(paper)
    wanted = {each: row for each, row in found.items() if not departments or each in departments}
    if not wanted:
        raise NobodyToAsk(paper, Duty.HANDLE)
    able = set(still_there(paper, wanted.values()))
    for department, row in wanted.items():
        post = row.post if row.post in able else head_of(paper, department)
        trace.ask(post, Duty.HANDLE).keep_deadline_of(row)
