"""What a step asks beyond state, right and duty: true of the paper as it lies there now."""

from django.utils import timezone

from activity.models import Assignment, Event, Outcome
from activity.models.assignment import AssignmentQuerySet
from activity.ways_back import undoable
from documents.models import Duty, IncomingPaper, State
from organization.actor import Actor

BEING_HANDLED = (Duty.HANDLE, Duty.REASSIGN)
RECALL = "incomingpaper.recall"
RECALLABLE = frozenset(  # acts that give work to others and can be undone as if they had not been
    f"incomingpaper.{name}"
    for name in (
        "register",
        "screen",
        "propose",
        "forward",
        "circulate",
        "instruct",
        "assign",
        "divide",
        "report",
        "review",
        "send_back",
    )
)


def open_work(paper: IncomingPaper, *duties: str) -> AssignmentQuerySet:
    """The open rows of these duties, with their people."""
    rows = Assignment.objects.about(paper).open().filter(duty__in=duties).order_by("turn", "pk")
    return rows.select_related("post__user", "post__department", "department", "about")


def may_lose_a_leader(actor: Actor, paper: IncomingPaper) -> bool:
    """Another leader has it, or one has already said something in this round."""
    if open_work(paper, Duty.INSTRUCT).count() > 1:
        return True
    begun = Event.objects.about(paper).filter(details__state_after=State.PROPOSED)
    begun = begun.exclude(details__state_before=State.PROPOSED)
    round_began = begun.order_by("-pk").values("pk")[:1]
    said = Assignment.objects.about(paper).filter(duty=Duty.INSTRUCT, outcome=Outcome.DONE)
    return said.filter(closing_event__gt=round_began).exists()


def has_readers(actor: Actor, paper: IncomingPaper) -> bool:
    return open_work(paper, Duty.READ).exists()


def has_a_co_handler(actor: Actor, paper: IncomingPaper) -> bool:
    return losable(paper).exists()


def handled_this_time(paper: IncomingPaper) -> AssignmentQuerySet:
    """The parts of the paper since it was last assigned: those of an older plan are past."""
    assigned = Event.objects.about(paper).filter(verb="incomingpaper.assign").order_by("-pk")
    rows = Assignment.objects.about(paper).filter(duty=Duty.HANDLE)
    return rows.filter(opening_event__gte=assigned.values("pk")[:1])


def losable(paper: IncomingPaper) -> AssignmentQuerySet:
    """Parts that may be taken out: never the lead department's (第二十四条第四项)."""
    rows = open_work(paper, *BEING_HANDLED)
    return rows.exclude(duty=Duty.HANDLE, department=paper.lead_department).exclude(
        duty=Duty.REASSIGN, about__department=paper.lead_department
    )


def is_in_time(actor: Actor, paper: IncomingPaper) -> bool:
    return extendable(paper, actor).exists()


def extendable(paper: IncomingPaper, actor: Actor) -> AssignmentQuerySet:
    """The actor's parts whose last day is not over, and of which no extension is being decided."""
    asked = open_work(paper, Duty.EXTEND).values("about")
    mine = open_work(paper, Duty.HANDLE).given_to(actor)
    return mine.filter(due_at__gte=timezone.now()).exclude(pk__in=asked)


def somebody_has_it(actor: Actor, paper: IncomingPaper) -> bool:
    return Assignment.objects.about(paper).open().filter(since__isnull=False).exists()


def is_not_opened(actor: Actor, paper: IncomingPaper) -> bool:
    return undoable(paper, actor, RECALLABLE, RECALL) is not None
