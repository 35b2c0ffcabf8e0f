"""What is said once about many papers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.forms.act import AGREED, SEEN
from documents.forms.people import COMMON
from documents.forms.reading import IN_ORDER
from documents.models import IncomingPaper
from organization import people
from organization.actor import Actor
from organization.models import Post
from web.forms import PeopleBox, PhrasedBox, helper, name_what_is_missing

AT_ONE_CLICK: dict[str, tuple[Any, ...]] = {"instruct": (AGREED, SEEN), "review": (AGREED,)}


class BatchForm(forms.Form):
    """An opinion for all of the papers; for some acts it may be empty."""

    opinion = PhrasedBox(label=_("Opinion, the same for all"), required=False)
    helper = helper()

    def __init__(
        self, data: Any, *, act: str, papers: Sequence[IncomingPaper], actor: Actor
    ) -> None:
        self.act, self.papers, self.actor = act, papers, actor
        self.at_one_click = AT_ONE_CLICK.get(act, ())
        super().__init__(data)
        self.narrow()
        name_what_is_missing(self)

    def narrow(self) -> None:
        """Offer only what these papers allow."""

    def clean_opinion(self) -> str:
        pressed = str(self.data.get("phrase", ""))
        if pressed in {str(phrase) for phrase in self.at_one_click}:
            return pressed + str(self.cleaned_data["opinion"])
        if self.at_one_click and not self.cleaned_data["opinion"]:
            raise forms.ValidationError(_("Please write a sentence."))
        return str(self.cleaned_data["opinion"])


class BatchReadersForm(BatchForm):
    field_order = ("readers", "in_order", "opinion")
    readers = PeopleBox(Post.objects.none(), label=_("To be read by"), common=COMMON, ordered=True)
    in_order = forms.BooleanField(label=IN_ORDER, required=False)

    def narrow(self) -> None:
        field = self.fields["readers"]
        assert isinstance(field, PeopleBox)
        highest = max((paper.marking for paper in self.papers), default=0)
        today = timezone.localdate()
        field.queryset = people.one_post_each(
            people.cleared(self.actor.procuratorate, today, highest)
        )


BATCH_FORMS = {"add_readers": BatchReadersForm}
