import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from attachments.models.content import Content
from attachments.names import shown_name
from organization.actor import Actor


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, actor: Actor) -> "UploadQuerySet":
        """One's own, in the procuratorate one works in."""
        return self.filter(procuratorate=actor.procuratorate, user=actor.user)

    def left_since(self, moment: datetime) -> "UploadQuerySet":
        """Received before then, and still on no record."""
        return self.filter(at__lt=moment)


class Upload(models.Model):
    """A file that was received for a form that is still being filled in; gone once it is attached.

    What is never attached is swept after 24 hours.
    """

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    user = models.ForeignKey("organization.User", models.PROTECT, related_name="+")
    content = models.ForeignKey(Content, models.PROTECT, related_name="uploads")
    name = models.TextField(_("file name"))  # byte for byte as it was sent
    is_readable = models.BooleanField()  # else a person must say that it bears no mark of secrecy
    at = models.DateTimeField()

    same: Any = None  # a record that carries this content already, when somebody asked for it

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        ordering = ["pk"]
        indexes = [models.Index(fields=["procuratorate", "user"], name="uploads_of_a_person")]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        return shown_name(self.name)
