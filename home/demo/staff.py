"""Who does what in one procuratorate of the demonstration."""

import random

from django.utils import timezone

from activity.models import Assignment
from documents.models import Duty, IncomingPaper
from home.demo.people import SHOW_CASE
from home.demo.places import table
from organization import people
from organization.actor import Actor
from organization.models import Department, Post, Procuratorate, Role
from organization.models.post import HEADS, LEADERS


class Staff:
    def __init__(self, procuratorate: Procuratorate) -> None:
        self.procuratorate = procuratorate
        posts = people.holders(procuratorate, timezone.localdate(), *Role)
        self.leaders = [post for post in posts if post.role in LEADERS]
        self.clerks = [self._actor(post) for post in posts if post.role == Role.RECORDS_CLERK]
        self.director = next(
            self._actor(post) for post in posts if post.role == Role.OFFICE_DIRECTOR
        )
        self.heads = {post.department.name: post for post in posts if post.role in HEADS}  # type: ignore[union-attr]  # heads have departments
        self.staff = [post for post in posts if post.role == Role.STAFF]
        self.by_name = {post.user.name: post for post in reversed(posts)}
        self.in_charge = {
            department.pk: department.leader_in_charge_id
            for department in Department.objects.filter(procuratorate=procuratorate)
        }

    @property
    def is_show_case(self) -> bool:
        return self.procuratorate.name == SHOW_CASE.name

    def department(self, name: str) -> Department:
        department = self.heads[name].department
        assert department
        return department

    def leader_of(self, department: str) -> Post:
        """Whoever is in charge of a department."""
        wanted = self.in_charge[self.department(department).pk]
        return next(post for post in self.leaders if post.pk == wanted)

    def lead_for(self, title: str) -> str:
        """The department whose matter this is; what is nobody's is the office's own."""
        for rule in table("departments.toml")["matter"]:
            if any(word in title for word in rule["words"]):
                for name in rule["departments"]:
                    if name in self.heads:
                        return str(name)
        return "办公室"

    def colleagues(self, head: Post) -> list[Post]:
        return [
            post
            for post in self.staff
            if post.department_id == head.department_id and post.user_id != head.user_id
        ]

    def clerk(self, dice: random.Random) -> Actor:
        """The first clerk keeps the register; the others stand in."""
        return self.clerks[0] if dice.random() < 0.7 else dice.choice(self.clerks)

    def holder(self, paper: IncomingPaper, duty: Duty, post: Post | None = None) -> Actor:
        """Whoever has this duty on the paper now; of a department, or the only one."""
        rows = Assignment.objects.about(paper).open().filter(duty=duty)
        if post:
            rows = rows.filter(department=post.department)
        return self._actor(rows.select_related("post__user")[:1].get().post)

    def actor(self, post: Post) -> Actor:
        return self._actor(post)

    def _actor(self, post: Post) -> Actor:
        return Actor(post.user, self.procuratorate, (post,))
