"""What is lent: for the page of it, and for the first page of both people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from activity import inbox
from activity.lending import access
from organization.actor import Actor, actor_for
from organization.models import Delegation
from organization.models.delegation import DelegationQuerySet


@dataclass(frozen=True)
class Line:
    delegation: Delegation
    is_open: bool  # lent now, to the reader, who may act by it
    may_give_back: bool


def with_people(delegations: DelegationQuerySet) -> DelegationQuerySet:
    return delegations.select_related(
        "post__user", "post__department", "delegate", "lent_by__user", "ended_by"
    )


def lines(delegations: Iterable[Delegation], actor: Actor, today: date) -> list[Line]:
    """With what the reader may do about each; one query, however many."""
    shown = list(delegations)
    mine = Delegation.objects.in_force(today).filter(delegate=actor.user)
    open_to_me = set(mine.filter(pk__in=[each.pk for each in shown]).values_list("pk", flat=True))
    return [
        Line(
            each,
            is_open=each.pk in open_to_me,
            may_give_back=each.ended_at is None
            and each.ends_on >= today
            and access.may_give_back(actor, each),
        )
        for each in shown
    ]


def on_the_workbench(actor: Actor, today: date) -> dict[str, Any]:
    """As oneself: what one has lent, and what is lent to one, with how much waits there."""
    if actor.acting_for or actor.administers:
        return {}
    lent = with_people(Delegation.objects.in_force(today)).filter(
        Q(delegate=actor.user) | Q(post__user=actor.user), procuratorate=actor.procuratorate
    )
    both = list(lent.order_by("pk"))
    to_me = [each for each in both if each.delegate == actor.user]
    return {
        "lent_away": [each for each in both if each.delegate != actor.user],
        "lent_to_me": [(each, inbox.counts(actor_for(each))) for each in to_me],
    }
