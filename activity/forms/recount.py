"""What is typed on the pages of activity."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms import LineBox, helper, name_what_is_missing


class RecountForm(forms.Form):
    """One signature for everything that was listed."""

    helper = helper()
    reason = LineBox(
        label=_("Reason, and the document it rests on"),
        max_length=200,
        help_text=_("It is written into the trail of every paper concerned."),
    )
    agreed = forms.BooleanField(label=_("I have checked the list above, line by line."))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        name_what_is_missing(self)
