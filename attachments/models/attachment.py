from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organization.actor import Actor

MAX_ATTEMPTS = 3  # at drawing the pages of one file; then it is offered for download only


class FileType(models.TextChoices):
    """What a file really is, read from its content. The value is the type we answer with."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    TIFF = "image/tiff", "TIFF"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def about(self, target: models.Model) -> "AttachmentQuerySet":
        kind = ContentType.objects.get_for_model(target)
        return self.filter(target_kind=kind, target_id=target.pk)

    def visible_to(self, actor: Actor) -> "AttachmentQuerySet":
        """A file is seen by whoever sees the record it hangs on: the record is asked."""
        door = Q(pk__in=[])
        for model in _kinds_with_files():
            records = model.objects.visible_to(actor).values("pk")
            kind = ContentType.objects.get_for_model(model)
            door |= Q(target_kind=kind, target_id__in=records)
        return self.filter(door, procuratorate=actor.procuratorate)

    def undrawn(self) -> "AttachmentQuerySet":
        return self.filter(page_count__isnull=True, attempts__lt=MAX_ATTEMPTS)

    def left_undrawn(self, since: datetime) -> "AttachmentQuerySet":
        """Those nobody has begun to draw since then."""
        return self.undrawn().filter(Q(attempted_at__isnull=True) | Q(attempted_at__lt=since))


def _kinds_with_files() -> list[Any]:
    """By the convention all such records share: no import of what lies above."""
    return [model for model in apps.get_models() if getattr(model, "carries_files", False)]


class Attachment(models.Model):
    """A file on a record. Its bytes are stored under their digest and never change."""

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    target_kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_kind", "target_id")
    name = models.TextField(_("file name"))  # byte for byte as it was sent
    digest = models.CharField(max_length=64)  # SHA-256 of the content, hexadecimal
    size = models.PositiveBigIntegerField()  # bytes
    type = models.CharField(max_length=30, choices=FileType.choices)
    page_count = models.PositiveIntegerField(null=True)  # null: its pages are not drawn yet
    attempts = models.PositiveSmallIntegerField(default=0)
    attempted_at = models.DateTimeField(null=True)
    uploaded_by = models.ForeignKey("organization.Post", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["target_kind", "target_id"], name="attachments_of_a_record"),
            models.Index(
                fields=["id"], name="attachments_not_drawn", condition=Q(page_count__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="file_type_is_known", condition=Q(type__in=FileType.values)
            ),
            models.CheckConstraint(
                name="digest_is_sha256", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the bytes are, inside the storage: never made of anything a person typed."""
        return f"{self.procuratorate_id}/{self.digest}"

    @property
    def is_drawable(self) -> bool:
        """Its pages are there, or will be: drawing was not given up."""
        return self.page_count is not None or self.attempts < MAX_ATTEMPTS

    @property
    def pages(self) -> range:
        return range(1, (self.page_count or 0) + 1)

    def page_path(self, number: int) -> str:
        return f"{self.path}/{number}.jpg"
