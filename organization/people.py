"""Who holds which post today: the questions flows ask before they hand something out."""

from datetime import date

from django.db.models import QuerySet

from organization.models import Department, Post, Procuratorate, Role
from organization.models.post import ADMINISTRATORS, HEADS


def holders(procuratorate: Procuratorate, today: date, *roles: Role) -> list[Post]:
    """Everybody who holds one of `roles` today, in the order an office lists people."""
    posts = Post.objects.held_on(today).filter(procuratorate=procuratorate, role__in=roles)
    return list(posts.in_order().select_related("user", "department"))


def head_of(department: Department, today: date) -> Post | None:
    """The post that heads a department today; work for the department comes to it."""
    posts = Post.objects.held_on(today).filter(department=department, role__in=HEADS)
    return posts.order_by("pk").select_related("user", "department").first()


def departments_with_a_head(
    procuratorate: Procuratorate, today: date, marking: int
) -> QuerySet[Department]:
    """The departments that work of this marking can be given to today."""
    heads = Post.objects.held_on(today).filter(
        procuratorate=procuratorate, role__in=HEADS, user__clearance__gte=marking
    )
    return Department.objects.filter(procuratorate=procuratorate, pk__in=heads.values("department"))


def can_be_given(procuratorate: Procuratorate, today: date, marking: int) -> QuerySet[Post]:
    """Posts, one for each person, that a paper of this marking may be passed to."""
    posts = Post.objects.held_on(today).filter(
        procuratorate=procuratorate, user__clearance__gte=marking
    )
    first = posts.exclude(role__in=ADMINISTRATORS).order_by("user", "pk").distinct("user")
    return (
        Post.objects.filter(pk__in=first.values("pk"))
        .in_order()
        .select_related("user", "department")
    )
