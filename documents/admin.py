from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activity.models import Phrase
from documents.flow import incoming as flow
from documents.forms import FORMS
from organization.administration import Administered, AdministeredForm
from organization.site import site
from web.forms import PhrasedBox


def _has_opinion(form: type[forms.Form]) -> bool:
    return any(isinstance(field, PhrasedBox) for field in form.base_fields.values())


# The steps whose opinion box offers phrases. Activity keeps the rows, but knows no steps.
ACTS = [
    (step.name, step.label)
    for step in flow.STEPS
    if step.name in FORMS and _has_opinion(FORMS[step.name])
]


class PhraseForm(AdministeredForm):
    act = forms.ChoiceField(
        label=_("act"), required=False, choices=[("", _("every act with an opinion")), *ACTS]
    )


@admin.register(Phrase, site=site)
class PhraseAdmin(Administered):
    """Set phrases of the office. One that is no longer wanted is taken out of use."""

    form = PhraseForm
    list_display = ["text", "for_act", "position", "is_on"]
    list_filter = ["is_on"]
    search_fields = ["text"]
    ordering = ["act", "position", "pk"]
    fields = ["act", "text", "position", "is_on"]

    @admin.display(description=_("act"), ordering="act")
    def for_act(self, phrase: Phrase) -> Any:
        return dict(ACTS).get(phrase.act, _("every act with an opinion"))
