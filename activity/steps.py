"""The shape of every transition: check, change, event, assignments, notices; all or nothing.

REGISTER = Step("incomingpaper", "register", before={State.SIGNED_FOR}, after=State.REGISTERED,
                duties={Duty.REGISTER}, allowed=access.may_register,
                who=_("a records clerk (article …)"), label=_("Register"),
                sentence=_("registered it as {number}"))

def register(paper, *, by):
    with REGISTER.taken(paper, by=by) as trace:
        paper.title = …
        trace.ask(director, Duty.PROPOSE)
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from activity import writing
from activity.models import Assignment
from activity.trace import Trace
from activity.words import LABELS, SENTENCES
from organization.actor import Actor


class StepClosed(Exception):
    """The record is no longer in a state from which this step can be taken."""

    def __init__(self, record: Any) -> None:
        super().__init__(record)
        self.record = record


def _always(actor: Actor, record: Any) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """One transition of one kind of record.

    `allowed` asks for a role or a relation, never for an open row. With `duties`, only who was
    given one of them may take the step; it closes their row, and `after` is reached once no branch
    is open: no other row of that duty, or of `branches` when they are named. `still` asks for what
    the state does not say (nobody has opened it yet). `sentence` is what trail, Excel and mail
    print after the name, with `{names}` from the event's details.
    """

    kind: str  # of record, in lower case: the verb of its events is <kind>.<name>
    name: str
    before: Collection[str]
    after: str | None  # None: the record stays in the state it is in, unless the body moves it
    allowed: Callable[[Actor, Any], bool]
    who: Promise  # may take it, and which rule says so: what a refusal tells
    label: Promise
    sentence: Promise
    duties: Collection[str] = ()
    branches: Collection[str] = ()
    still: Callable[[Actor, Any], bool] = _always
    ends_work: bool = True  # whether the row it is taken with is closed by it

    def __post_init__(self) -> None:
        SENTENCES[self.verb] = self.sentence
        LABELS[self.verb] = self.label

    @property
    def verb(self) -> str:
        """What its events are called."""
        return f"{self.kind}.{self.name}"

    def refusal(self) -> PermissionDenied:
        """Who may take this step, and by which rule, for somebody who may not."""
        words = _("“%(step)s” is for %(who)s. If it should be yours, ask the office director.")
        return PermissionDenied(words % {"step": self.label, "who": self.who})

    def is_open(self, record: Any, actor: Actor, duties: Collection[str]) -> bool:
        """Would the step be taken now? `duties` are those open for the actor on this record."""
        return (
            record.state in self.before
            and record.procuratorate_id == actor.procuratorate.pk
            and (not self.duties or not set(self.duties).isdisjoint(duties))
            and self.allowed(actor, record)
            and self.still(actor, record)
        )

    @contextmanager
    def begun(self, record: Any, *, by: Actor) -> Iterator[Trace]:
        """Create `record` by this step, its first; the body fills in the trace."""
        if record.procuratorate_id != by.procuratorate.pk or not self.allowed(by, record):
            raise self.refusal()
        with transaction.atomic():
            trace = Trace(record, row=None, last=True, after=self.after)
            record.state = self.after
            record.save()
            yield trace
            writing.write(self.verb, record, by, trace)

    @contextmanager
    def taken(self, record: Any, *, by: Actor, which: Q | None = None) -> Iterator[Trace]:
        """Lock and check the record; after the body, move its state and write who did what.

        `which` says with which of several rows of the duty the step is taken: a head of two
        departments reports for one. Raises PermissionDenied for who may not, StepClosed for who
        is too late.
        """
        with transaction.atomic():
            record.refresh_from_db(
                from_queryset=type(record)._base_manager.select_for_update(no_key=True)
            )
            row = self._check(record, by, which or Q())
            record.procuratorate = by.procuratorate  # the same, and already read
            last = not self._others(record, row)
            trace = Trace(record, row=row, last=last, after=self.after if last else None)
            if not self.ends_work:
                trace.outcome = None
            known = (record.marking, getattr(record, "urgency", 0))
            trace.details["state_before"] = record.state
            yield trace
            record.state = trace.after or record.state
            record.save()
            trace.details["state_after"] = record.state
            if known != (record.marking, getattr(record, "urgency", 0)):
                _copy_to_rows(record)
            writing.write(self.verb, record, by, trace)

    def _check(self, record: Any, by: Actor, which: Q) -> Assignment | None:
        """The row of `by` that the step is taken with, or a refusal."""
        if record.procuratorate_id != by.procuratorate.pk or not self.allowed(by, record):
            raise self.refusal()
        if not self.duties:
            rows = []
        else:
            mine = Assignment.objects.about(record).given_to(by).filter(which)
            mine = mine.filter(duty__in=self.duties).order_by("pk")
            rows = list(mine.select_related("post__user", "post__department", "returns_to"))
            if not rows:
                raise self._given_to_others(record)
        row = next((row for row in rows if row.closed_at is None and row.since), None)
        late = record.state not in self.before or (self.duties and row is None)
        if late or not self.still(by, record):
            raise StepClosed(record)
        return row

    def _given_to_others(self, record: Any) -> PermissionDenied:
        """The right would be there, but somebody else was asked: say whom."""
        rows = Assignment.objects.about(record).filter(duty__in=self.duties)
        names = "、".join(
            dict.fromkeys(row.post.user.name for row in rows.select_related("post__user"))
        )
        if not names:
            return self.refusal()
        words = _("“%(step)s” of this paper was given to %(names)s.")
        return PermissionDenied(words % {"step": self.label, "names": names})

    def _others(self, record: Any, row: Assignment | None) -> bool:
        """Is another branch still open, or a later turn of this one?"""
        if row is None:
            return False
        rows = Assignment.objects.about(record).open()
        rows = rows.filter(duty__in=self.branches or [row.duty])
        return rows.exclude(duty=row.duty, batch=row.batch, turn=row.turn).exists()


def _copy_to_rows(record: Any) -> None:
    row = Assignment()
    row.copy_from(record)
    Assignment.objects.about(record).update(marking=row.marking, urgency=row.urgency)


def open_duties(record: Any, actor: Actor) -> set[str]:
    """The duties open for the actor on this record: one query, for all its steps."""
    rows = Assignment.objects.about(record).given_to(actor).open().filter(since__isnull=False)
    return set(rows.values_list("duty", flat=True))
