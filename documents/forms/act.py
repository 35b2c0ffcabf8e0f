"""The shape of a form on a paper's page."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from activity import drafts
from activity.models import Assignment, Draft
from documents.models import IncomingPaper
from organization.actor import Actor
from web.forms import PhrasedBox, helper, name_what_is_missing

AGREED, SEEN = _("Agreed."), _("Seen.")


class ActForm(forms.Form):
    """A form on a paper's page. It knows the paper and who is at the keyboard."""

    helper = helper()
    draft_key = ""

    def __init__(
        self,
        data: Any = None,
        *,
        paper: IncomingPaper,
        actor: Actor,
        typed: str = "",
        draft: Draft | None = None,
    ) -> None:
        self.paper, self.actor, self.draft = paper, actor, draft
        initial = self.proposed() | drafts.initial(type(self), draft)
        initial |= {"opinion": typed} if typed else {}
        super().__init__(data, initial=initial, auto_id=f"{type(self).__name__}-%s")
        self.goes_back_to = self._wants_it_straight_back()
        self.narrow()
        name_what_is_missing(self)

    def _wants_it_straight_back(self) -> str:
        """Who sent the paper back and gets it directly; nobody else is chosen then."""
        rows = Assignment.objects.about(self.paper).given_to(self.actor).open()
        row = rows.filter(returns_to__isnull=False).select_related("returns_to__post__user").first()
        return row.returns_to.post.user.name if row and row.returns_to else ""

    def narrow(self) -> None:
        """Offer only what this paper and this actor allow."""

    def narrow_to(self, name: str, choices: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices

    def choose_from(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def proposed(self) -> dict[str, Any]:
        return {}

    def given(self) -> dict[str, Any]:
        """What the step's function takes, once the form is valid."""
        return self.cleaned_data

    @classmethod
    def is_aside(cls, paper: IncomingPaper, duties: Collection[str]) -> bool:
        """Whether the page shows only a link to it: not what the reader was given this paper for.

        `duties` are those open for the reader.
        """
        return False

    def offer(self, phrases: Sequence[str], act: str) -> None:
        """Set phrases for this act, to be taken into the text of this form."""
        for field in self.fields.values():
            if isinstance(field, PhrasedBox):
                field.offer(phrases, act)


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


class NoteForm(OpinionForm):
    """A text that may be left empty."""

    opinion = PhrasedBox(label=_("Remark (may be left empty)"), required=False)
    may_be_empty = True
    at_one_click = ()


class Aside(NoteForm):
    """An act on somebody's own account: a link on the page, a form once it is followed."""

    @classmethod
    def is_aside(cls, paper: IncomingPaper, duties: Collection[str]) -> bool:
        return True
