import pgtrigger
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, target: models.Model) -> "EventQuerySet":
        kind = ContentType.objects.get_for_model(target)
        return self.filter(target_kind=kind, target_id=target.pk)


class Event(models.Model):
    """What was done, by whom, with which post. Written once: the database refuses changes.

    Opinions (意见) are in `details["opinion"]`, so they cannot be changed afterwards either.
    """

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    verb = models.CharField(max_length=60)  # <model>.<step>
    at = models.DateTimeField(_("when"))
    user = models.ForeignKey("organization.User", models.PROTECT, related_name="+", null=True)
    by_system = models.BooleanField(default=False)
    post = models.ForeignKey("organization.Post", models.PROTECT, related_name="+", null=True)
    acting_for = models.ForeignKey("organization.Post", models.PROTECT, related_name="+", null=True)
    target_kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField(_("number of the record"))
    target = GenericForeignKey("target_kind", "target_id")
    details = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["target_kind", "target_id", "id"], name="events_of_a_record"),
            models.Index(fields=["procuratorate", "at"], name="events_of_a_procuratorate"),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_has_a_person_or_is_by_the_system",
                condition=Q(user__isnull=False, by_system=False)
                | Q(user__isnull=True, by_system=True),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="events_are_written_once", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_id}"
