"""One act on many papers: each by itself and with its own answer; none stops another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from activity import trail
from activity.models import Assignment
from activity.steps import Step, StepClosed
from activity.trace import NobodyToAsk
from activity.writing import NotCleared
from documents.flow import incoming as flow
from documents.models import IncomingPaper
from organization.actor import Actor

MOST = 100  # papers at once
# The acts that make sense for many papers together, by name.
_STEPS = (flow.READ, flow.INSTRUCT, flow.REVIEW, flow.CHASE, flow.ADD_READERS)
ACTS = {step.name: step for step in _STEPS}


@dataclass(frozen=True)
class Item:
    """A paper that was chosen, and what became of it, or why nothing can."""

    paper: IncomingPaper
    said: str = ""
    is_fine: bool = True


def chosen(asked: Sequence[str], actor: Actor) -> list[IncomingPaper]:
    """The papers named by these ids, as far as they exist for the actor, oldest first."""
    ids = [int(one) for one in asked if one.isdecimal() and len(one) < 18][:MOST]
    return list(IncomingPaper.objects.visible_to(actor).filter(pk__in=ids).order_by("pk"))


def looked_at(step: Step, papers: Sequence[IncomingPaper], actor: Actor) -> list[Item]:
    """Which of them wait for the step, as far as one query tells; taking it asks everything."""
    mine = (
        Assignment.objects.given_to(actor)
        .open()
        .filter(
            target_kind=ContentType.objects.get_for_model(IncomingPaper),
            target_id__in=[paper.pk for paper in papers],
            since__isnull=False,
        )
    )
    duties: dict[int, set[str]] = {}
    for number, duty in mine.values_list("target_id", "duty"):
        duties.setdefault(number, set()).add(duty)
    return [_item(step, paper, actor, duties.get(paper.pk, set())) for paper in papers]


def _item(step: Step, paper: IncomingPaper, actor: Actor, duties: set[str]) -> Item:
    asked = not step.duties or not duties.isdisjoint(step.duties)
    if asked and paper.state in step.before and step.allowed(actor, paper):
        return Item(paper)
    return Item(paper, _("this paper is not waiting for that from you"), is_fine=False)


def take(
    step: Step, papers: Sequence[IncomingPaper], given: dict[str, Any], actor: Actor
) -> list[Item]:
    """Take the step on each paper, each in a transaction of its own."""
    return [_take(step, paper, given, actor) for paper in papers]


def _take(step: Step, paper: IncomingPaper, given: dict[str, Any], actor: Actor) -> Item:
    try:
        getattr(flow, step.name)(paper, by=actor, **given)
    except StepClosed:
        return Item(paper, _("somebody was quicker, or it has gone on"), is_fine=False)
    except NotCleared as refused:
        said = _("%(name)s may not see this marking") % {"name": refused.post.user.name}
        return Item(paper, said, is_fine=False)
    except NobodyToAsk:
        return Item(paper, _("nobody holds the post that comes next"), is_fine=False)
    except PermissionDenied as refused:
        return Item(paper, str(refused), is_fine=False)
    having = "、".join(dict.fromkeys(_name(row) for row in trail.holders(paper) if row.since))
    return Item(paper, _("done; now with %(names)s") % {"names": having} if having else _("done"))


def _name(row: Assignment) -> str:
    return row.post.user.name
