"""Who may do what with a paper. Each rule is one sentence; whose turn it is, the step asks."""

from documents.models import IncomingPaper
from organization.actor import Actor
from organization.models import Role
from organization.models.post import HEADS, LEADERS


def may_sign_for(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK)


def may_register(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK)


def may_propose(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.OFFICE_DIRECTOR)


def may_instruct(actor: Actor, paper: IncomingPaper) -> bool:
    """A leader, asked by the office director."""
    return actor.holds(*LEADERS)


def may_assign(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK)


def may_divide(actor: Actor, paper: IncomingPaper) -> bool:
    """A department head passes the department's work to somebody of the department."""
    return actor.holds(*HEADS)


def may_report(actor: Actor, paper: IncomingPaper) -> bool:
    """Whoever it was given to, whatever their role."""
    return bool(actor.posts)


def may_read(actor: Actor, paper: IncomingPaper) -> bool:
    """Whoever it was passed to for reading."""
    return bool(actor.posts)


def may_close(actor: Actor, paper: IncomingPaper) -> bool:
    return actor.holds(Role.RECORDS_CLERK)
