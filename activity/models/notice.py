from django.db import models
from django.utils.translation import gettext_lazy as _

from activity.models.event import Event
from organization.actor import Actor


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> "NoticeQuerySet":
        """One's own, in the procuratorate one works in."""
        return self.filter(procuratorate=actor.procuratorate, recipient=actor.user)

    def unread_of(self, actor: Actor) -> "NoticeQuerySet":
        return self.visible_to(actor).filter(read_at__isnull=True)


class Notice(models.Model):
    """An event that somebody must see. Nothing is told that is not also recorded."""

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    event = models.ForeignKey(Event, models.PROTECT, related_name="notices")
    recipient = models.ForeignKey("organization.User", models.PROTECT, related_name="notices")
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        constraints = [
            models.UniqueConstraint(
                name="event_is_told_once_to_each_person", fields=["event", "recipient"]
            )
        ]
        indexes = [
            models.Index(fields=["procuratorate", "recipient", "-id"], name="notices_of_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.recipient_id}"
