"""Who may look at the outbox and act on it, and who recounts deadlines."""

from django.utils.translation import gettext_lazy as _

from organization.actor import Actor
from organization.models import Role
from organization.models.post import ADMINISTRATORS

WHO_SEES_OUTBOX = _("The outbox is for the three administrators, who keep the system running.")
WHO_SEES_RECOUNT = _("Deadlines are recounted by the office: its director and the records clerks.")
WHO_SIGNS_RECOUNT = _("Recounted deadlines are signed for by the office director alone.")
WHO_RETRIES_OUTBOX = _("Messages are sent again by the system administrator alone.")


def may_see_outbox(actor: Actor) -> bool:
    return actor.holds(*ADMINISTRATORS)


def may_retry_outbox(actor: Actor) -> bool:
    return actor.holds(Role.SYSTEM_ADMIN)


def may_see_recount(actor: Actor) -> bool:
    return actor.holds(Role.OFFICE_DIRECTOR, Role.RECORDS_CLERK)


def may_sign_recount(actor: Actor) -> bool:
    return actor.holds(Role.OFFICE_DIRECTOR)
