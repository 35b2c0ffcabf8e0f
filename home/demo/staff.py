"""Who does what in one procuratorate of the demonstration."""

import random
from datetime import date

from django.utils import timezone

from documents.deadlines import lead_deadline
from documents.models import IncomingPaper
from home.demo.clock import Days
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
        self.clerks = [self.actor(post) for post in posts if post.role == Role.RECORDS_CLERK]
        self.director = next(
            self.actor(post) for post in posts if post.role == Role.OFFICE_DIRECTOR
        )
        self.heads = {post.department.name: post for post in posts if post.role in HEADS}  # type: ignore[union-attr]  # heads have departments
        self.staff = [post for post in posts if post.role == Role.STAFF]
        self.by_name = {post.user.name: post for post in reversed(posts)}
        self.working_days: dict[int, int] = {}
        self.in_charge = {
            department.pk: department.leader_in_charge_id
            for department in Department.objects.filter(procuratorate=procuratorate)
        }

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

    def due_on(self, paper: IncomingPaper, days: Days) -> date:
        """What the rules propose for work handed out now; they are the same all year."""
        if paper.urgency not in self.working_days:
            deadline = lead_deadline(paper, timezone.now(), days.calendar)
            self.working_days[paper.urgency] = deadline.count
        return days.later(timezone.localdate(), self.working_days[paper.urgency])

    def colleagues(self, head: Post) -> list[Post]:
        return [
            post
            for post in self.staff
            if post.department_id == head.department_id and post.user_id != head.user_id
        ]

    def clerk(self, dice: random.Random) -> Actor:
        """The first clerk keeps the register; the others stand in."""
        return self.clerks[0] if dice.random() < 0.7 else dice.choice(self.clerks)

    def actor(self, post: Post) -> Actor:
        return Actor(post.user, self.procuratorate, (post,))
