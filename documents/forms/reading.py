"""传阅: who reads, in which order, and who need not."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.flow import incoming as flow
from documents.forms.act import Aside, NoteForm
from documents.forms.people import COMMON, colleagues, readers
from documents.models import Duty, IncomingPaper, State
from organization.models import Post
from web.forms import PeopleBox, PersonBox, PhrasedBox

IN_ORDER = _("One after the other, in the order in which they were chosen")


class CirculateForm(NoteForm):
    field_order = ("opinion", "readers", "in_order")
    opinion = PhrasedBox(label=_("Proposed handling"), required=False)
    readers = PeopleBox(Post.objects.none(), label=_("To be read by"), common=COMMON, ordered=True)
    in_order = forms.BooleanField(label=IN_ORDER, required=False)

    def narrow(self) -> None:
        self.narrow_to("readers", readers(self.paper))

    @classmethod
    def is_aside(cls, paper: IncomingPaper, duties: Collection[str]) -> bool:
        return not paper.for_reading or paper.state == State.INSTRUCTED


class ReadForm(NoteForm):
    pass


class AddReadersForm(Aside):
    field_order = ("readers", "in_order", "opinion")
    readers = PeopleBox(Post.objects.none(), label=_("To be read by"), common=COMMON, ordered=True)
    in_order = forms.BooleanField(label=IN_ORDER, required=False)

    def narrow(self) -> None:
        having = flow.open_work(self.paper, Duty.READ).values("post__user")
        self.narrow_to("readers", readers(self.paper).exclude(user__in=having))


class RemoveReaderForm(Aside):
    field_order = ("reader", "opinion")
    reader = PersonBox(Post.objects.none(), label=_("Reader who need not read it"))

    def narrow(self) -> None:
        having = flow.open_work(self.paper, Duty.READ).values("post")
        self.narrow_to("reader", colleagues(self.paper).filter(pk__in=having))
