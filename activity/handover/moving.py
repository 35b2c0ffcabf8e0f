"""How one row of open work goes to another post: nothing of it is lost on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from activity.models import Assignment, Event, Outcome
from organization.models import Post

Key = tuple[int, int, str, int | None, int]  # record, duty, about, post: one open row at most


@dataclass
class Mover:
    """Knows what the takers have open on the same records already."""

    there: dict[Key, Assignment]

    @classmethod
    def load(cls, takers: Iterable[Post], records: Mapping[tuple[int, int], Any]) -> "Mover":
        rows = Assignment.objects.open().filter(
            post__in=list(takers),
            target_kind__in={kind for kind, _number in records},
            target_id__in={number for _kind, number in records},
        )
        return cls({_key(row, row.post_id): row for row in rows})

    def move(self, row: Assignment, post: Post, event: Event) -> None:
        """To a new row of the taker, or into the one they have for the same duty."""
        taken = self.there.get(_key(row, post.pk))
        if taken is None:
            taken = _continued(row, post, event)
            self.there[_key(row, post.pk)] = taken
        else:
            _join(taken, row, event)
        row.close(event, Outcome.MOVED, moved_to=taken)
        Assignment.objects.open().filter(about=row).update(about=taken)

    def begin_what_waits(self, moved: Iterable[Assignment], event: Event) -> list[Assignment]:
        """A row that went into another is gone from its batch: then the next turn begins."""
        begun = []
        for row in {row.batch: row for row in moved}.values():
            rest = list(Assignment.objects.alongside(row).select_related("post__user"))
            if rest and not any(each.since for each in rest):
                turn = min(each.turn for each in rest)
                begun += [each for each in rest if each.turn == turn]
        for each in begun:
            each.since = event.at
            each.save(update_fields=["since"])
        return begun


def _key(row: Assignment, post: int) -> Key:
    return row.target_kind_id, row.target_id, row.duty, row.about_id, post


def _continued(row: Assignment, post: Post, event: Event) -> Assignment:
    """The same work, turn and deadline; what the department was asked stays its work."""
    taken = row.continued_by(post)
    taken.procuratorate_id = row.procuratorate_id
    taken.target_kind_id, taken.target_id = row.target_kind_id, row.target_id
    taken.marking, taken.urgency = row.marking, row.urgency
    taken.department_id = row.department_id
    taken.since = event.at if row.since else None
    taken.opening_event = event
    taken.save()
    return taken


def _join(taken: Assignment, row: Assignment, event: Event) -> None:
    """Two that ask the same of one person are one: begun if either was, due when the first is."""
    if taken.since is None and row.since:
        taken.since = event.at
    if row.due_at and (taken.due_at is None or row.due_at < taken.due_at):
        taken.keep_deadline_of(row)
    taken.save()
