"""Incoming, outgoing and internal papers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from activity import duties
        from activity.words import LOOKS, SENTENCES
        from documents.flow import incoming
        from documents.models import Duty

        duties.explain(incoming.KIND, Duty.choices, incoming.STEPS)

        LOOKS.add("incomingpaper.print")

        SENTENCES["incomingpaper.print"] = _("printed it")
        SENTENCES["procuratorate.print_register"] = _("printed the register of incoming papers")
