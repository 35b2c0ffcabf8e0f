"""What is typed about a paper, and whether it is well formed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attachments.forms import FilesBox
from documents.deadlines import handling_deadline
from documents.models import Channel, DocumentKind, IncomingPaper, SenderClass, State, Urgency
from documents.numbers import kind_of, normalized_number
from organization import people
from organization.actor import Actor
from organization.calendar import Calendar
from organization.models import Department, Marking, Post
from organization.models.post import HEADS, LEADERS
from web.forms import (
    DateBox,
    LineBox,
    PeopleBox,
    PersonBox,
    PhrasedBox,
    helper,
    name_what_is_missing,
)

LONGEST = timedelta(days=366)
AGREED, SEEN = _("Agreed."), _("Seen.")
COMMON = ((_("Leaders"), LEADERS), (_("Heads of departments"), HEADS))  # often chosen together


class SignForForm(forms.Form):
    """The mail room: what is on the envelope, and the scan if there is one already."""

    sender = LineBox(label=_("Sender"), max_length=100)
    title = LineBox(label=_("Title"), max_length=300)
    channel = forms.ChoiceField(label=_("Received by"), choices=Channel.choices)
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=999, initial=1)
    attachments = FilesBox()
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    helper = helper()

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        files_of(self, actor)
        name_what_is_missing(self)


def files_of(form: forms.Form, actor: Actor) -> None:
    """The box of files offers only what this person has sent."""
    box = form.fields["attachments"]
    assert isinstance(box, FilesBox)
    box.for_actor(actor)


class ActForm(forms.Form):
    """A form on a paper's page. It knows the paper and who is at the keyboard."""

    helper = helper()

    def __init__(
        self,
        data: Any = None,
        *,
        paper: IncomingPaper,
        actor: Actor,
        typed: str = "",
    ) -> None:
        self.paper, self.actor = paper, actor
        initial = self.proposed() | ({"opinion": typed} if typed else {})
        super().__init__(data, initial=initial, auto_id=f"{type(self).__name__}-%s")
        self.narrow()
        name_what_is_missing(self)

    def narrow(self) -> None:
        """Offer only what this paper and this actor allow."""

    def narrow_to(self, name: str, choices: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices

    def proposed(self) -> dict[str, Any]:
        return {}

    def offer(self, phrases: Sequence[str]) -> None:
        """Set phrases, to be taken into the text of this form."""
        for field in self.fields.values():
            if isinstance(field, PhrasedBox):
                field.offer(phrases)


class RegisterForm(ActForm):
    title = LineBox(label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    sender = LineBox(label=_("Sender"), max_length=100)
    sender_class = forms.ChoiceField(
        label=_("Class of sender"), choices=[("", _("Please choose")), *SenderClass.choices]
    )
    sender_number = LineBox(label=_("Sender's number"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of document"), choices=[("", _("Please choose")), *DocumentKind.choices]
    )
    written_on = DateBox(label=_("Date of the document"), required=False)
    wanted_by = DateBox(label=_("Wanted by the sender"), required=False)
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=Urgency.choices, coerce=int)
    marking = forms.TypedChoiceField(label=_("Marking"), choices=Marking.choices, coerce=int)
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=999)
    attachments = FilesBox()

    def proposed(self) -> dict[str, Any]:
        paper = self.paper
        return {
            "title": paper.title,
            "sender": paper.sender,
            "copies": paper.copies,
            "marking": Marking.INTERNAL,
            "kind": kind_of(paper.title),
        }

    def narrow(self) -> None:
        files_of(self, self.actor)

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_sender_number(self) -> str:
        return normalized_number(self.cleaned_data["sender_number"])

    def clean_written_on(self) -> date | None:
        written_on: date | None = self.cleaned_data["written_on"]
        received = timezone.localdate(self.paper.signed_for_at)
        if written_on and written_on > received:
            raise forms.ValidationError(
                _("A paper cannot be dated after the day it was received (%(day)s).")
                % {"day": received.isoformat()}
            )
        return written_on

    def clean_marking(self) -> int:
        marking = int(self.cleaned_data["marking"])
        if marking > self.actor.clearance:
            raise forms.ValidationError(
                _("Your clearance ends below this marking. Ask a colleague to register it.")
            )
        return marking


class OpinionForm(ActForm):
    """One text, typed, or sent at one click."""

    opinion = PhrasedBox(label=_("Opinion"), required=False)
    at_one_click: tuple[Any, ...] = (AGREED, SEEN)
    may_be_empty = False

    def clean_opinion(self) -> str:
        pressed = str(self.data.get("phrase", ""))
        chosen = pressed if pressed in {str(phrase) for phrase in self.at_one_click} else ""
        opinion = str(self.cleaned_data["opinion"])
        if chosen and not opinion.startswith(chosen):
            opinion = chosen + opinion
        if not opinion and not self.may_be_empty:
            raise forms.ValidationError(_("Please write a sentence."))
        return opinion


class ProposeForm(ActForm):
    opinion = PhrasedBox(label=_("Proposed handling"))
    leaders = PeopleBox(Post.objects.none(), label=_("Ask for instruction"), common=COMMON)

    def narrow(self) -> None:
        self.narrow_to("leaders", _people(self.paper).filter(role__in=LEADERS))


class InstructForm(OpinionForm):
    opinion = PhrasedBox(label=_("Instruction"), required=False)


class AssignForm(ActForm):
    """Exactly one lead department (党政机关公文处理工作条例 第二十四条第四项)."""

    lead = forms.ModelChoiceField(
        Department.objects.none(), label=_("Lead department"), empty_label=_("Please choose")
    )
    assisting = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label=_("Co-handling departments"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = DateBox(label=_("Due"))
    readers = PeopleBox(
        Post.objects.none(), label=_("To be read by"), required=False, common=COMMON
    )

    def narrow(self) -> None:
        departments = people.departments_with_a_head(
            self.paper.procuratorate, timezone.localdate(), self.paper.marking
        )
        self.narrow_to("lead", departments)
        self.narrow_to("assisting", departments)
        self.narrow_to("readers", people.one_post_each(_people(self.paper)))

    def proposed(self) -> dict[str, Any]:
        calendar = Calendar.load(self.paper.procuratorate_id)
        self.deadline = handling_deadline(self.paper, timezone.now(), calendar)
        wanted = self.paper.wanted_by
        earlier = wanted and timezone.localdate() <= wanted < self.deadline.due_on
        return {"due_on": wanted if earlier else self.deadline.due_on}

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Please choose today or later."))
        if due_on > timezone.localdate() + LONGEST:
            raise forms.ValidationError(
                _("More than a year is no deadline. Please check the year.")
            )
        return due_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("lead") and data["lead"] in data.get("assisting", ()):
            self.add_error("assisting", _("The lead department is not a co-handler as well."))
        return data


class DivideForm(OpinionForm):
    field_order = ("to", "opinion")
    opinion = PhrasedBox(label=_("Remark (may be left empty)"), required=False)
    to = PersonBox(Post.objects.none(), label=_("Colleague"))
    may_be_empty = True
    at_one_click = ()

    def narrow(self) -> None:
        mine = self.actor.departments_as(*HEADS)
        self.narrow_to(
            "to",
            _people(self.paper).filter(department__in=mine).exclude(user=self.actor.user),
        )


class ReportForm(OpinionForm):
    opinion = PhrasedBox(label=_("What was done"), required=False)
    at_one_click = ()


class ReadForm(OpinionForm):
    opinion = PhrasedBox(label=_("Remark (may be left empty)"), required=False)
    may_be_empty = True
    at_one_click = ()


class CloseForm(ActForm):
    result = PhrasedBox(label=_("Result"))


class RegisterFilter(forms.Form):
    """The row of boxes above the register. What cannot be read filters nothing."""

    number = forms.CharField(label=_("Number"), required=False, max_length=80)
    title = forms.CharField(label=_("Title"), required=False, max_length=100)
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
    since = DateBox(label=_("Received from"), required=False)
    until = DateBox(label=_("to"), required=False)


def _people(paper: IncomingPaper) -> QuerySet[Post]:
    return people.cleared(paper.procuratorate, timezone.localdate(), paper.marking)
