"""初审, 拟办, 批示, 审核: what is found, proposed, decided and judged."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.flow import incoming as flow
from documents.forms.act import AGREED, ActForm, Aside, OpinionForm
from documents.forms.people import COMMON, colleagues
from documents.models import Duty, IncomingPaper
from organization.models import Post
from organization.models.post import LEADERS
from web.forms import PeopleBox, PersonBox, PhrasedBox


class ScreenForm(ActForm):
    """The five questions of the pre-check (党政机关公文处理工作条例 第二十四条第三项).

    All are ticked at first: who finds one that is not so takes its tick away and says why.
    """

    ours = forms.BooleanField(label=_("It is for this procuratorate to handle"))
    routing = forms.BooleanField(label=_("It keeps the rules of who writes to whom"))
    form = forms.BooleanField(label=_("Kind of document and form are right"))
    agreed = forms.BooleanField(label=_("What concerns others was agreed and signed by them"))
    other = forms.BooleanField(label=_("It keeps the other rules of drafting"))
    opinion = PhrasedBox(label=_("Note; the reason, if it is returned"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in flow.QUESTIONS:
            self.fields[name].required = False

    def proposed(self) -> dict[str, Any]:
        return dict.fromkeys(flow.QUESTIONS, True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not all(data.get(name) for name in flow.QUESTIONS) and not data.get("opinion"):
            self.add_error(
                "opinion",
                _("One answer is “no”: it goes back to the sender. Please write the reason."),
            )
        return data

    def given(self) -> dict[str, Any]:
        answers = {name: bool(self.cleaned_data[name]) for name in flow.QUESTIONS}
        return {"answers": answers, "opinion": self.cleaned_data["opinion"]}


class ProposeForm(ActForm):
    opinion = PhrasedBox(label=_("Proposed handling"))
    leaders = PeopleBox(
        Post.objects.none(), label=_("Ask for instruction"), common=COMMON, ordered=True
    )
    in_order = forms.BooleanField(
        label=_("One after the other, in the order in which they were chosen"), required=False
    )

    def narrow(self) -> None:
        if self.goes_back_to:
            del self.fields["leaders"], self.fields["in_order"]
        else:
            self.narrow_to("leaders", colleagues(self.paper).filter(role__in=LEADERS))

    @classmethod
    def is_aside(cls, paper: IncomingPaper, duties: Collection[str]) -> bool:
        return paper.for_reading


class ForwardForm(Aside):
    opinion = PhrasedBox(label=_("Proposed handling"))
    may_be_empty = False


class InstructForm(OpinionForm):
    opinion = PhrasedBox(label=_("Instruction"), required=False)


class _LeaderForm(Aside):
    was_asked = False
    field_order = ("leader", "opinion")

    def narrow(self) -> None:
        having = Q(pk__in=flow.open_work(self.paper, Duty.INSTRUCT).values("post"))
        leaders = colleagues(self.paper).filter(role__in=LEADERS)
        self.narrow_to("leader", leaders.filter(having if self.was_asked else ~having))


class AddLeaderForm(_LeaderForm):
    leader = PersonBox(Post.objects.none(), label=_("Leader to be asked as well"))


class RemoveLeaderForm(_LeaderForm):
    leader = PersonBox(Post.objects.none(), label=_("Leader who need not be asked"))
    was_asked = True


class ReviewForm(OpinionForm):
    opinion = PhrasedBox(label=_("Finding"), required=False)
    at_one_click = (AGREED,)
