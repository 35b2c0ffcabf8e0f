"""What a step leaves behind besides the change itself: details, work for others, notices."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from activity.models import Assignment, Kind
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
    row: Assignment | None  # the open assignment this step closes
    moves: bool  # whether the record's state will move: no other branch is still open
    details: dict[str, Any] = field(default_factory=dict)
    told: list[Post] = field(default_factory=list)
    new: list[Assignment] = field(default_factory=list)
    moved_to: Post | None = None

    def tell(self, posts: Iterable[Post]) -> None:
        """They will see it among their notices."""
        self.told.extend(posts)

    def ask(self, post: Post, duty: str, deadline: Deadline | None = None) -> None:
        """This post must act."""
        self._add(post, duty, Kind.ACT, uuid.uuid4(), 0, deadline)

    def ask_any(self, posts: Sequence[Post], duty: str) -> None:
        """Any one of these posts must act; the first act closes the others' rows.

        Only who is cleared for the record is asked. Raises NobodyToAsk when that leaves nobody.
        """
        cleared = [post for post in posts if post.user.clearance >= self.record.marking]
        if not cleared:
            raise NobodyToAsk(self.record, duty)
        batch = uuid.uuid4()
        for post in cleared:
            self._add(post, duty, Kind.ACT, batch, 0, None)

    def ask_to_read(self, posts: Sequence[Post], duty: str, *, in_order: bool = False) -> None:
        """Each of these posts must read; in order, or all at once."""
        batch = uuid.uuid4()
        for turn, post in enumerate(posts):
            if in_order:
                self._add(post, duty, Kind.READ, batch, turn, None)
            else:
                self._add(post, duty, Kind.READ, uuid.uuid4(), 0, None)

    def move_to(self, post: Post) -> None:
        """The row this step closes goes on with `post`, with the same deadline."""
        self.moved_to = post

    def _add(
        self,
        post: Post,
        duty: str,
        kind: Kind,
        batch: uuid.UUID,
        turn: int,
        deadline: Deadline | None,
    ) -> None:
        row = Assignment(
            post=post, department=post.department, duty=duty, kind=kind, batch=batch, turn=turn
        )
        if deadline:
            row.set_deadline(deadline)
        self.new.append(row)
