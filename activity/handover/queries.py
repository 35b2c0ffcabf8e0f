"""What somebody who leaves has in hand, and who may take it over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from activity import duties
from activity.handover import access
from activity.models import Assignment, Draft, Handover, HandoverLine
from activity.models.assignment import AssignmentQuerySet
from organization import people
from organization.actor import Actor
from organization.models import Delegation, Post, Role, User
from organization.models.post import ADMINISTRATORS


def posts_of(leaver: int, actor: Actor) -> list[Post]:
    """The posts of this person that the actor may hand over, also those that have ended."""
    posts = Post.objects.filter(user=leaver, procuratorate=actor.procuratorate).order_by("pk")
    known = posts.select_related("user", "department", "procuratorate")
    return [post for post in known if access.may_hand_over(actor, post)]


def open_rows(posts: Iterable[Post]) -> AssignmentQuerySet:
    """All that is open on these posts, turns that have not come as well, in one fixed order."""
    rows = Assignment.objects.open().filter(post__in=list(posts))
    return rows.order_by("target_kind", "target_id", "turn", "pk")


def with_what_a_line_shows(rows: AssignmentQuerySet) -> list[Assignment]:
    return list(rows.select_related("post__user", "post__department").prefetch_related("target"))


def working(actor: Actor, today: date) -> list[Post]:
    """Who works here today, within the reach of whoever sees to the hand-over."""
    posts = people.cleared(actor.procuratorate, today, marking=0).select_related("procuratorate")
    return [post for post in posts if access.may_take_over(actor, post)]


def obstacle(row: Assignment, record: Any, post: Post) -> str | None:
    """Why this work cannot go to this post, in a sentence."""
    names = {"name": post.user.name, "duty": duties.label(row), "number": number(record)}
    if post.user.clearance < row.marking:
        return _("%(number)s is above the clearance of %(name)s; choose somebody else.") % names
    if not duties.fits(row, record, post):
        words = _("“%(duty)s” of %(number)s is not for the post of %(name)s; choose somebody else.")
        return words % names
    return None


def number(record: Any) -> str:
    return str(getattr(record, "reference", "") or _("(without a number)"))


@dataclass(frozen=True)
class InHand:
    """What goes along besides open work."""

    delegations: list[Delegation]  # they end
    drafts: int  # of texts that nobody else sees: they are lost unless sent before
    dealt_with: int  # records the successor may look at


def in_hand(posts: list[Post], today: date) -> InHand:
    leaver = posts[0].user
    done = Assignment.objects.filter(post__in=posts).come().filter(closed_at__isnull=False)
    place = posts[0].procuratorate
    return InHand(
        delegations=list(delegations(posts, today).select_related("post__user", "delegate")),
        drafts=Draft.objects.filter(user=leaver, procuratorate=place).count(),
        dealt_with=done.values("target_kind", "target_id").distinct().count(),
    )


def delegations(posts: list[Post], today: date) -> Any:
    """Of these posts, or to whoever held them: they end with the hand-over."""
    concerned = Q(post__in=posts) | Q(delegate=posts[0].user)
    mine = Delegation.objects.not_over(today).filter(procuratorate=posts[0].procuratorate)
    return mine.filter(concerned).order_by("pk")


def left_with_work(actor: Actor, today: date) -> list[tuple[User, int]]:
    """People whose post has ended or whose account is closed, and how much is open there."""
    gone = Post.objects.filter(procuratorate=actor.procuratorate).exclude(role__in=ADMINISTRATORS)
    gone = gone.exclude(pk__in=Post.objects.held_on(today))
    rows = Assignment.objects.open().filter(procuratorate=actor.procuratorate, post__in=gone)
    counted = dict(rows.values_list("post").annotate(count=Count("pk")))
    found: dict[User, int] = {}
    for post in gone.filter(pk__in=counted).select_related("user").order_by("user", "pk"):
        if access.may_hand_over(actor, post):
            found[post.user] = found.get(post.user, 0) + counted[post.pk]
    return list(found.items())


@dataclass(frozen=True)
class SheetLine:
    row: Assignment
    record: Any
    duty: str
    successor: Post
    is_shown: bool  # the title is not above the reader's clearance


def sheet(handover: Handover, actor: Actor) -> list[SheetLine]:
    """Every line to whoever gave or saw to it; to who took over, their own."""
    lines = HandoverLine.objects.filter(handover=handover).order_by("pk")
    saw_to_it = actor.holds(Role.OFFICE_DIRECTOR) or handover.done_by in actor.posts
    if not (saw_to_it or actor.user == handover.leaver):
        lines = lines.filter(successor__in=actor.posts)
    known = lines.select_related("assignment", "successor__user", "successor__department")
    return [
        SheetLine(
            row=line.assignment,
            record=line.assignment.target,
            duty=duties.label(line.assignment),
            successor=line.successor,
            is_shown=line.assignment.marking <= actor.clearance,
        )
        for line in known.prefetch_related("assignment__target")
    ]
