"""Back on a record's way: straight back to who sent it, and undone while nobody saw it."""

from collections.abc import Collection
from typing import Any

from activity.models import Assignment, Event, Outcome
from activity.steps import StepClosed
from activity.trace import Trace
from organization.actor import Actor


def go_straight_back(trace: Trace) -> bool:
    """If the work was sent back with the wish to have it again: it lies there as it did.

    Whoever was asked beside them, and had not acted, has it again as well. Says whether it went.
    """
    returned = trace.row.returns_to if trace.row else None
    if returned is None or returned.closing_event is None:
        return False
    event = returned.closing_event
    rows = Assignment.objects.filter(
        closing_event=event, outcome__in=[Outcome.RETURNED, Outcome.CANCELLED]
    ).exclude(about__closing_event=event)
    trace.reopen(rows.select_related("post__user", "post__department").order_by("pk"))
    trace.after = event.details["state_before"]
    return True


def undoable(record: Any, actor: Actor, verbs: Collection[str], undo: str) -> Event | None:
    """The actor's last act on the record, if it can still be taken back.

    It can while nobody has opened what the act gave them and the record has not gone on since.
    `verbs` are the acts of which this is true, `undo` is the verb of taking back itself.
    """
    events = list(Event.objects.about(record).order_by("-pk"))
    mine = [event for event in events if event.post_id in {post.pk for post in actor.posts}]
    event = next((event for event in mine if event.verb in {*verbs, undo}), None)
    if event is None or event.verb == undo or record.state != event.details["state_after"]:
        return None
    if any(_moved(later) for later in events if later.pk > event.pk):
        return None
    given = Assignment.objects.filter(opening_event=event)
    begun = _begun_by(event)
    seen = [row for row in [*given, *begun] if row.closed_at or row.opened_at]
    return None if seen else event


def undo(trace: Trace, event: Event) -> None:
    """What the act gave to others is taken back; what it ended lies there again as before.

    Raises StepClosed when somebody opened it in this very moment.
    """
    given = Assignment.objects.filter(opening_event=event).select_for_update(no_key=True)
    begun = _begun_by(event).select_for_update(no_key=True)
    if any(row.closed_at or row.opened_at for row in [*given, *begun]):
        raise StepClosed(trace.record)
    begun.update(since=None)
    trace.end(given.select_related("post"), Outcome.RECALLED)
    ended = Assignment.objects.filter(closing_event=event).exclude(about__closing_event=event)
    trace.reopen(ended.select_related("post__user", "post__department").order_by("pk"))
    trace.after = event.details["state_before"]


def _begun_by(event: Event) -> Any:
    """The later turns that began by this act."""
    return Assignment.objects.filter(
        target_kind=event.target_kind_id, target_id=event.target_id, since=event.at
    ).exclude(opening_event=event)


def _moved(event: Event) -> bool:
    details = event.details
    return bool(details.get("state_before") != details.get("state_after"))
