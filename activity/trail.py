"""The trail of a record: who received it, opened it, did what and said what, and who has it now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise

from activity.models import Assignment, Event, Outcome
from activity.steps import Step
from organization.models import Post


@dataclass(frozen=True)
class Line:
    """One event of a record, in words."""

    event: Event
    sentence: str
    opinion: str
    received_at: datetime | None
    opened_at: datetime | None

    @property
    def took(self) -> timedelta | None:
        """How long it lay with the one who did this."""
        return self.event.at - self.received_at if self.received_at else None


def sentences(kind: str, steps: Iterable[Step], more: Mapping[str, Promise]) -> dict[str, Promise]:
    """The sentence of every verb a kind of record knows."""
    return {f"{kind}.{step.name}": step.sentence for step in steps} | dict(more)


def lines(record: Any, words: Mapping[str, Promise]) -> list[Line]:
    """Every event of the record, oldest first. Two queries, however many."""
    events = Event.objects.about(record).select_related(
        "user", "post__department", "post__procuratorate", "acting_for__user"
    )
    closed = Assignment.objects.about(record).exclude(outcome=Outcome.TAKEN_BY_COLLEAGUE)
    closing = {row.closing_event_id: row for row in closed.filter(closed_at__isnull=False)}
    return [_line(event, closing.get(event.pk), words) for event in events]


def holders(record: Any) -> list[Assignment]:
    """In whose hands it is now: the open rows whose turn came, and those that still wait."""
    rows = Assignment.objects.about(record).open().order_by("kind", "turn", "pk")
    return list(rows.select_related("post__user", "post__department", "post__procuratorate"))


def _line(event: Event, row: Assignment | None, words: Mapping[str, Promise]) -> Line:
    known = {name: _shown(name, value) for name, value in event.details.items()}
    return Line(
        event=event,
        sentence=str(words.get(event.verb, event.verb)).format_map(_Blank(known)),
        opinion=str(event.details.get("opinion", "")),
        received_at=row.since if row else None,
        opened_at=row.opened_at if row else None,
    )


def _shown(name: str, value: Any) -> Any:
    """Days are kept as 2026-11-20 and shown as the language writes them."""
    return date_format(date.fromisoformat(value)) if name.endswith("_on") else value


class _Blank(dict[str, Any]):
    """A name the event does not carry is left blank."""

    def __missing__(self, key: str) -> str:
        return ""


def name_of(post: Post | None, acting_for: Post | None) -> str:
    """张三, or 张三（代李四） when a post is lent."""
    if post is None:
        return ""
    return post.user.name if acting_for is None else f"{post.user.name}（代{acting_for.user.name}）"
