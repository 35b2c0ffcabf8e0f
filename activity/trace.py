"""What a step leaves behind besides the change itself: details, work for others, notices."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from activity.models import Assignment, Kind, Outcome
from organization.deadlines import Deadline
from organization.models import Post


class NobodyToAsk(Exception):
    """A step would leave a record in nobody's hands: no post is there for the next duty."""

    def __init__(self, record: Any, duty: str) -> None:
        super().__init__(record, duty)
        self.record, self.duty = record, duty


@dataclass
class Trace:
    """Filled in by the body of a step; written by the step when the body is through."""

    record: Any
    row: Assignment | None  # the open assignment this step is taken with
    last: bool  # no other branch keeps the record in its state
    after: str | None  # the state the record goes on to; None: it stays where it is
    outcome: Outcome | None = Outcome.DONE  # how the row ends; None: it stays open
    details: dict[str, Any] = field(default_factory=dict)
    told: list[Post] = field(default_factory=list)
    new: list[Assignment] = field(default_factory=list)
    ended: list[tuple[Assignment, Outcome]] = field(default_factory=list)
    passed_on: list[tuple[Assignment, Assignment]] = field(default_factory=list)
    changed: list[Assignment] = field(default_factory=list)

    def tell(self, posts: Iterable[Post]) -> None:
        """They will see it among their notices."""
        self.told.extend(posts)

    def ask(
        self,
        post: Post,
        duty: str,
        deadline: Deadline | None = None,
        about: Assignment | None = None,
    ) -> Assignment:
        """This post must act."""
        return self._add(post, duty, Kind.ACT, uuid.uuid4(), 0, deadline, about)

    def ask_any(self, posts: Sequence[Post], duty: str, about: Assignment | None = None) -> None:
        """Any one of these posts must act; the first act closes the others' rows.

        Only who is cleared for the record is asked. Raises NobodyToAsk when that leaves nobody.
        """
        cleared = [post for post in posts if post.user.clearance >= self.record.marking]
        if not cleared:
            raise NobodyToAsk(self.record, duty)
        batch = uuid.uuid4()
        for post in cleared:
            self._add(post, duty, Kind.ACT, batch, 0, None, about)

    def ask_each(self, posts: Sequence[Post], duty: str, kind: Kind, *, in_order: bool) -> None:
        """Each of these posts must act or read: one after the other, or all at once."""
        batch = uuid.uuid4()
        for turn, post in enumerate(posts):
            if in_order:
                self._add(post, duty, kind, batch, turn, None, None)
            else:
                self._add(post, duty, kind, uuid.uuid4(), 0, None, None)

    def end(self, rows: Iterable[Assignment], outcome: Outcome) -> None:
        """Work of others ends by this step; unless a colleague has it, they are told."""
        self.ended.extend((row, outcome) for row in rows)

    def pass_on(self, row: Assignment, post: Post) -> Assignment:
        """The work goes on with `post`: its turn, its deadline and what it is about go along."""
        taken_over = row.continued_by(post)
        self.passed_on.append((row, taken_over))
        return taken_over

    def reopen(self, rows: Iterable[Assignment]) -> None:
        """Work that was closed lies with the same posts again, as it was."""
        self.new.extend(row.continued_by(row.post) for row in rows)

    def change_deadline(self, row: Assignment, deadline: Deadline) -> None:
        """Open work gets another last day."""
        row.set_deadline(deadline)
        self.changed.append(row)

    def leaves(self, *duties: str) -> bool:
        """Is there open work of these duties that this step does not end?"""
        ended = [row.pk for row, _outcome in self.ended]
        if self.row:
            ended.append(self.row.pk)
        rows = Assignment.objects.about(self.record).open().filter(duty__in=duties)
        return rows.exclude(pk__in=ended).exists()

    def _add(
        self,
        post: Post,
        duty: str,
        kind: Kind,
        batch: uuid.UUID,
        turn: int,
        deadline: Deadline | None,
        about: Assignment | None,
    ) -> Assignment:
        row = Assignment(
            post=post,
            department=post.department,
            duty=duty,
            kind=kind,
            batch=batch,
            turn=turn,
            about=about,
        )
        if deadline:
            row.set_deadline(deadline)
        self.new.append(row)
        return row
