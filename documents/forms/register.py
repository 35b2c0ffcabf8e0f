"""The mail room and the register: what is on the envelope, what is written down, what is sought."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from activity import drafts
from activity.models import Draft
from attachments.forms import FilesBox
from documents.flow.incoming import SIGN_FOR, Registration
from documents.forms.act import ActForm
from documents.forms.duplicates import ASKED, ComparedForm, DuplicatesBox, NumberBox
from documents.models import (
    OF_PAPERS,
    OF_TELEGRAMS,
    Channel,
    DocumentKind,
    IncomingPaper,
    SenderClass,
    State,
    Urgency,
)
from documents.numbers import kind_of
from organization.actor import Actor
from organization.models import Marking
from web.forms import DateBox, LineBox, helper, name_what_is_missing


class SignForForm(ComparedForm):
    """The mail room: what is on the envelope, and the scan if there is one already."""

    sender = LineBox(label=_("Sender"), max_length=100, widget=forms.TextInput(attrs=ASKED))
    sender_number = NumberBox()
    beside = DuplicatesBox()
    title = LineBox(label=_("Title"), max_length=300)
    channel = forms.ChoiceField(label=_("Received by"), choices=Channel.choices)
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=999, initial=1)
    attachments = FilesBox()
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    helper = helper()
    draft_key = drafts.form_key(SIGN_FOR.verb)

    def __init__(self, data: Any = None, *, actor: Actor, draft: Draft | None = None) -> None:
        self.draft = draft
        super().__init__(data, initial=drafts.initial(type(self), draft))
        self.opened_by(actor)
        name_what_is_missing(self)


class RegisterForm(ComparedForm, ActForm):
    for_reading = forms.TypedChoiceField(
        label=_("To be handled or to be known"),
        choices=[("no", _("To be handled")), ("yes", _("To be known (for reading)"))],
        coerce=lambda value: value == "yes",
    )
    title = LineBox(label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    sender = LineBox(label=_("Sender"), max_length=100, widget=forms.TextInput(attrs=ASKED))
    sender_class = forms.ChoiceField(
        label=_("Class of sender"), choices=[("", _("Please choose")), *SenderClass.choices]
    )
    sender_number = NumberBox()
    beside = DuplicatesBox()
    kind = forms.ChoiceField(
        label=_("Kind of document"), choices=[("", _("Please choose")), *DocumentKind.choices]
    )
    written_on = DateBox(label=_("Date of the document"), required=False)
    wants_answer = forms.BooleanField(label=_("The sender wants an answer"), required=False)
    wanted_by = DateBox(label=_("Wanted by the sender"), required=False)
    is_telegram = forms.BooleanField(label=_("It is a telegram"), required=False)
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=Urgency.choices, coerce=int)
    marking = forms.TypedChoiceField(label=_("Marking"), choices=Marking.choices, coerce=int)
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=999)
    attachments = FilesBox()

    def proposed(self) -> dict[str, Any]:
        paper = self.paper
        if paper.number:  # sent back to be registered again
            known = {name: getattr(paper, name) for name in self.base_fields if name in COLUMNS}
            return known | {"for_reading": "yes" if paper.for_reading else "no"}
        return {
            "title": paper.title,
            "sender": paper.sender,
            "sender_number": paper.sender_number,
            "copies": paper.copies,
            "marking": Marking.INTERNAL,
            "kind": kind_of(paper.title),
        }

    def narrow(self) -> None:
        self.opened_by(self.actor, of=self.paper.pk)

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_written_on(self) -> date | None:
        written_on: date | None = self.cleaned_data["written_on"]
        received = timezone.localdate(self.paper.signed_for_at)
        if written_on and written_on > received:
            raise forms.ValidationError(
                _("A paper cannot be dated after the day it was received (%(day)s).")
                % {"day": received.isoformat()}
            )
        return written_on

    def clean_urgency(self) -> int:
        """Papers and telegrams have grades of their own."""
        urgency, is_telegram = int(self.cleaned_data["urgency"]), self.cleaned_data["is_telegram"]
        grades = OF_TELEGRAMS if is_telegram else OF_PAPERS
        if urgency not in grades:
            words = _("A paper that is no telegram is one of %(names)s.")
            if is_telegram:
                words = _("A telegram is one of %(names)s.")
            names = "、".join(str(grade.label) for grade in grades)
            raise forms.ValidationError(words % {"names": names})
        return urgency

    def given(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        files, beside = typed.pop("attachments"), typed.pop("beside")
        return {"data": Registration(**typed), "files": files, "beside": beside}

    def clean_marking(self) -> int:
        marking = int(self.cleaned_data["marking"])
        if marking > self.actor.clearance:
            raise forms.ValidationError(
                _("Your clearance ends below this marking. Ask a colleague to register it.")
            )
        return marking


COLUMNS = frozenset(field.name for field in IncomingPaper._meta.concrete_fields)


class RegisterFilter(forms.Form):
    """The row of boxes above the register. What cannot be read filters nothing."""

    number = forms.CharField(label=_("Number"), required=False, max_length=80)
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"data-search": ""}),
    )
    sender = forms.CharField(label=_("Sender"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *State.choices]
    )
    urgency = forms.TypedChoiceField(
        label=_("Urgency"),
        required=False,
        choices=[("", _("all")), *Urgency.choices],
        coerce=int,
        empty_value=None,
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[("", _("all")), ("late", _("late")), ("near", _("due soon"))],
    )
    since = DateBox(label=_("Received from"), required=False)
    until = DateBox(label=_("to"), required=False)

    def said(self) -> list[tuple[str, str]]:
        """What filters, in words: for the head of the printed register."""
        found = []
        for name, value in self.cleaned_data.items():
            if value not in (None, ""):
                field = self.fields[name]
                words = dict(field.choices).get(value, "") if hasattr(field, "choices") else value
                shown = date_format(words) if isinstance(words, date) else str(words)
                found.append((str(field.label), shown))
        return found
