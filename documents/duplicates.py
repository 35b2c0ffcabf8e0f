"""重复来文: papers that may be the one at hand, come a second time.

The same sender under the same number, or a file with the same content. It is a question, never a
refusal: a number may rightly come twice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from attachments.models import Attachment, Upload
from documents.models import IncomingPaper
from documents.models.incoming import IncomingPaperQuerySet
from documents.numbers import same_sender, tells_papers_apart
from organization.actor import Actor

SHOWN = 5
LOOKED_AT = 500  # the newest of one number, and of one file


@dataclass(frozen=True)
class Duplicate:
    """A paper that may be the same, as the register shows it, and why."""

    paper: IncomingPaper
    opens: bool
    title: str  # empty when it is above the reader's clearance
    by_number: bool
    by_file: bool

    @property
    def name(self) -> str:
        """What a trail calls it, in every language: its number, else the day it came; no title."""
        return self.paper.number or timezone.localdate(self.paper.signed_for_at).isoformat()


@dataclass(frozen=True)
class Duplicates:
    """The newest of them, and how many more there are."""

    shown: Sequence[Duplicate] = field(default_factory=tuple)
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.shown)

    @property
    def keys(self) -> str:
        """What the tick says was compared."""
        return ",".join(str(one.paper.pk) for one in self.shown)

    def without(self, known: Collection[str]) -> "Duplicates":
        """Those nobody has looked at yet."""
        left = [one for one in self.shown if str(one.paper.pk) not in known]
        return Duplicates(left, self.more)


def find(
    actor: Actor, *, sender: str, number: str, files: Sequence[Upload], apart_from: Q
) -> Duplicates:
    """Among the lines of the register the actor may see: five queries at most."""
    listed = IncomingPaper.objects.listed_for(actor).exclude(apart_from)
    by_number = _of_number(listed, sender, number) if tells_papers_apart(number) else set()
    by_file = _with_files(actor, files) if files else set()
    if not by_number | by_file:
        return Duplicates()
    found = listed.filter(pk__in=by_number | by_file)
    papers = list(found.order_by("-signed_for_at", "-pk")[:SHOWN])
    visible = IncomingPaper.objects.visible_to(actor).filter(pk__in=[paper.pk for paper in papers])
    opens = set(visible.values_list("pk", flat=True))
    shown = [
        Duplicate(
            paper=paper,
            opens=paper.pk in opens,
            title=paper.title if paper.marking <= actor.clearance else "",
            by_number=paper.pk in by_number,
            by_file=paper.pk in by_file,
        )
        for paper in papers
    ]
    return Duplicates(shown, found.count() - len(shown))


def came_meanwhile(
    paper: IncomingPaper, actor: Actor, *, files: Sequence[Upload], known: Collection[str]
) -> list[str]:
    """Sentences with links: duplicates of a paper just written down that nobody had compared."""
    found = find(
        actor,
        sender=paper.sender,
        number=paper.sender_number,
        files=files,
        apart_from=Q(pk=paper.pk),
    )
    return [_in_words(one) for one in found.without(known).shown]


def _in_words(one: Duplicate) -> str:
    words = _("This paper may have come twice. Please compare it with: %(name)s")
    name = f"{one.name} {one.title}".strip()
    said = words % {"name": name}
    link = '{} <a class="next" href="{}" target="_blank">{}</a>'
    return format_html(link, said, one.paper.get_absolute_url(), _("Open")) if one.opens else said


def _of_number(listed: IncomingPaperQuerySet, sender: str, number: str) -> set[int]:
    rows = listed.filter(sender_number=number).order_by("-pk").values_list("pk", "sender")
    return {pk for pk, name in rows[:LOOKED_AT] if same_sender(name, sender)}


def _with_files(actor: Actor, files: Sequence[Upload]) -> set[int]:
    """A content is kept once in a procuratorate: the same digest is the same row."""
    carrying = Attachment.objects.filter(
        procuratorate=actor.procuratorate,
        target_kind=ContentType.objects.get_for_model(IncomingPaper),
        content__in=[file.content_id for file in files],
    )
    return set(carrying.order_by("-pk").values_list("target_id", flat=True)[:LOOKED_AT])
