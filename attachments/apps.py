"""Files on a record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttachmentsConfig(AppConfig):
    name = "attachments"
    verbose_name = _("Attachments")

    def ready(self) -> None:
        from activity.words import LOOKS, SENTENCES

        SENTENCES["attachment.download"] = _("downloaded {file}")
        LOOKS.add("attachment.download")
        SENTENCES["attachment.looked_at"] = _("looked at {file}: no mark of secrecy")
        SENTENCES["secrecystop.stop"] = _("a file seems to bear a mark of secrecy and was stopped")
        SENTENCES["secrecystop.release"] = _("released the file: it is not secret")
