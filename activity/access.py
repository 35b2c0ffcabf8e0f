"""Who may look at the outbox and who may act on it. There is no text in it to be read."""

from organization.actor import Actor
from organization.models import Role
from organization.models.post import ADMINISTRATORS


def may_see_outbox(actor: Actor) -> bool:
    return actor.holds(*ADMINISTRATORS)


def may_retry_outbox(actor: Actor) -> bool:
    return actor.holds(Role.SYSTEM_ADMIN)
