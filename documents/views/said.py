"""What is said to whoever sent a form."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.utils.translation import gettext as _

from documents import forms
from documents.duplicates import came_meanwhile
from documents.models import IncomingPaper
from organization.actor import ActorRequest


def tell_of_others(request: ActorRequest, paper: IncomingPaper, files: Any, beside: Any) -> None:
    """What a colleague sent at the same moment no form could show: said afterwards."""
    for sentence in came_meanwhile(paper, request.actor, files=files, known=beside):
        messages.warning(request, sentence)


def say_what_to_do(request: ActorRequest, form: Form) -> None:
    if isinstance(form, forms.ComparedForm) and form.waits_for_the_tick:
        messages.warning(request, _("Nothing was sent yet: this paper may have come before."))
    else:
        messages.error(request, _("Nothing was sent yet: please correct what is marked in red."))
