from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.utils.translation import gettext_lazy as _

from web.forms import helper


class SignInForm(AuthenticationForm):
    """The same sentence for an unknown account, a wrong password and a closed account."""

    username = UsernameField(
        max_length=50, label=_("Account"), widget=forms.TextInput(attrs={"autofocus": True})
    )
    error_messages = {
        "invalid_login": _("Account or password is not right. Please check both and try again."),
        "inactive": _("Account or password is not right. Please check both and try again."),
    }
    helper = helper()
