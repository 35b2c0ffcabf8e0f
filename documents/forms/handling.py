"""From the proposal to the end: what is said, who is asked, until when."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.explanation import explain
from documents.deadlines import handling_deadline
from documents.forms.act import ActForm, OpinionForm
from documents.models import IncomingPaper
from organization import people
from organization.calendar import Calendar
from organization.models import Department, Post
from organization.models.post import HEADS, LEADERS
from web.forms import DateBox, PeopleBox, PersonBox, PhrasedBox

LONGEST = timedelta(days=366)
COMMON = ((_("Leaders"), LEADERS), (_("Heads of departments"), HEADS))  # often chosen together


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
        deadline = handling_deadline(self.paper, timezone.now(), calendar)
        self.explanation = explain(deadline)
        wanted = self.paper.wanted_by
        earlier = wanted and timezone.localdate() <= wanted < deadline.due_on
        return {"due_on": wanted if earlier else deadline.due_on}

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


def _people(paper: IncomingPaper) -> QuerySet[Post]:
    return people.cleared(paper.procuratorate, timezone.localdate(), paper.marking)
