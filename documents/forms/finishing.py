"""办结, 答复, and the ways back: 退回, 撤回, 催办."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.models import Assignment
from documents.flow import incoming as flow
from documents.forms.act import ActForm, Aside
from documents.forms.handling import OwnPartForm
from documents.forms.people import colleagues
from documents.models import AnswerMeans, Duty
from documents.numbers import normalized_number
from organization.models import Department, Post
from web.forms import DateBox, LineBox, PeopleBox, PhrasedBox


class CloseForm(ActForm):
    result = PhrasedBox(label=_("Result"))
    no_answer = LineBox(
        label=_("Why the sender gets no answer"),
        max_length=200,
        help_text=_(
            "The sender wants an answer and none is recorded. Record it first, or say why."
        ),
    )

    def narrow(self) -> None:
        if not self.paper.wants_answer or self.paper.answered_on:
            del self.fields["no_answer"]


class AnswerForm(Aside):
    field_order = ("answered_on", "means", "number", "told", "opinion")
    answered_on = DateBox(label=_("Answered on"))
    means = forms.ChoiceField(label=_("How"), choices=AnswerMeans.choices)
    number = LineBox(label=_("Number of the answer"), max_length=80, required=False)
    told = LineBox(label=_("Who else was told"), max_length=200, required=False)

    def proposed(self) -> dict[str, Any]:
        return {"answered_on": timezone.localdate()}

    def clean_answered_on(self) -> date:
        day: date = self.cleaned_data["answered_on"]
        received = timezone.localdate(self.paper.signed_for_at)
        if not received <= day <= timezone.localdate():
            raise forms.ValidationError(
                _("The answer lies between the day the paper came (%(day)s) and today.")
                % {"day": received.isoformat()}
            )
        return day

    def clean_number(self) -> str:
        return normalized_number(self.cleaned_data["number"])


class SendBackForm(Aside, OwnPartForm):
    field_order = ("department", "to", "departments", "straight", "opinion")
    to = forms.ChoiceField(label=_("Back to"), widget=forms.RadioSelect)
    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label=_("Whose report is not enough (all, if none is ticked)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    straight = forms.BooleanField(label=_("Straight back to me afterwards"), required=False)
    opinion = PhrasedBox(label=_("Reason"), required=False)
    may_be_empty = False

    def narrow(self) -> None:
        super().narrow()
        rows = flow.open_work(self.paper, *flow.SEND_BACK.duties)
        mine = list(rows.filter(post__in=self.actor.posts, since__isnull=False))
        words = {
            duty.value: self._words(duty, row)
            for row in mine
            for duty in flow.targets(self.paper, row)
        }
        self.choose_from("to", words.items())
        if Duty.HANDLE in words:
            done = [department.pk for department in flow.reported(self.paper)]
            self.narrow_to("departments", Department.objects.filter(pk__in=done))
        else:
            del self.fields["departments"]

    def _words(self, duty: Duty, row: Assignment) -> Any:
        if flow.is_part(row, duty):
            return _("The office, to give this part to another department")
        return duty.label


class RecallForm(ActForm):
    """Nothing to fill in: what is taken back is said on the button's page."""

    @classmethod
    def is_aside(cls, paper: Any, duties: Any) -> bool:
        return True


class ChaseForm(Aside):
    field_order = ("holders", "opinion")
    holders = PeopleBox(Post.objects.none(), label=_("Who has it now"))
    opinion = PhrasedBox(label=_("Note (may be left empty)"), required=False)

    def narrow(self) -> None:
        self.narrow_to("holders", colleagues(self.paper).filter(pk__in=self._having()))

    def proposed(self) -> dict[str, Any]:
        return {"holders": list(self._having())}

    def _having(self) -> Any:
        rows = Assignment.objects.about(self.paper).open().filter(since__isnull=False)
        others = rows.exclude(post__user=self.actor.user)
        return others.values_list("post", flat=True)
