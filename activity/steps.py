"""The shape of every transition: check, change, event, assignments, notices; all or nothing.

REGISTER = Step("incomingpaper", "register", before={State.SIGNED_FOR}, after=State.REGISTERED,
                duty=Duty.REGISTER, allowed=access.may_register,
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
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from activity import writing
from activity.models import Assignment
from activity.trace import Trace
from activity.words import SENTENCES
from organization.actor import Actor
from organization.models import Department


class StepClosed(Exception):
    """The record is no longer in a state from which this step can be taken."""

    def __init__(self, record: Any) -> None:
        super().__init__(record)
        self.record = record


@dataclass(frozen=True)
class Step:
    """One transition of one kind of record.

    `allowed` asks for a role or a relation, never for an open row. With a `duty`, only who was
    given that duty may take the step; it closes their row, and `after` is reached once no other
    branch of the duty is open. `sentence` is what trail, Excel and mail print after the name,
    with `{names}` from the event's details.
    """

    kind: str  # of record, in lower case: the verb of its events is <kind>.<name>
    name: str
    before: Collection[str]
    after: str | None  # None: the record stays in the state it is in
    allowed: Callable[[Actor, Any], bool]
    who: Promise  # may take it, and which rule says so: what a refusal tells
    label: Promise
    sentence: Promise
    duty: str | None = None

    def __post_init__(self) -> None:
        SENTENCES[self.verb] = self.sentence

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
            and (self.duty is None or self.duty in duties)
            and self.allowed(actor, record)
        )

    @contextmanager
    def begun(self, record: Any, *, by: Actor) -> Iterator[Trace]:
        """Create `record` by this step, its first; the body fills in the trace."""
        if record.procuratorate_id != by.procuratorate.pk or not self.allowed(by, record):
            raise self.refusal()
        with transaction.atomic():
            trace = Trace(record, row=None, moves=True)
            record.state = self.after
            record.save()
            yield trace
            writing.write(self.verb, record, by, trace)

    @contextmanager
    def taken(
        self, record: Any, *, by: Actor, department: Department | None = None
    ) -> Iterator[Trace]:
        """Lock and check the record; after the body, move its state and write who did what.

        With a `department`, it is the work given to this department that the step closes.
        Raises PermissionDenied for who may not, StepClosed for who is too late.
        """
        with transaction.atomic():
            record.refresh_from_db(
                from_queryset=type(record)._base_manager.select_for_update(no_key=True)
            )
            row = self._check(record, by, department)
            record.procuratorate = by.procuratorate  # the same, and already read
            moves = self.after is not None and not self._others(record, row)
            trace = Trace(record, row=row, moves=moves)
            marking = record.marking
            trace.details["state_before"] = record.state
            yield trace
            if trace.moves:
                record.state = self.after
            record.save()
            trace.details["state_after"] = record.state
            if record.marking != marking:
                Assignment.objects.about(record).update(marking=record.marking)
            writing.write(self.verb, record, by, trace)

    def _check(self, record: Any, by: Actor, department: Department | None) -> Assignment | None:
        """The row of `by` that the step closes, or a refusal."""
        if record.procuratorate_id != by.procuratorate.pk or not self.allowed(by, record):
            raise self.refusal()
        if self.duty is None:
            rows = []
        else:
            mine = Assignment.objects.about(record).given_to(by).filter(duty=self.duty)
            mine = mine.select_related("post__user", "post__department")
            rows = [row for row in mine if department is None or row.department_id == department.pk]
            if not rows:
                raise self._given_to_others(record)
        row = next((row for row in rows if row.closed_at is None and row.since), None)
        if record.state not in self.before or (self.duty and row is None):
            raise StepClosed(record)
        return row

    def _given_to_others(self, record: Any) -> PermissionDenied:
        """The right would be there, but somebody else was asked: say whom."""
        rows = Assignment.objects.about(record).filter(duty=self.duty).select_related("post__user")
        names = "、".join(dict.fromkeys(row.post.user.name for row in rows))
        if not names:
            return self.refusal()
        words = _("“%(step)s” of this paper was given to %(names)s.")
        return PermissionDenied(words % {"step": self.label, "names": names})

    def _others(self, record: Any, row: Assignment | None) -> bool:
        """Is another branch of the same duty still open, or a later turn of this one?"""
        if row is None:
            return False
        rows = Assignment.objects.about(record).open().filter(duty=self.duty)
        return rows.exclude(batch=row.batch, turn=row.turn).exists()


def open_duties(record: Any, actor: Actor) -> set[str]:
    """The duties open for the actor on this record: one query, for all its steps."""
    rows = Assignment.objects.about(record).given_to(actor).open().filter(since__isnull=False)
    return set(rows.values_list("duty", flat=True))
