"""Who may bring files in, and who may release one that was stopped."""

from django.utils.translation import gettext_lazy as _

from attachments.models import SecrecyStop
from attachments.models.stop import WHO_RELEASE
from organization.actor import Actor
from organization.models.post import ADMINISTRATORS

WHO_UPLOADS = _("Files are brought in by whoever works on papers; administrators do not.")
WHO_RELEASES = _(
    "A stopped file is released by the office director or a leader who has not sent it "
    "(Law on Guarding State Secrets, article 31)."
)


def may_upload(actor: Actor) -> bool:
    return bool(actor.posts) and not actor.holds(*ADMINISTRATORS)


def may_release(actor: Actor, stop: SecrecyStop) -> bool:
    """Office director or leader: a second person, never one who sent this content."""
    return actor.holds(*WHO_RELEASE) and actor.user is not None and not _sent_it(actor, stop)


def _sent_it(actor: Actor, stop: SecrecyStop) -> bool:
    mine = SecrecyStop.objects.filter(procuratorate=stop.procuratorate_id, digest=stop.digest)
    return mine.filter(stopped_for=actor.user).exists()
