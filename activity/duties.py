"""What the duties of each kind of record are called, and who could take them over."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from activity.models import Assignment, Kind
from activity.steps import Step
from organization.actor import Actor
from organization.models import Post

LABELS: dict[tuple[str, str], Any] = {}  # by kind of record and duty
STEPS: dict[tuple[str, str], list[Step]] = {}  # any of which does this duty and no other


def explain(kind: str, labels: Iterable[tuple[str, Any]], steps: Iterable[Step]) -> None:
    """Called by the app that hands out the duties, once it is there."""
    taken = list(steps)
    for duty, label in labels:
        LABELS[kind, duty] = label
        STEPS[kind, duty] = [step for step in taken if tuple(step.duties) == (duty,)]


def label(row: Assignment) -> str:
    """A duty nobody explained stands for itself; what is to be read has not been read yet."""
    if row.kind == Kind.READ:
        return _("To read")
    return str(LABELS.get(_of(row), row.duty))


def fits(row: Assignment, record: Any, post: Post) -> bool:
    """Whether somebody on this post could take a step that does the row's duty."""
    steps = STEPS.get(_of(row), [])
    actor = Actor(post.user, post.procuratorate, (post,))
    return not steps or any(step.allowed(actor, record) for step in steps)


def _of(row: Assignment) -> tuple[str, str]:
    return ContentType.objects.get_for_id(row.target_kind_id).model, row.duty
