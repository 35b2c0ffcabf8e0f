"""Who acts, with which posts, in which procuratorate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest

from organization.models import Delegation, Post, Procuratorate, Role, Succession, User
from organization.models.post import ADMINISTRATORS, PostQuerySet


@dataclass(frozen=True)
class Actor:
    """Every flow function takes one. Rights come from `posts`; `user` is who typed.

    Acting for somebody else (委托) means: `posts` is the lent post alone, and `acting_for` is it.
    """

    user: User | None  # None only for the system itself
    procuratorate: Procuratorate
    posts: tuple[Post, ...] = ()
    acting_for: Post | None = None
    handed_over: frozenset[int] = frozenset()  # ids of the posts these ones took over from

    @classmethod
    def system(cls, procuratorate: Procuratorate) -> "Actor":
        """What happens by the clock, without a person."""
        return cls(None, procuratorate)

    @property
    def clearance(self) -> int:
        """The highest marking this actor may see; nothing for the system.

        Acting for somebody, no more than either of the two.
        """
        own = self.user.clearance if self.user else 0
        return min(own, self.acting_for.user.clearance) if self.acting_for else own

    @property
    def dealt_with_by(self) -> set[int]:
        """Ids of the posts whose finished work this actor may look at: own, and taken over."""
        return {post.pk for post in self.posts} | self.handed_over

    def holds(self, *roles: Role) -> bool:
        return any(post.role in roles for post in self.posts)

    @property
    def administers(self) -> bool:
        return self.holds(*ADMINISTRATORS)

    def post_as(self, *roles: Role) -> Post | None:
        """The first of the actor's posts that is one of `roles`."""
        return next((post for post in self.posts if post.role in roles), None)

    def departments_as(self, *roles: Role) -> set[int]:
        """Ids of the departments in which the actor holds one of `roles`."""
        return {
            post.department_id for post in self.posts if post.role in roles and post.department_id
        }


class ActorRequest(HttpRequest):
    """A request past the middleware; views annotate with it."""

    actor: Actor
    procuratorates: list[Procuratorate]
    delegation: Delegation | None  # by which one acts for somebody else


def actor_of(user: User, today: date, chosen: int | None) -> tuple[Actor, list[Procuratorate]]:
    """The actor `user` is today, and the procuratorates they may choose between.

    Posts of one procuratorate merge; a person with posts in two works in the one chosen by id,
    at first in the one that keeps their account.
    """
    held = list(_whole(Post.objects.held_on(today).filter(user=user).in_order()))
    places = _places(held) or [user.procuratorate]
    wanted = {place.pk: place for place in places}
    here = wanted.get(chosen or 0) or wanted.get(user.procuratorate_id) or places[0]
    mine = tuple(post for post in held if post.procuratorate_id == here.pk)
    return Actor(user, here, mine, handed_over=_handed_over(mine)), places


def actor_for(delegation: Delegation) -> Actor:
    """The delegate with the lent post alone. The caller has seen that it is in force."""
    post = _whole(Post.objects.filter(pk=delegation.post_id)).get()
    return Actor(delegation.delegate, post.procuratorate, (post,), post, _handed_over([post]))


def hats(user: User, today: date, procuratorate: int) -> list[Actor]:
    """Everybody this person may act as today in one procuratorate; first of all as themselves.

    Somebody who has left is nobody.
    """
    if not user.is_active:
        return []
    own, _places = actor_of(user, today, procuratorate)
    lent = Delegation.objects.in_force(today).filter(delegate=user, procuratorate=procuratorate)
    others = [actor_for(delegation) for delegation in lent.select_related("delegate")]
    return [*([own] if own.procuratorate.pk == procuratorate else []), *others]


def _whole(posts: PostQuerySet) -> PostQuerySet:
    """With all that an actor asks of a post, in one query."""
    before = Succession.objects.filter(successor=OuterRef("pk")).values("post")
    known = posts.select_related("procuratorate", "department", "user")
    return known.annotate(took_over_from=ArraySubquery(before))


def _handed_over(posts: Collection[Any]) -> frozenset[int]:
    return frozenset(before for post in posts for before in post.took_over_from)


def _places(posts: Collection[Post]) -> list[Procuratorate]:
    return list({post.procuratorate_id: post.procuratorate for post in posts}.values())
