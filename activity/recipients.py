"""Who is reminded of a piece of work: its holder, the head of the department, the leader."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from activity.models import Assignment, Audience
from organization import people
from organization.models import Delegation, Department, Marking, Post, Procuratorate, Role, User
from organization.models.post import HEADS

Audiences = dict[User, set[str]]  # each person once, with everything they are


@dataclass(frozen=True)
class Desk:
    """The posts of one procuratorate today, read once for all its work."""

    posts: dict[int, Post]  # by id; not those of people who administer the system
    heads: dict[int, list[Post]]  # by department
    directors: list[Post]
    leaders: dict[int, int]  # department -> the post in charge of it
    delegates: dict[int, User]  # post -> whoever it is lent to today

    @classmethod
    def load(cls, procuratorate: Procuratorate, today: date) -> "Desk":
        """Three queries. The order of posts is the one of `organization.people`."""
        posts = list(people.cleared(procuratorate, today, marking=0))
        heads: dict[int, list[Post]] = defaultdict(list)
        for post in posts:
            if post.role in HEADS and post.department_id:
                heads[post.department_id].append(post)
        charge = Department.objects.filter(
            procuratorate=procuratorate, leader_in_charge__isnull=False
        )
        lent = Delegation.objects.in_force(today).filter(procuratorate=procuratorate)
        return cls(
            posts={post.pk: post for post in posts},
            heads=heads,
            directors=[post for post in posts if post.role == Role.OFFICE_DIRECTOR],
            leaders=dict(charge.values_list("pk", "leader_in_charge")),
            delegates={each.post_id: each.delegate for each in lent.select_related("delegate")},
        )

    def audiences(self, row: Assignment) -> Audiences:
        """Whoever is reminded of this row, and as what. Everybody may see the record.

        Work whose post is no longer held comes to the head of the department, else to an office
        director, so that nothing is lost. A head with work of their own is its holder and no more.
        Head and leader in charge see the work of their department up to internal, so far they hear.
        Whoever one of these posts is lent to hears the same, up to their own clearance.
        """
        overseen = row.marking <= Marking.INTERNAL
        head = self._head(row) if overseen else None
        holder = self._cleared(row.post_id, row) or head or self._director(row)
        leader = self._cleared(self.leaders.get(row.department_id or 0), row) if overseen else None
        if head and holder and head.user == holder.user:
            head = None
        found: Audiences = defaultdict(set)
        asked = {Audience.HOLDER: holder, Audience.HEAD: head, Audience.LEADER: leader}
        for audience, post in asked.items():
            for person in self._people(post, row):
                found[person].add(audience)
        return dict(found)

    def _people(self, post: Post | None, row: Assignment) -> list[User]:
        """The holder of a post, and whoever it is lent to."""
        if post is None:
            return []
        delegate = self.delegates.get(post.pk)
        cleared = delegate is not None and delegate.clearance >= row.marking
        return [post.user, delegate] if delegate and cleared else [post.user]

    def _cleared(self, post_id: int | None, row: Assignment) -> Post | None:
        post = self.posts.get(post_id or 0)
        return post if post and post.user.clearance >= row.marking else None

    def _head(self, row: Assignment) -> Post | None:
        return self._first(self.heads.get(row.department_id or 0, []), row)

    def _director(self, row: Assignment) -> Post | None:
        return self._first(self.directors, row)

    def _first(self, posts: list[Post], row: Assignment) -> Post | None:
        return next((post for post in posts if post.user.clearance >= row.marking), None)
