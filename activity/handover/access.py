"""Who may see to a hand-over, of which posts of a person."""

from django.utils.translation import gettext_lazy as _

from organization.actor import Actor
from organization.models import Post, Role
from organization.models.post import ADMINISTRATORS, HEADS, LEADERS

WHO_HANDS_OVER = _(
    "A hand-over is seen to by the office director, or by the head of the department for its "
    "staff; nobody sees to their own."
)


def may_see_to_handovers(actor: Actor) -> bool:
    return actor.holds(Role.OFFICE_DIRECTOR, Role.DEPARTMENT_HEAD)


def may_hand_over(actor: Actor, post: Post) -> bool:
    """The office director any post but an administrator's, a head those of their staff."""
    own = post in actor.posts or post.user == actor.user
    if own or post.procuratorate_id != actor.procuratorate.pk or post.role in ADMINISTRATORS:
        return False
    if actor.holds(Role.OFFICE_DIRECTOR):
        return True
    mine = actor.departments_as(Role.DEPARTMENT_HEAD)
    return post.department_id in mine and post.role not in HEADS | LEADERS


def may_take_over(actor: Actor, post: Post) -> bool:
    """A head passes work on within the department."""
    if actor.holds(Role.OFFICE_DIRECTOR):
        return True
    return post.department_id in actor.departments_as(Role.DEPARTMENT_HEAD)
