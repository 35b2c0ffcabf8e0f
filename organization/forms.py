from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, UsernameField
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


class OwnPasswordForm(PasswordChangeForm):
    """One's own password, which nobody else has seen: not the one that was handed over."""

    def clean_new_password1(self) -> str:
        new: str = self.cleaned_data["new_password1"]
        if new == self.cleaned_data.get("old_password"):
            raise forms.ValidationError(_("Choose a password other than the present one."))
        return new
