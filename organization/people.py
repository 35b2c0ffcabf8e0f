"""Who holds which post today: the questions flows ask before they hand something out."""

from datetime import date

from django.db.models import QuerySet

from organization.models import Department, Post, Procuratorate, Role
from organization.models.delegation import lent_to
from organization.models.post import ADMINISTRATORS, HEADS, SENIORITY, PostQuerySet


def holders(procuratorate: Procuratorate, today: date, *roles: Role) -> list[Post]:
    """Everybody who holds one of `roles` today, in the order an office lists people."""
    posts = _working(today).filter(procuratorate=procuratorate, role__in=roles)
    return list(posts.in_order().select_related("user", "department"))


def head_of(department: Department, today: date, marking: int) -> Post | None:
    """The post that heads a department today; work of this marking comes to it."""
    posts = cleared(department.procuratorate, today, marking)
    return posts.filter(department=department, role__in=HEADS).first()


def departments_with_a_head(
    procuratorate: Procuratorate, today: date, marking: int
) -> QuerySet[Department]:
    """The departments that work of this marking can be given to today."""
    heads = cleared(procuratorate, today, marking).filter(role__in=HEADS)
    return Department.objects.filter(procuratorate=procuratorate, pk__in=heads.values("department"))


def cleared(procuratorate: Procuratorate, today: date, marking: int) -> QuerySet[Post]:
    """Posts that work of this marking may be given to, in the order an office lists people.

    Each says to whom it is lent, so that whoever chooses a person knows who will have it.
    """
    posts = _working(today).filter(procuratorate=procuratorate, user__clearance__gte=marking)
    named = posts.annotate(lent_to=lent_to(today))
    return named.in_order().select_related("user", "department")


def one_post_each(posts: QuerySet[Post]) -> QuerySet[Post]:
    """The same people, each with their highest post only: for reading one post is enough."""
    first = posts.order_by("user", SENIORITY, "pk").distinct("user").values("pk")
    return posts.filter(pk__in=first)


def _working(today: date) -> PostQuerySet:
    """Posts that work can be given to: not those of people who administer the system.

    Who administers holds no other post at the same time; the database sees to that.
    """
    return Post.objects.held_on(today).exclude(role__in=ADMINISTRATORS)
