"""What a step writes when its body is through: event, rows closed and opened, notices."""

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
    opened = _open(record, event, trace)
    asked = [row.post for row in opened if row.since]
    if trace.row:
        asked += _close(trace.row, event, opened if trace.moved_to else None)
    notices = _notify(event, by, reached([*trace.told, *asked], record.marking))
    if getattr(record, "urgency", 0):
        people = reached(asked, record.marking)
        urgent = [notice for notice in notices if notice.recipient_id in people]
        if queue_urgent(urgent, event.at):
            wake(deliver_messages)
    return event


def _open(record: Any, event: Event, trace: Trace) -> list[Assignment]:
    if trace.moved_to and trace.row:
        trace.new.append(_continued(trace.row, trace.moved_to))
    kind = ContentType.objects.get_for_model(record)
    for row in trace.new:
        if row.post.procuratorate_id != record.procuratorate_id:
            raise PermissionDenied  # nothing crosses the border between procuratorates
        if record.marking > row.post.user.clearance:
            raise NotCleared(record, row.post)
        row.procuratorate = record.procuratorate
        row.target_kind, row.target_id = kind, record.pk
        row.marking = record.marking
        row.opening_event = event
        row.since = event.at if row.turn == 0 else None
    return Assignment.objects.bulk_create(trace.new)


def _continued(row: Assignment, post: Post) -> Assignment:
    """The same piece of work in another's hands."""
    taken_over = Assignment(post=post, department=post.department, duty=row.duty, kind=row.kind)
    taken_over.keep_deadline_of(row)
    return taken_over


def _close(row: Assignment, event: Event, moved: list[Assignment] | None) -> list[Post]:
    """Close the actor's row and its alternatives; the posts whose turn begins by that."""
    alternatives = Assignment.objects.alongside(row).filter(turn=row.turn)
    alternatives.exclude(pk=row.pk).update(
        closed_at=event.at, closing_event=event, outcome=Outcome.TAKEN_BY_COLLEAGUE
    )
    row.closed_at = event.at
    row.opened_at = row.opened_at or event.at
    row.closing_event = event
    row.outcome = Outcome.MOVED if moved else Outcome.DONE
    row.moved_to = moved[-1] if moved else None
    row.save(update_fields=["closed_at", "opened_at", "closing_event", "outcome", "moved_to"])
    later = list(Assignment.objects.alongside(row).order_by("turn").select_related("post__user"))
    begun = [each for each in later if each.turn == later[0].turn]
    if begun:
        Assignment.objects.filter(pk__in=[each.pk for each in begun]).update(since=event.at)
    return [each.post for each in begun]


def _notify(event: Event, by: Actor, people: set[int]) -> list[Notice]:
    """Tell each person once, and nobody what they did themselves."""
    return notify(event, people - {by.user.pk if by.user else 0})
