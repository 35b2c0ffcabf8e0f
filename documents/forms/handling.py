"""承办: which department does what until when."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from activity.explanation import explain
from activity.models import Assignment
from documents.deadlines import assisting_deadline, lead_deadline
from documents.flow import incoming as flow
from documents.forms.act import ActForm, Aside, NoteForm, OpinionForm
from documents.forms.days import DueBox
from documents.forms.people import COMMON, colleagues, departments, readers
from documents.forms.shares import SharesBox
from documents.models import Duty
from organization.actor import Actor
from organization.calendar import Calendar
from organization.models import Department, Post, Role
from organization.models.post import HEADS
from web.forms import PeopleBox, PersonBox, PhrasedBox

CHOOSE = _("Please choose")


class AssignForm(ActForm):
    """Exactly one lead department (党政机关公文处理工作条例 第二十四条第四项)."""

    lead = forms.ModelChoiceField(
        Department.objects.none(), label=_("Lead department"), empty_label=CHOOSE
    )
    due_on = DueBox(label=_("Due"))
    assisting = SharesBox(label=_("Co-handling departments"), required=False)
    chaser = forms.ModelChoiceField(
        Post.objects.none(), label=_("Answers for chasing it"), empty_label=CHOOSE
    )
    readers = PeopleBox(
        Post.objects.none(), label=_("To be read by"), required=False, common=COMMON, ordered=True
    )
    in_order = forms.BooleanField(
        label=_("Readers one after the other, in the order in which they were chosen"),
        required=False,
    )

    def narrow(self) -> None:
        offered = departments(self.paper)
        self.narrow_to("lead", offered)
        shares = self.fields["assisting"]
        assert isinstance(shares, SharesBox)
        shares.offer(offered, self.assisting_due_on)
        self.narrow_to("readers", readers(self.paper))
        if self.paper.is_urgent:
            office = (Role.RECORDS_CLERK, Role.OFFICE_DIRECTOR)
            self.narrow_to("chaser", colleagues(self.paper).filter(role__in=office))
        else:
            del self.fields["chaser"]

    def proposed(self) -> dict[str, Any]:
        calendar, now = Calendar.load(self.paper.procuratorate_id), timezone.now()
        deadline = lead_deadline(self.paper, now, calendar)
        self.explanation = explain(deadline)
        wanted = self.paper.wanted_by
        earlier = wanted and timezone.localdate() <= wanted < deadline.due_on
        due_on = wanted if earlier else deadline.due_on
        assisting = assisting_deadline(self.paper, now, calendar)
        self.assisting_due_on = min(assisting.due_on, due_on) if due_on else assisting.due_on
        mine = self.actor.post_as(Role.RECORDS_CLERK)
        return {"due_on": due_on, "chaser": mine and mine.pk}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        shares = data.get("assisting") or []
        if data.get("lead") in [share.department for share in shares]:
            self.add_error("assisting", _("The lead department is not a co-handler as well."))
        return data

    def given(self) -> dict[str, Any]:
        return {"plan": flow.Plan(**self.cleaned_data)}


class OwnPartForm(OpinionForm):
    """Somebody who has the parts of two departments says which one it is about."""

    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("For which department"), empty_label=CHOOSE
    )
    at_one_click = ()
    field_order: tuple[str, ...] = ("department", "opinion")

    def narrow(self) -> None:
        mine = self.my_parts().values("department")
        parts = Department.objects.filter(pk__in=mine)
        self.narrow_to("department", parts)
        if parts.count() < 2:
            del self.fields["department"]

    def my_parts(self) -> Any:
        return flow.open_work(self.paper, Duty.HANDLE).filter(post__in=self.actor.posts)


class DivideForm(NoteForm):
    field_order = ("to", "opinion")
    to = PersonBox(Post.objects.none(), label=_("Colleague"))

    def narrow(self) -> None:
        mine = self.actor.departments_as(*HEADS)
        others = colleagues(self.paper).filter(department__in=mine)
        self.narrow_to("to", others.exclude(user=self.actor.user))


class ReportForm(OwnPartForm):
    opinion = PhrasedBox(label=_("What was done"), required=False)


class AskExtensionForm(Aside, OwnPartForm):
    """Asked for before the last day is over, with a reason and a new day."""

    field_order = ("department", "until", "opinion")
    until = DueBox(label=_("New last day"))
    opinion = PhrasedBox(label=_("Reason"), required=False)
    may_be_empty = False

    def my_parts(self) -> Any:
        return flow.extendable(self.paper, self.actor)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        mine = self.my_parts()
        if data.get("department"):
            mine = mine.filter(department=data["department"])
        row = mine.first()
        if row and data.get("until") and data["until"] <= row.due_on:
            self.add_error("until", _later_than(row.due_on))
        return data


class DecideExtensionForm(OpinionForm):
    """What was asked stands in the choice itself: by whom, from when to when, and why."""

    field_order = ("about", "granted", "until", "opinion")
    about = forms.TypedChoiceField(
        label=_("Extension asked for"), coerce=int, widget=forms.RadioSelect
    )
    granted = forms.TypedChoiceField(
        label=_("Decision on the extension"),
        choices=[("yes", _("Grant")), ("no", _("Do not grant"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    until = DueBox(label=_("New last day"))
    opinion = PhrasedBox(label=_("Remark; the reason, if it is not granted"), required=False)
    may_be_empty = True
    at_one_click = ()

    def narrow(self) -> None:
        self.choose_from("about", [(row.about_id, _asked(row)) for row in self._requests()])

    def proposed(self) -> dict[str, Any]:
        first = self._requests().first()
        asked = first.opening_event.details if first else {}
        return {"about": first and first.about_id, "until": asked.get("until_on")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        row = self._requests().filter(about=data.get("about")).first()
        granted, until = data.get("granted"), data.get("until")
        if row and granted and until and until <= row.about.due_on:
            self.add_error("until", _later_than(row.about.due_on))
        if data.get("granted") is False and not data.get("opinion"):
            self.add_error("opinion", _("Please write why it is not granted."))
        return data

    def _requests(self) -> Any:
        rows = flow.open_work(self.paper, Duty.EXTEND).filter(post__in=self.actor.posts)
        return rows.select_related("opening_event__user", "about__department")

    def given(self) -> dict[str, Any]:
        about = Assignment.objects.about(self.paper).get(pk=self.cleaned_data["about"])
        return self.cleaned_data | {"about": about}


class _PartForm(Aside):
    part = forms.ModelChoiceField(
        Department.objects.none(), label=_("Whose part"), empty_label=CHOOSE
    )
    only_losable = False

    def narrow(self) -> None:
        found = flow.parts(self.paper, only_losable=self.only_losable)
        parts = Department.objects.filter(pk__in=[department.pk for department in found])
        self.narrow_to("part", parts)


class ReassignForm(_PartForm):
    field_order = ("part", "department", "due_on", "opinion")
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Goes to"), empty_label=CHOOSE
    )
    due_on = DueBox(label=_("Due"))

    @classmethod
    def is_aside(cls, paper: Any, duties: Any) -> bool:
        return Duty.REASSIGN not in duties

    def narrow(self) -> None:
        super().narrow()
        having = [department.pk for department in flow.parts(self.paper)]
        self.narrow_to("department", departments(self.paper).exclude(pk__in=having))

    def proposed(self) -> dict[str, Any]:
        waiting = flow.open_work(self.paper, Duty.REASSIGN).first()
        part = waiting.about.department_id if waiting and waiting.about else None
        return {"part": part, "due_on": _next_day(self.paper, self.actor)}


class AddDepartmentForm(Aside):
    field_order = ("department", "due_on", "opinion")
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Department"), empty_label=CHOOSE
    )
    due_on = DueBox(label=_("Due"))

    def narrow(self) -> None:
        having = [department.pk for department in flow.parts(self.paper)]
        self.narrow_to("department", departments(self.paper).exclude(pk__in=having))

    def proposed(self) -> dict[str, Any]:
        return {"due_on": _next_day(self.paper, self.actor)}


class DropDepartmentForm(_PartForm):
    only_losable = True


def _next_day(paper: Any, actor: Actor) -> date:
    """What the rules propose for a co-handler from today on."""
    calendar = Calendar.load(actor.procuratorate.pk)
    return assisting_deadline(paper, timezone.now(), calendar).due_on


def _later_than(day: date) -> str:
    words = _("An extension ends after %(day)s, the last day that holds now.")
    return str(words % {"day": date_format(day)})


def _asked(row: Any) -> str:
    """一部 张三：2026年9月9日 → 2026年9月16日，需补充材料。"""
    asked = row.opening_event.details
    days = [date_format(date.fromisoformat(asked[name])) for name in ("due_on", "until_on")]
    who = row.opening_event.user.name if row.opening_event.user else ""
    return f"{asked['part']} {who}：{' → '.join(days)}，{asked['opinion']}"
