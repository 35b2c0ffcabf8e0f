"""委托: a post is lent for some days, with all that lies open on it, and given back.

Assignments point to the post, so nothing is moved: the delegate finds the work there, and the
holder has what is left of it afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.lending import access
from activity.models import Assignment
from activity.notices import notify
from activity.record import record
from activity.steps import StepClosed
from organization import people
from organization.actor import Actor
from organization.models import Delegation, Post, Role, User


class CannotLend(Exception):
    """Why this post cannot be lent to this person in these days: a sentence for whoever tried."""


@dataclass(frozen=True)
class Loan:
    """What somebody asks for who lends a post."""

    post: Post
    delegate: User
    starts_on: date
    ends_on: date
    reason: str


def lend(loan: Loan, *, by: Actor) -> Delegation:
    """Raises PermissionDenied for who may not, CannotLend when these people or days do not fit.

    Both people are locked, so that what each of them lends and takes is seen by the other.
    """
    if not access.may_lend(by, loan.post):
        raise PermissionDenied(access.WHO_LENDS)
    with transaction.atomic():
        both = User.objects.filter(pk__in=[loan.post.user_id, loan.delegate.pk]).order_by("pk")
        list(both.select_for_update(no_key=True))
        if reason := _why_not(loan):
            raise CannotLend(reason)
        own = next((post for post in by.posts if post == loan.post), None)
        lent_by = own or by.post_as(Role.OFFICE_DIRECTOR)
        assert lent_by  # that is what may_lend asks
        delegation = _written(loan, lent_by)
        _tell("delegation.lend", delegation, by)
    return delegation


def _written(loan: Loan, lent_by: Post) -> Delegation:
    try:
        with transaction.atomic():
            return Delegation.objects.create(
                procuratorate_id=loan.post.procuratorate_id, lent_by=lent_by, **vars(loan)
            )
    except IntegrityError as error:
        raise CannotLend(_("This post is lent to somebody already in these days.")) from error


def give_back(delegation: Delegation, *, by: Actor) -> None:
    """From this moment on the post is its holder's alone."""
    if not access.may_give_back(by, delegation):
        raise PermissionDenied(access.WHO_GIVES_BACK)
    with transaction.atomic():
        end([delegation], by=by)


def end(delegations: Sequence[Delegation], *, by: Actor) -> None:
    """Inside a transaction. Raises StepClosed for what is over."""
    for delegation in delegations:
        delegation.refresh_from_db(
            from_queryset=Delegation.objects.select_for_update(no_key=True), fields=["ended_at"]
        )
        if delegation.ended_at or delegation.ends_on < timezone.localdate():
            raise StepClosed(delegation)
        delegation.ended_at, delegation.ended_by = timezone.now(), by.user
        delegation.save(update_fields=["ended_at", "ended_by"])
        _tell("delegation.give_back", delegation, by)


def _why_not(loan: Loan) -> str | None:
    """Each rule with its sentence; the first that is broken."""
    today = timezone.localdate()
    holder, lent = loan.post.user, Delegation.objects.overlapping(loan.starts_on, loan.ends_on)
    working = people.cleared(loan.post.procuratorate, today, marking=0)
    names = {"holder": holder.name, "delegate": loan.delegate.name}
    if loan.starts_on < today or loan.ends_on < loan.starts_on:
        return _("A post is lent from today or later, and its last day is not before the first.")
    if loan.delegate == holder:
        return _("Nobody lends a post to themselves.")
    if not working.filter(pk=loan.post.pk).exists():
        return _("%(holder)s does not hold this post today.") % names
    if not working.filter(user=loan.delegate).exists():
        return _("%(delegate)s holds no post of this procuratorate today.") % names
    if lent.filter(post__user=loan.delegate).exists():
        return _("%(delegate)s has lent an own post in these days and is away.") % names
    if lent.filter(delegate=holder).exists():
        return (
            _(
                "A post is lent to %(holder)s in these days. Give it back first: nobody stands for "
                "somebody else and is stood for at the same time."
            )
            % names
        )
    return None


def _tell(verb: str, delegation: Delegation, by: Actor) -> None:
    post, delegate = delegation.post, delegation.delegate
    details = {
        "post": post.title,
        "holder": post.user.name,
        "delegate": delegate.name,
        "starts_on": delegation.starts_on.isoformat(),
        "ends_on": delegation.ends_on.isoformat(),
        "reason": delegation.reason,
    }
    event = record(verb, delegation, by=by, details=details)
    notify(event, {post.user_id, delegate.pk} - {by.user.pk if by.user else 0})


def staying(post: Post, delegate: User) -> int:
    """How much open work is above the delegate's clearance and stays with the holder."""
    return Assignment.objects.open().filter(post=post, marking__gt=delegate.clearance).count()
