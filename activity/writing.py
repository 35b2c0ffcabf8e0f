"""What a step writes when its body is through: event, rows closed and opened, notices."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied

from activity import drafts
from activity.models import Assignment, Event, Notice, Outcome
from activity.notices import notify, reached
from activity.outbox import queue_urgent
from activity.record import record as write_event
from activity.tasks import deliver_messages
from activity.trace import Trace
from activity.wake import wake
from organization.actor import Actor
from organization.models import Post


class NotCleared(Exception):
    """Work on a record was to be given to somebody whose clearance is below its marking."""

    def __init__(self, record: Any, post: Post) -> None:
        super().__init__(record, post)
        self.record, self.post = record, post


def write(verb: str, record: Any, by: Actor, trace: Trace) -> Event:
    """Inside the step's transaction, after the record itself was saved."""
    post = trace.row.post if trace.row else None
    event = write_event(verb, record, by=by, post=post, details=trace.details)
    drafts.discard([verb, drafts.form_key(verb, record)], by=by)
    closed = _end(event, trace)
    opened = _open(record, event, [*trace.new, *(new for _old, new in trace.passed_on)])
    closed += _pass_on(event, trace)
    for row in trace.changed:
        row.save(update_fields=DEADLINE)
    begun = _begin_next_turns(closed, event)
    asked = [row.post for row in opened if row.since] + [row.post for row in begun]
    lost = [row.post for row, outcome in trace.ended if row.since and outcome in TOLD]
    notices = _notify(event, by, reached([*trace.told, *lost, *asked], record.marking))
    if getattr(record, "is_urgent", False):
        people = reached(asked, record.marking)
        urgent = [notice for notice in notices if notice.recipient_id in people]
        if queue_urgent(urgent, event.at):
            wake(deliver_messages)
    return event


TOLD = {Outcome.CANCELLED, Outcome.RECALLED}  # how work ends of which its holder must hear
DEADLINE = ["due_on", "due_at", "warn_on", "first_due_on", "deadline", "reminded_on"]


def _end(event: Event, trace: Trace) -> list[Assignment]:
    """Close the step's row with its alternatives, what the body ended, and what was about them."""
    ended = list(trace.ended)
    if trace.row and trace.outcome:
        others = Assignment.objects.alongside(trace.row).filter(turn=trace.row.turn)
        colleagues = others.exclude(pk=trace.row.pk)
        ended += [(row, Outcome.TAKEN_BY_COLLEAGUE) for row in colleagues]
        if all(trace.row != row for row, _new in trace.passed_on):
            trace.row.opened_at = trace.row.opened_at or event.at
            ended.append((trace.row, trace.outcome))
    known = {row.pk for row, _outcome in ended}
    about = Assignment.objects.open().filter(about__in=known).exclude(pk__in=known)
    ended += [(row, Outcome.CANCELLED) for row in about]
    for row, outcome in ended:
        row.close(event, outcome)
    return [row for row, _outcome in ended]


def _open(record: Any, event: Event, rows: list[Assignment]) -> list[Assignment]:
    kind = ContentType.objects.get_for_model(record)
    for row in rows:
        if row.post.procuratorate_id != record.procuratorate_id:
            raise PermissionDenied  # nothing crosses the border between procuratorates
        if record.marking > row.post.user.clearance:
            raise NotCleared(record, row.post)
        row.procuratorate = record.procuratorate
        row.target_kind, row.target_id = kind, record.pk
        row.copy_from(record)
        row.opening_event = event
        row.since = event.at if row.turn == 0 or row.since else None
    return Assignment.objects.bulk_create(rows)


def _pass_on(event: Event, trace: Trace) -> list[Assignment]:
    for row, new in trace.passed_on:
        row.opened_at = row.opened_at or (event.at if row == trace.row else None)
        row.close(event, Outcome.MOVED, moved_to=new)
        Assignment.objects.open().filter(about=row).update(about=new)
    return [row for row, _new in trace.passed_on]


def _begin_next_turns(closed: Iterable[Assignment], event: Event) -> list[Assignment]:
    """In each batch that lost a row and in which nobody has a turn: whoever comes next."""
    batches = {row.batch for row in closed}
    waiting: dict[Any, list[Assignment]] = {}
    same = Assignment.objects.open().filter(
        batch__in=batches, target_kind=event.target_kind_id, target_id=event.target_id
    )
    for row in same.order_by("turn").select_related("post__user"):
        waiting.setdefault(row.batch, []).append(row)
    begun = [
        row
        for rows in waiting.values()
        if not any(row.since for row in rows)
        for row in rows
        if row.turn == rows[0].turn
    ]
    Assignment.objects.filter(pk__in=[row.pk for row in begun]).update(since=event.at)
    return begun


def _notify(event: Event, by: Actor, people: set[int]) -> list[Notice]:
    """Tell each person once, and nobody what they did themselves."""
    return notify(event, people - {by.user.pk if by.user else 0})
