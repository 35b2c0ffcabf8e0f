"""传阅: who must have read it, in order or at once, and where it is (第二十四条第五项)."""

from collections.abc import Sequence

from activity.models import Kind, Outcome
from activity.trace import NobodyToAsk, Trace
from documents.flow.incoming.asking import clerks, names
from documents.flow.incoming.conditions import open_work
from documents.flow.incoming.steps import ADD_READERS, CIRCULATE, READ, REMOVE_READER
from documents.models import Duty, IncomingPaper, State
from organization.actor import Actor
from organization.models import Post


def circulate(
    paper: IncomingPaper,
    *,
    by: Actor,
    readers: Sequence[Post],
    in_order: bool = False,
    opinion: str = "",
) -> None:
    """A paper to be known (阅件) is sent to its readers; it can be closed when all have read it."""
    with CIRCULATE.taken(paper, by=by) as trace:
        trace.details["opinion"] = opinion
        paper.for_reading = True
        paper.lead_department = paper.due_on = paper.chaser = None  # of an older plan, if any
        ask_to_read(paper, trace, readers, in_order=in_order)
        if not trace.new and not trace.leaves(Duty.READ):
            raise NobodyToAsk(paper, Duty.READ)


def read(paper: IncomingPaper, *, by: Actor, opinion: str = "") -> None:
    """A reader has read it, and may add a remark."""
    with READ.taken(paper, by=by) as trace:
        trace.details["opinion"] = opinion
        if trace.last:
            _all_have_read(paper, trace)


def add_readers(
    paper: IncomingPaper,
    *,
    by: Actor,
    readers: Sequence[Post],
    in_order: bool = False,
    opinion: str = "",
) -> None:
    """More people shall read it."""
    with ADD_READERS.taken(paper, by=by) as trace:
        trace.details["opinion"] = opinion
        ask_to_read(paper, trace, readers, in_order=in_order)


def remove_reader(paper: IncomingPaper, *, by: Actor, reader: Post, opinion: str = "") -> None:
    """Somebody who has not read it yet need not."""
    with REMOVE_READER.taken(paper, by=by) as trace:
        trace.details |= {"to": reader.user.name, "opinion": opinion}
        trace.end(open_work(paper, Duty.READ).filter(post=reader), Outcome.CANCELLED)
        if not trace.leaves(Duty.READ):
            _all_have_read(paper, trace)


def ask_to_read(
    paper: IncomingPaper, trace: Trace, readers: Sequence[Post], *, in_order: bool
) -> None:
    """Ask those who do not have it for reading already."""
    having = set(open_work(paper, Duty.READ).values_list("post", flat=True))
    new = [post for post in readers if post.pk not in having]
    trace.ask_each(new, Duty.READ, Kind.READ, in_order=in_order)
    trace.details["readers"] = names(new)


def _all_have_read(paper: IncomingPaper, trace: Trace) -> None:
    if paper.state == State.CIRCULATING:
        trace.after = State.REVIEWED
        trace.ask_any(clerks(paper), Duty.CLOSE)
