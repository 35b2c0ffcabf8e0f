"""Who may lend a post and who may end it."""

from django.utils.translation import gettext_lazy as _

from organization.actor import Actor
from organization.models import Delegation, Post, Role
from organization.models.post import ADMINISTRATORS

WHO_LENDS = _(
    "A post is lent by its holder, or by the office director when the holder is away; what was "
    "lent to you, you do not lend on, and the posts of administrators are never lent."
)
WHO_GIVES_BACK = _(
    "A delegation is ended by the holder of the post, the delegate or the office director."
)


def may_lend(actor: Actor, post: Post) -> bool:
    """The holder as themselves, or the office director for somebody who is away."""
    if actor.acting_for or post.role in ADMINISTRATORS or actor.administers:
        return False
    if post.procuratorate_id != actor.procuratorate.pk:
        return False
    return post in actor.posts or actor.holds(Role.OFFICE_DIRECTOR)


def may_give_back(actor: Actor, delegation: Delegation) -> bool:
    if delegation.procuratorate_id != actor.procuratorate.pk or actor.administers:
        return False
    concerned = actor.user in {delegation.delegate, delegation.post.user}
    return concerned or actor.holds(Role.OFFICE_DIRECTOR)
