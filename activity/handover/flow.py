"""离岗交接: all that is open on somebody's posts goes to a successor, in one act or not at all.

Locks are taken in one order, so that nothing waits for each other in a circle: hand-overs of one
procuratorate come one after the other; then the records, as steps lock them; then delegations;
last the posts, so that nobody is given work on them before this ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.handover import access, queries
from activity.handover.moving import Mover
from activity.lending import flow as lending
from activity.models import Assignment, Event, Handover, HandoverLine
from activity.notices import notify, reached
from activity.record import record as write_event
from organization.actor import Actor
from organization.models import Delegation, Post, Procuratorate, Role, Succession, User

Place = tuple[int, int]  # kind and number of a record


class CannotHandOver(Exception):
    """What stands in the way, a sentence for each line that cannot go."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(*sentences)
        self.sentences = list(sentences)


@dataclass(frozen=True)
class Plan:
    """Who takes over: one post for everything, another for single rows."""

    leaver: User
    successor: Post
    others: Mapping[int, Post] = field(default_factory=dict)  # by row

    def taker(self, row: Assignment) -> Post:
        return self.others.get(row.pk, self.successor)


def hand_over(plan: Plan, *, by: Actor) -> Handover:
    """Raises PermissionDenied for who may not, CannotHandOver when a line cannot go."""
    posts = queries.posts_of(plan.leaver.pk, by)
    if not posts:
        raise PermissionDenied(access.WHO_HANDS_OVER)
    with transaction.atomic():
        lent, records = _lock(plan.leaver, posts)
        rows = list(queries.open_rows(posts).select_related("post__user"))
        _check(plan, rows, records, by)
        handover = _written(plan, posts, by)
        _move(handover, plan, rows, records, by)
        _succeed(posts, plan.successor)
        lending.end(lent, by=by)
        _tell(handover, plan, rows, by)
        if queries.open_rows(posts).exists():
            raise CannotHandOver([_("Something is still open. Nothing was handed over.")])
    return handover


def _lock(leaver: User, posts: list[Post]) -> tuple[list[Delegation], dict[Place, Any]]:
    place = posts[0].procuratorate_id
    Procuratorate.objects.select_for_update(no_key=True).get(pk=place)
    User.objects.select_for_update(no_key=True).get(pk=leaver.pk)
    wanted = sorted(set(queries.open_rows(posts).values_list("target_kind", "target_id")))
    records: dict[Place, Any] = {}
    for kind, places in groupby(wanted, key=lambda found: found[0]):
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        found = model._base_manager.filter(pk__in=[number for _kind, number in places])
        for record in found.order_by("pk").select_for_update(no_key=True):
            records[kind, record.pk] = record
    mine = queries.delegations(posts, timezone.localdate())
    lent = list(mine.select_for_update(no_key=True))
    list(Post.objects.filter(pk__in=[post.pk for post in posts]).order_by("pk").select_for_update())
    return lent, records


def _check(plan: Plan, rows: list[Assignment], records: dict[Place, Any], by: Actor) -> None:
    """Every taker works here, and may and can do what they take over."""
    if any((row.target_kind_id, row.target_id) not in records for row in rows):
        raise CannotHandOver([_("Work was given to them at this very moment. Please look again.")])
    allowed = {post.pk for post in queries.working(by, timezone.localdate())}
    takers = {plan.taker(row) for row in rows} | {plan.successor}
    if any(post.pk not in allowed or post.user == plan.leaver for post in takers):
        raise CannotHandOver([_("Choose somebody who works here today.")])
    told = [
        queries.obstacle(row, records[row.target_kind_id, row.target_id], plan.taker(row))
        for row in rows
    ]
    if sentences := [sentence for sentence in told if sentence]:
        raise CannotHandOver(sentences)


def _written(plan: Plan, posts: list[Post], by: Actor) -> Handover:
    done_by = by.post_as(Role.OFFICE_DIRECTOR, Role.DEPARTMENT_HEAD)
    assert done_by
    assert by.user
    return Handover.objects.create(
        procuratorate=by.procuratorate,
        leaver=plan.leaver,
        posts="、".join(post.title for post in posts)[:300],
        successor=plan.successor,
        done_by=done_by,
        witness=by.user,
    )


def _move(
    handover: Handover, plan: Plan, rows: list[Assignment], records: dict[Place, Any], by: Actor
) -> None:
    """One event for each record, however many rows of it move."""
    takers = {plan.taker(row) for row in rows}
    mover = Mover.load(takers, records)
    for place, group in groupby(rows, key=lambda row: (row.target_kind_id, row.target_id)):
        its_rows = list(group)
        names = "、".join(dict.fromkeys(plan.taker(row).user.name for row in its_rows))
        event = write_event(
            "assignment.hand_over",
            records[place],
            by=by,
            post=handover.done_by,
            details={"leaver": plan.leaver.name, "to": names},
        )
        for row in its_rows:
            mover.move(row, plan.taker(row), event)
        begun = mover.begin_what_waits(its_rows, event)
        notify(event, reached([row.post for row in begun], records[place].marking))
    HandoverLine.objects.bulk_create(
        HandoverLine(
            procuratorate_id=handover.procuratorate_id,
            handover=handover,
            assignment=row,
            successor=plan.taker(row),
        )
        for row in rows
    )


def _succeed(posts: list[Post], successor: Post) -> None:
    """What these posts dealt with, and what they had taken over, the successor may look at."""
    own, place = {post.pk for post in posts}, successor.procuratorate_id
    before = set(Succession.objects.filter(successor__in=own).values_list("post", flat=True))
    Succession.objects.bulk_create(
        [
            Succession(procuratorate_id=place, post_id=post, successor=successor)
            for post in sorted(own | before)
            if post != successor.pk
        ],
        ignore_conflicts=True,
    )


def _tell(handover: Handover, plan: Plan, rows: list[Assignment], by: Actor) -> Event:
    """Each who takes something over hears of it once, and whoever leaves."""
    details = {"leaver": plan.leaver.name, "count": len(rows), "to": plan.successor.user.name}
    event = write_event(
        "handover.hand_over", handover, by=by, post=handover.done_by, details=details
    )
    takers = {plan.taker(row) for row in rows} | {plan.successor}
    people = reached(takers, marking=0) | {plan.leaver.pk}
    notify(event, people - {by.user.pk if by.user else 0})
    return event
