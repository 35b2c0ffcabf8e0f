from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachments.models.content import Content
from attachments.names import hidden_characters, shown_name
from organization.actor import Actor


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def about(self, target: models.Model) -> "AttachmentQuerySet":
        kind = ContentType.objects.get_for_model(target)
        return self.filter(target_kind=kind, target_id=target.pk).select_related("content")

    def visible_to(self, actor: Actor) -> "AttachmentQuerySet":
        """A file is seen by whoever sees the record it hangs on: the record is asked."""
        door = Q(pk__in=[])
        for model in _kinds_with_files():
            records = model.objects.visible_to(actor).values("pk")
            kind = ContentType.objects.get_for_model(model)
            door |= Q(target_kind=kind, target_id__in=records)
        return self.filter(door, procuratorate=actor.procuratorate)


def _kinds_with_files() -> list[Any]:
    """By the convention all such records share: no import of what lies above."""
    return [model for model in apps.get_models() if getattr(model, "carries_files", False)]


class Attachment(models.Model):
    """A file on a record: a content under the name it was sent with."""

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    target_kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_kind", "target_id")
    content = models.ForeignKey(Content, models.PROTECT, related_name="attachments")
    name = models.TextField(_("file name"))  # byte for byte as it was sent
    uploaded_by = models.ForeignKey("organization.Post", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["target_kind", "target_id"], name="attachments_of_a_record")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        return shown_name(self.name)

    @property
    def hidden_characters(self) -> int:
        """How many invisible characters were taken out of the name that is shown."""
        return hidden_characters(self.name)
