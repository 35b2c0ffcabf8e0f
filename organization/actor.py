"""Who acts, with which posts, in which procuratorate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from organization.models import Post, Procuratorate, Role, User
from organization.models.post import ADMINISTRATORS


@dataclass(frozen=True)
class Actor:
    """Every flow function takes one. Rights come from `posts`; `user` is who typed.

    Acting for somebody else (委托) means: `posts` is the lent post alone, and `acting_for` is it.
    """

    user: User | None  # None only for the system itself
    procuratorate: Procuratorate
    posts: tuple[Post, ...] = ()
    acting_for: Post | None = None

    @classmethod
    def system(cls, procuratorate: Procuratorate) -> "Actor":
        """What happens by the clock, without a person."""
        return cls(None, procuratorate)

    @property
    def clearance(self) -> int:
        """The highest marking this actor may see; nothing for the system."""
        return self.user.clearance if self.user else 0

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


def actor_of(user: User, today: date, chosen: int | None) -> tuple[Actor, list[Procuratorate]]:
    """The actor `user` is today, and the procuratorates they may choose between.

    Posts of one procuratorate merge; a person with posts in two works in the one chosen by id,
    at first in the one that keeps their account.
    """
    posts = Post.objects.held_on(today).filter(user=user).in_order()
    held = list(posts.select_related("procuratorate", "department", "user"))
    places = _places(held) or [user.procuratorate]
    wanted = {place.pk: place for place in places}
    here = wanted.get(chosen or 0) or wanted.get(user.procuratorate_id) or places[0]
    mine = tuple(post for post in held if post.procuratorate_id == here.pk)
    return Actor(user, here, mine), places


def _places(posts: Collection[Post]) -> list[Procuratorate]:
    return list({post.procuratorate_id: post.procuratorate for post in posts}.values())
