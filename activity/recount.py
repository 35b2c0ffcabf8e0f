"""时限重算: after a change of the calendar open deadlines are counted again and signed for at once.

Nothing moves by itself. A job counts how many deadlines the calendar of now would count differently
(`look`); the office director sees them listed (`listed`) and signs for exactly what was listed
(`sign`): then each piece of work has its new last day, an event and its holder a notice, and its
record is told. A record that keeps a copy of a deadline has `follow_deadline(row)`, which takes
over what concerns it from an assignment and saves it; the row of the record is locked by then.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from activity import access
from activity.models import Assignment, DeadlineReview, Event, Notice
from activity.record import record
from organization.actor import Actor
from organization.calendar import Calendar
from organization.deadlines import ChangedDay, Deadline, changed_days, recounted
from organization.models import Procuratorate, Role

MOST = 500  # for one signature; what is left is listed afterwards
MOVED, STAYED = "assignment.recount", "assignment.recount_same"
SIGNED = "procuratorate.recount"
WRITTEN = ["due_on", "due_at", "warn_on", "first_due_on", "deadline", "reminded_on"]


class ListChanged(Exception):
    """What was signed for is no longer what there is to be recounted. Nothing was done."""


@dataclass(frozen=True)
class Change:
    """A piece of open work whose deadline the calendar of now counts differently."""

    row_id: int
    old: Deadline
    new: Deadline
    days: tuple[ChangedDay, ...]

    @property
    def moves(self) -> bool:
        return self.old.due_on != self.new.due_on

    @property
    def fell_on_a_day_off(self) -> bool:
        """A last day that a person chose, on which nobody works any more."""
        return not self.moves and any(
            day == self.new.due_on and not is_workday for day, is_workday, _name in self.days
        )


def differing(procuratorate_id: int, calendar: Calendar) -> list[Change]:
    """All of them in one query; those whose last day moves come first, the most urgent before."""
    rows = Assignment.objects.open().filter(
        procuratorate=procuratorate_id, due_on__isnull=False, deadline__isnull=False
    )
    found = []
    for pk, stored in rows.values_list("pk", "deadline").iterator():
        old = Deadline.from_json(stored or {})
        new = recounted(old, calendar)
        if new != old:
            found.append(Change(pk, old, new, changed_days(old, new, calendar)))
    return sorted(found, key=_most_urgent_first)


def _most_urgent_first(change: Change) -> tuple[Any, ...]:
    first = min(change.old.due_on, change.new.due_on)
    return not change.moves, not change.fell_on_a_day_off, first, change.row_id


def digest(changes: Iterable[Change]) -> str:
    """The list as it was shown; another one as soon as anything in it is."""
    shown = [(one.row_id, one.old.as_json(), one.new.as_json()) for one in changes]
    return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def sign(shown: str, reason: str, *, by: Actor) -> int:
    """Recount what was listed, all of it or nothing; how many pieces of work that were.

    `shown` is the digest of the list that was signed for. Raises ListChanged when it is another
    one by now: somebody signed before, a step closed the work, the calendar changed again.
    """
    if not access.may_sign_recount(by):
        raise PermissionDenied(access.WHO_SIGNS_RECOUNT)
    calendar = Calendar.load(by.procuratorate.pk)
    with transaction.atomic():
        waiting = differing(by.procuratorate.pk, calendar)
        changes = waiting[:MOST]
        if not changes or digest(changes) != shown:
            raise ListChanged
        rows, records = _locked(changes)
        _write(changes, rows, records, reason, by)
        details = {"count": len(changes), "reason": reason}
        post = by.post_as(Role.OFFICE_DIRECTOR)
        record(SIGNED, by.procuratorate, by=by, post=post, details=details)
        _note(by.procuratorate.pk, calendar, len(waiting) - len(changes), timezone.now())
    return len(changes)


def _locked(changes: Sequence[Change]) -> tuple[dict[int, Assignment], dict[tuple[int, int], Any]]:
    """Records first and in a fixed order, as every step does it; then the rows, read again."""
    ours = Assignment.objects.filter(pk__in=[change.row_id for change in changes])
    wanted: dict[int, list[int]] = {}
    for kind, pk in ours.order_by("target_kind").values_list("target_kind", "target_id"):
        wanted.setdefault(kind, []).append(pk)
    records = {}
    for kind, ids in wanted.items():
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        for one in (
            model._base_manager.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        ):
            records[kind, one.pk] = one
    locked = ours.order_by("pk").select_for_update(no_key=True, of=("self",))
    rows = {row.pk: row for row in locked.select_related("post__user", "department")}
    for change in changes:
        row = rows[change.row_id]
        if row.closed_at or Deadline.from_json(row.deadline or {}) != change.old:
            raise ListChanged
    return rows, records


def _write(
    changes: Sequence[Change],
    rows: dict[int, Assignment],
    records: dict[tuple[int, int], Any],
    reason: str,
    by: Actor,
) -> None:
    now = timezone.now()
    events = Event.objects.bulk_create(
        _event(change, rows[change.row_id], reason, by, now) for change in changes
    )
    for change in changes:
        rows[change.row_id].set_deadline(change.new)
    Assignment.objects.bulk_update(rows.values(), WRITTEN, batch_size=100)
    told = []
    for change, event in zip(changes, events, strict=True):
        row = rows[change.row_id]
        target = records[row.target_kind_id, row.target_id]
        if change.moves and hasattr(target, "follow_deadline"):
            target.follow_deadline(row)
        if change.moves and row.since and row.post.user != by.user:
            told.append((event, row.post.user))
    Notice.objects.bulk_create(
        Notice(procuratorate=by.procuratorate, event=event, recipient=person)
        for event, person in told
    )


def _event(change: Change, row: Assignment, reason: str, by: Actor, now: datetime) -> Event:
    """About the record: its trail says which of its deadlines moved, and why."""
    return Event(
        procuratorate=by.procuratorate,
        verb=MOVED if change.moves else STAYED,
        at=now,
        user=by.user,
        post=by.post_as(Role.OFFICE_DIRECTOR),
        acting_for=by.acting_for,
        target_kind_id=row.target_kind_id,
        target_id=row.target_id,
        details={
            "row": row.pk,
            "holder": whose(row),
            "old_on": change.old.due_on.isoformat(),
            "new_on": change.new.due_on.isoformat(),
            "reason": reason,
        },
    )


def whose(row: Assignment) -> str:
    """Whose deadline it is, in words: the department's, or that of whoever has none."""
    return row.department.name if row.department else row.post.user.name


