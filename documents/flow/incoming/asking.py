"""Whom a step asks, and how they are named."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from activity.models import Assignment
from activity.trace import NobodyToAsk, Trace
from documents.models import Duty, IncomingPaper
from organization import people
from organization.models import Department, Post, Role


def clerks(paper: IncomingPaper) -> list[Post]:
    return _holders(paper, Role.RECORDS_CLERK)


def directors(paper: IncomingPaper) -> list[Post]:
    return _holders(paper, Role.OFFICE_DIRECTOR)


def head_of(paper: IncomingPaper, department: Department) -> Post:
    """Work for a department comes to its head. Raises NobodyToAsk."""
    head = people.head_of(department, timezone.localdate(), paper.marking)
    if head is None:
        raise NobodyToAsk(paper, Duty.HANDLE)
    return head


def still_there(paper: IncomingPaper, rows: Iterable[Assignment]) -> list[Post]:
    """The posts that had this work, each once, as far as they can be asked again."""
    wanted = {row.post_id for row in rows}
    posts = people.cleared(paper.procuratorate, timezone.localdate(), paper.marking)
    return list(posts.filter(pk__in=wanted))


def names(posts: Sequence[Post]) -> str:
    return "、".join(post.user.name for post in posts)


def tell_who_decided(paper: IncomingPaper, trace: Trace) -> None:
    rows = Assignment.objects.about(paper).filter(duty__in=[Duty.PROPOSE, Duty.INSTRUCT])
    trace.tell([row.post for row in rows.select_related("post")])


def _holders(paper: IncomingPaper, role: Role) -> list[Post]:
    return people.holders(paper.procuratorate, timezone.localdate(), role)
