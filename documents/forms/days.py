from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.forms import DateBox

LONGEST = timedelta(days=366)


class DueBox(DateBox):
    """A last day somebody sets: today or later, and not more than a year away."""

    def validate(self, value: date | None) -> None:
        super().validate(value)
        today = timezone.localdate()
        if value and value < today:
            raise forms.ValidationError(_("This day is over. Please choose today or later."))
        if value and value > today + LONGEST:
            raise forms.ValidationError(
                _("More than a year is no deadline. Please check the year.")
            )