def last_signature(procuratorate: Procuratorate) -> Event | None:
    signed = Event.objects.about(procuratorate).filter(verb=SIGNED)
    return signed.select_related("user", "acting_for__user").last()


# How many wait: known without counting.


def waiting(actor: Actor) -> int:
    """How many deadlines wait to be recounted, for whoever may see the list: one small row."""
    if not access.may_see_recount(actor):
        return 0
    review = DeadlineReview.objects.filter(procuratorate=actor.procuratorate).first()
    return review.waiting if review else 0


def look(now: datetime) -> int:
    """Count again wherever the calendar is another one, something waits, or a day has passed.

    However the calendar was changed (系统管理, a loader, by hand) its digest tells. Returns how
    many procuratorates were counted.
    """
    reviews = {review.procuratorate_id: review for review in DeadlineReview.objects.all()}
    counted = 0
    for pk in Procuratorate.objects.order_by("pk").values_list("pk", flat=True):
        calendar, known = Calendar.load(pk), reviews.get(pk)
        if known is None or _is_old(known, calendar, now):
            _note(pk, calendar, len(differing(pk, calendar)), now)
            counted += 1
    return counted


def _is_old(review: DeadlineReview, calendar: Calendar, now: datetime) -> bool:
    """Work that was handed out over the old calendar while it changed is found within a day."""
    yesterday = timezone.localdate(review.counted_at) < timezone.localdate(now)
    return bool(review.waiting) or yesterday or review.calendar != calendar.digest()


def _note(procuratorate_id: int, calendar: Calendar, left: int, now: datetime) -> None:
    said = {"calendar": calendar.digest(), "waiting": left, "counted_at": now}
    DeadlineReview.objects.update_or_create(procuratorate_id=procuratorate_id, defaults=said)
