"""拟办 and 批示: what shall be done is proposed and decided."""

from collections.abc import Sequence

from activity.models import Kind, Outcome
from activity.trace import NobodyToAsk, Trace
from activity.ways_back import go_straight_back
from documents.flow.incoming.asking import clerks, names
from documents.flow.incoming.conditions import open_work
from documents.flow.incoming.steps import ADD_LEADER, FORWARD, INSTRUCT, PROPOSE, REMOVE_LEADER
from documents.models import Duty, IncomingPaper, State
from organization.actor import Actor
from organization.models import Post


def propose(
    paper: IncomingPaper,
    *,
    by: Actor,
    opinion: str,
    leaders: Sequence[Post] = (),
    in_order: bool = False,
) -> None:
    """The office director says how it should be handled, and asks one leader or several.

    Who sent it back and wants it straight back is asked again instead.
    """
    with PROPOSE.taken(paper, by=by) as trace:
        trace.details["opinion"] = opinion
        if go_straight_back(trace):
            leaders = [row.post for row in trace.new]
        elif leaders:
            trace.ask_each(leaders, Duty.INSTRUCT, Kind.ACT, in_order=in_order)
        else:
            raise NobodyToAsk(paper, Duty.INSTRUCT)
        trace.details["leaders"] = names(leaders)
        paper.for_reading = False


def forward(paper: IncomingPaper, *, by: Actor, opinion: str) -> None:
    """What needs no instruction goes to the departments at once (转有关部门办理)."""
    with FORWARD.taken(paper, by=by) as trace:
        trace.details["opinion"] = opinion
        trace.ask_any(clerks(paper), Duty.ASSIGN)
        paper.for_reading = False


def instruct(paper: IncomingPaper, *, by: Actor, opinion: str) -> None:
    """A leader writes what shall be done; after the last one the paper is assigned."""
    with INSTRUCT.taken(paper, by=by) as trace:
        trace.details["opinion"] = opinion
        if trace.last:
            _decided(paper, trace)


def add_leader(paper: IncomingPaper, *, by: Actor, leader: Post, opinion: str = "") -> None:
    """加签: another leader is asked as well, at once."""
    with ADD_LEADER.taken(paper, by=by) as trace:
        trace.details |= {"to": leader.user.name, "opinion": opinion}
        if not open_work(paper, Duty.INSTRUCT).filter(post=leader).exists():
            trace.ask(leader, Duty.INSTRUCT)


def remove_leader(paper: IncomingPaper, *, by: Actor, leader: Post, opinion: str = "") -> None:
    """减签: a leader who has not said anything yet is not asked any more."""
    with REMOVE_LEADER.taken(paper, by=by) as trace:
        trace.details |= {"to": leader.user.name, "opinion": opinion}
        trace.end(open_work(paper, Duty.INSTRUCT).filter(post=leader), Outcome.CANCELLED)
        if not trace.leaves(Duty.INSTRUCT):
            trace.after = State.INSTRUCTED
            _decided(paper, trace)


def _decided(paper: IncomingPaper, trace: Trace) -> None:
    if not go_straight_back(trace):
        trace.ask_any(clerks(paper), Duty.ASSIGN)
