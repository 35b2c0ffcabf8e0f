"""Who may look at the outbox and who may act on it. There is no text in it to be read."""

from django.utils.translation import gettext_lazy as _

from organization.actor import Actor
from organization.models import Role
from organization.models.post import ADMINISTRATORS

WHO_SEES_OUTBOX = _("The outbox is for the three administrators, who keep the system running.")
WHO_RETRIES_OUTBOX = _("Messages are sent again by the system administrator alone.")


def may_see_outbox(actor: Actor) -> bool:
    return actor.holds(*ADMINISTRATORS)


def may_retry_outbox(actor: Actor) -> bool:
    return actor.holds(Role.SYSTEM_ADMIN)
