"""Files on a record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttachmentsConfig(AppConfig):
    name = "attachments"
    verbose_name = _("Attachments")

    def ready(self) -> None:
        from activity.words import SENTENCES

        SENTENCES["attachment.download"] = _("downloaded {file}")
