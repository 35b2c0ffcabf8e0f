"""Who may do what with a paper. Each rule is one sentence; whose turn it is, the step asks."""

from activity.models import Assignment
from documents.models import Duty, IncomingPaper, State
from organization.actor import Actor
from organization.models import Role
from organization.models.post import HEADS, LEADERS


def may_sign_for(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK)


def may_register(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK)


def may_screen(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK)


def may_propose(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.OFFICE_DIRECTOR)


def may_circulate(actor: Actor, paper: IncomingPaper) -> bool:
    """The director fixes who reads; after an instruction the clerk sends it out as instructed."""
    if paper.state == State.INSTRUCTED:
        return actor.holds(Role.RECORDS_CLERK)
    return actor.holds(Role.OFFICE_DIRECTOR)


def may_instruct(actor: Actor, paper: IncomingPaper) -> bool:
    """A leader, asked by the office director."""
    return actor.holds(*LEADERS)


def may_change_leaders(actor: Actor, paper: IncomingPaper) -> bool:
    """The office director, or a leader who has it for instruction."""
    if actor.holds(Role.OFFICE_DIRECTOR):
        return True
    return actor.holds(*LEADERS) and _has(actor, paper, Duty.INSTRUCT)


def may_assign(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK)


def may_change_readers(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK, Role.OFFICE_DIRECTOR)


def may_change_departments(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK, Role.OFFICE_DIRECTOR)


def may_divide(actor: Actor, paper: IncomingPaper) -> bool:
    """A department head passes the department's work to somebody of the department."""
    return actor.holds(*HEADS)


def may_report(actor: Actor, paper: IncomingPaper) -> bool:
    """Whoever it was given to, whatever their role."""
    return bool(actor.posts)


def may_ask_extension(actor: Actor, paper: IncomingPaper) -> bool:
    """Whoever it was given to, whatever their role."""
    return bool(actor.posts)


def may_decide_extension(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.OFFICE_DIRECTOR)


def may_read(actor: Actor, paper: IncomingPaper) -> bool:
    """Whoever it was passed to for reading."""
    return bool(actor.posts)


def may_review(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.OFFICE_DIRECTOR)


def may_close(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK)


def may_answer(actor: Actor, paper: IncomingPaper) -> bool:
    """The office, or somebody who handles the paper."""
    if actor.holds(Role.RECORDS_CLERK, Role.OFFICE_DIRECTOR):
        return True
    return _has(actor, paper, Duty.HANDLE)


def may_send_back(actor: Actor, paper: IncomingPaper) -> bool:
    """Whoever has it to act on."""
    return bool(actor.posts)


def may_recall(actor: Actor, paper: IncomingPaper) -> bool:
    """Whoever has acted on it, for their own last act."""
    return Assignment.objects.about(paper).given_to(actor).filter(closed_at__isnull=False).exists()


def may_chase(actor: Actor, paper: IncomingPaper) -> bool:
    """The office, the leaders, and whoever answers for chasing it."""
    if actor.holds(Role.RECORDS_CLERK, Role.OFFICE_DIRECTOR, *LEADERS):
        return True
    return paper.chaser_id in {post.pk for post in actor.posts}


def _has(actor: Actor, paper: IncomingPaper, duty: str) -> bool:
    """The paper came to the actor for this."""
    rows = Assignment.objects.about(paper).given_to(actor).come()
    return rows.filter(duty=duty).exists()
