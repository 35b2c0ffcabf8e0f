"""催办: whoever has it is told that it is waited for (第二十四条第六项)."""

from collections.abc import Sequence

from activity.models import Assignment
from documents.flow.incoming.asking import names
from documents.flow.incoming.steps import CHASE
from documents.models import IncomingPaper
from organization.actor import Actor
from organization.models import Post


def chase(paper: IncomingPaper, *, by: Actor, opinion: str, holders: Sequence[Post] = ()) -> None:
    """Tell some of those who have it now, or all of them, with a note."""
    with CHASE.taken(paper, by=by) as trace:
        rows = Assignment.objects.about(paper).open().filter(since__isnull=False)
        having = list(dict.fromkeys(row.post for row in rows.select_related("post__user")))
        told = [post for post in having if not holders or post in holders]
        trace.tell(told)
        trace.details |= {"holders": names(told), "opinion": opinion}
