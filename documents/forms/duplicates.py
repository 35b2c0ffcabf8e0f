"""重复来文: the box that shows papers which may be the same, and the tick that lets one go on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from attachments.forms import FilesBox
from attachments.models import Upload
from documents import duplicates
from documents.duplicates import Duplicates
from documents.numbers import normalized_number
from organization.actor import Actor
from web.forms import LineBox

ASKED = {"data-compared": ""}  # the page asks again when such a box was filled in


class DuplicatesInput(forms.Widget):
    """Empty as long as nothing is found. The tick names the papers that were looked at."""

    found = Duplicates()
    of: int | None = None  # the paper at hand, when it was signed for already

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [pk for ticked in data.getlist(name) for pk in ticked.split(",")]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        wrong = "is-invalid" in self.build_attrs(self.attrs, attrs).get("class", "")
        context = {"name": name, "of": self.of, "wrong": wrong} | self.shown(value)
        return render_to_string("documents/_duplicates.html", context)

    def shown(self, ticked: Sequence[str]) -> dict[str, Any]:
        return {"found": self.found, "ticked": not self.found.without(ticked or ())}


class DuplicatesBox(forms.Field):
    """`cleaned_data` holds the papers that were compared: their ids, and what they are called."""

    widget = DuplicatesInput

    def __init__(self) -> None:
        super().__init__(label="", required=False)


class NumberBox(LineBox):
    """来文字号, kept in its standard form."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs=ASKED)
        super().__init__(label=_("Sender's number"), max_length=80, required=False, widget=widget)

    def clean(self, value: Any) -> str:
        return normalized_number(super().clean(value))


class ComparedForm(forms.Form):
    """A form about a paper that may have come before, filled in by its `actor`."""

    actor: Actor

    def opened_by(self, actor: Actor, of: int | None = None) -> None:
        """The box of files offers only what this person has sent."""
        self.actor = actor
        files = self.fields["attachments"]
        assert isinstance(files, FilesBox)
        files.for_actor(actor)
        self.box.of = of

    @property
    def box(self) -> DuplicatesInput:
        box = self.fields["beside"].widget
        assert isinstance(box, DuplicatesInput)
        return box

    def itself(self) -> Q:
        """The paper at hand is no duplicate of itself; one not yet signed for is none of these."""
        return Q(pk=self.box.of)

    def clean(self) -> None:
        super().clean()
        if not self.errors:
            found = self.compare()
            left = found.without(self.cleaned_data["beside"])
            self.cleaned_data["beside"] = {str(one.paper.pk): one.name for one in found.shown}
            if left:
                self.add_error("beside", _("Please compare them, and tick the box to go on."))

    def compare(self) -> Duplicates:
        typed = self.cleaned_data
        found = duplicates.find(
            self.actor,
            sender=typed.get("sender", ""),
            number=typed.get("sender_number", ""),
            files=typed.get("attachments", ()),
            apart_from=self.itself(),
        )
        self.box.found = found
        return found

    @property
    def waits_for_the_tick(self) -> bool:
        """Everything else is well formed."""
        return set(self.errors) == {"beside"}


class _SentFilesBox(FilesBox):
    def clean(self, value: dict[str, list[str]]) -> Sequence[Upload]:
        return self.sent(value)


class AskedForm(ComparedForm):
    """What a page has so far, while somebody fills it in: whatever is missing finds nothing."""

    sender = forms.CharField(required=False)
    sender_number = NumberBox()
    attachments = _SentFilesBox()
    beside = DuplicatesBox()
    of = forms.IntegerField(required=False)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        self.opened_by(actor)

    def itself(self) -> Q:
        return Q(pk=self.cleaned_data.get("of"))

    def clean(self) -> None:
        """Nothing is refused here."""

    def answer(self) -> dict[str, Any]:
        self.is_valid()
        self.compare()
        return self.box.shown(self.cleaned_data["beside"]) | {"name": "beside"}
