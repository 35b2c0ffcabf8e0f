from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from activity.models import Phrase
from activity.phrases import acts
from organization.administration import Administered, AdministeredForm
from organization.site import site


class PhraseForm(AdministeredForm):
    act = forms.ChoiceField(label=_("act"), required=False, choices=acts)


@admin.register(Phrase, site=site)
class PhraseAdmin(Administered):
    """Set phrases of the office, and nobody's own. What is no longer wanted goes out of use."""

    form = PhraseForm
    list_display = ["text", "for_act", "position", "is_on"]
    list_filter = ["is_on"]
    search_fields = ["text"]
    ordering = ["act", "position", "pk"]
    fields = ["act", "text", "position", "is_on"]

    @admin.display(description=_("act"), ordering="act")
    def for_act(self, phrase: Phrase) -> Any:
        return dict(acts()).get(phrase.act, phrase.act)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Phrase]:
        return super().get_queryset(request).filter(owner__isnull=True)
