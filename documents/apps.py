"""Incoming, outgoing and internal papers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from activity import duties, phrases
        from activity.explanation import CHANGES
        from activity.words import ASIDES, LOOKS, SENTENCES
        from documents.flow import incoming
        from documents.forms import acts_with_an_opinion
        from documents.models import Duty

        duties.explain(incoming.KIND, Duty.choices, incoming.STEPS)

        phrases.ACTS.update(acts_with_an_opinion())
        CHANGES.update({"incomingpaper.decide_extension", "incomingpaper.reassign"})
        LOOKS.add("incomingpaper.print")

        ASIDES["beside"] = _("; compared with {beside}, not the same paper")
        SENTENCES["incomingpaper.print"] = _("printed it")
        SENTENCES["procuratorate.print_register"] = _("printed the register of incoming papers")
