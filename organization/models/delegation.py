from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models.post import ADMINISTRATORS, Post, Role

if TYPE_CHECKING:  # who acts is built of posts and of this
    from organization.actor import Actor

_DAYS = Func(
    F("starts_on"), F("ends_on"), Value("[]"), function="daterange", output_field=DateRangeField()
)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self, day: date) -> DelegationQuerySet:
        """Lent on `day`: the post is held, the delegate is there and administers nothing."""
        administers = Post.objects.held_on(day).filter(
            user=OuterRef("delegate"), role__in=ADMINISTRATORS
        )
        return self.filter(
            ~Exists(administers),
            starts_on__lte=day,
            ends_on__gte=day,
            ended_at__isnull=True,
            delegate__is_active=True,
            post__in=Post.objects.held_on(day),
        )

    def not_over(self, day: date) -> DelegationQuerySet:
        """Lent now or later."""
        return self.filter(ended_at__isnull=True, ends_on__gte=day)

    def overlapping(self, starts_on: date, ends_on: date) -> DelegationQuerySet:
        return self.filter(ended_at__isnull=True, starts_on__lte=ends_on, ends_on__gte=starts_on)

    def visible_to(self, actor: Actor) -> DelegationQuerySet:
        """Those of one's own posts, those to oneself; the office director sees all of the house."""
        here = self.filter(procuratorate=actor.procuratorate)
        if actor.administers:
            return self.none()
        if actor.holds(Role.OFFICE_DIRECTOR):
            return here
        return here.filter(Q(post__user=actor.user) | Q(delegate=actor.user))


class Delegation(models.Model):
    """A post that is lent (委托) from one day to another; its holder keeps it meanwhile."""

    procuratorate = models.ForeignKey(
        "organization.Procuratorate", models.PROTECT, verbose_name=_("procuratorate")
    )
    post = models.ForeignKey(
        "organization.Post", models.PROTECT, related_name="delegations", verbose_name=_("post")
    )
    delegate = models.ForeignKey(
        "organization.User", models.PROTECT, related_name="+", verbose_name=_("delegate")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=100)
    lent_at = models.DateTimeField(_("lent at"), default=timezone.now)
    lent_by = models.ForeignKey(
        "organization.Post", models.PROTECT, related_name="+", verbose_name=_("lent by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "organization.User",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("ended by"),
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        indexes = [
            models.Index(fields=["procuratorate", "-id"], name="delegations_of_a_house"),
            models.Index(
                fields=["delegate", "ends_on"],
                name="delegations_to_a_person",
                condition=Q(ended_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="delegation_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(name="delegation_says_why", condition=Q(reason__regex=r"\S")),
            models.CheckConstraint(
                name="ended_delegation_says_when_and_by_whom",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            ExclusionConstraint(
                name="post_is_lent_to_one_person_at_a_time",
                expressions=[("post", RangeOperators.EQUAL), (_DAYS, RangeOperators.OVERLAPS)],
                condition=Q(ended_at__isnull=True),
                violation_error_message=_("This post is lent to somebody already in these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.delegate.name}"

    def get_absolute_url(self) -> str:
        return reverse("activity:delegations")

    @property
    def title(self) -> str:
        """What a notice calls it."""
        return f"{self.post.user.name} {self.post.title}"

    def get_state_display(self) -> str:
        """Where it stands today, in words."""
        today = timezone.localdate()
        if self.ended_at:
            return str(_("given back"))
        if today > self.ends_on:
            return str(_("expired"))
        return str(_("lent now") if today >= self.starts_on else _("not begun"))


def lent_to(day: date, post: str = "pk") -> Subquery:
    """To annotate with: the name of whoever the row's post is lent to on `day`."""
    lent = Delegation.objects.in_force(day).filter(post=OuterRef(post))
    return Subquery(lent.values("delegate__name")[:1])
