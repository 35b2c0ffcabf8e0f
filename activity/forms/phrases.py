"""What is typed about a phrase of one's own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activity import phrases
from activity.models.phrase import MOST_CHARACTERS
from web.forms import LineBox, helper, name_what_is_missing


class PhraseForm(forms.Form):
    """One line; what was several becomes one."""

    text = LineBox(
        label=_("Phrase"),
        max_length=MOST_CHARACTERS,
        error_messages={"max_length": _("A phrase may have %(limit_value)d characters at most.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    act = forms.ChoiceField(label=_("Offered for"), required=False, choices=phrases.acts)
    helper = helper()

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        name_what_is_missing(self)

    def clean_text(self) -> str:
        return " ".join(str(self.cleaned_data["text"]).split())

    def kept_by(self, keep: Callable[[str, str], Any]) -> bool:
        """Whether it was well formed, and `keep(text, act)` took it."""
        if not self.is_valid():
            return False
        try:
            keep(self.cleaned_data["text"], self.cleaned_data["act"])
        except phrases.PhraseRefused as refusal:
            self.add_error("text", str(refusal))
        return self.is_valid()

    def first_error(self) -> str:
        return next(str(error) for errors in self.errors.values() for error in errors)
