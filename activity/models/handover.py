from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.models.assignment import Assignment
from organization.actor import Actor
from organization.models import Role


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, actor: Actor) -> "HandoverQuerySet":
        """Who gave, who took, who saw to it; the office director all of the house."""
        if actor.administers:
            return self.none()
        here = self.filter(procuratorate=actor.procuratorate)
        if actor.holds(Role.OFFICE_DIRECTOR):
            return here
        taken = HandoverLine.objects.filter(successor__in=actor.posts).values("handover")
        return here.filter(
            Q(leaver=actor.user)
            | Q(done_by__in=actor.posts)
            | Q(successor__in=actor.posts)
            | Q(pk__in=taken)
        )


class Handover(models.Model):
    """Whoever left handed over all that was open (离岗交接); the sheet is signed on paper."""

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    leaver = models.ForeignKey("organization.User", models.PROTECT, related_name="+")
    posts = models.CharField(max_length=300)  # the leaver's, as they were called
    successor = models.ForeignKey("organization.Post", models.PROTECT, related_name="+")
    done_by = models.ForeignKey("organization.Post", models.PROTECT, related_name="+")
    witness = models.ForeignKey("organization.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("hand-over")
        indexes = [models.Index(fields=["procuratorate", "-id"], name="handovers_of_a_house")]
        constraints = [
            models.CheckConstraint(
                name="nobody_sees_to_their_own_handover", condition=~Q(leaver=models.F("witness"))
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activity:handover_sheet", args=[self.pk])

    @property
    def title(self) -> str:
        """What a notice calls it."""
        return _("Hand-over of %(name)s") % {"name": self.leaver.name}

    def get_state_display(self) -> str:
        return _("done")


class HandoverLine(models.Model):
    """One piece of open work that went from the leaver to a successor."""

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="lines")
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="+")  # the leaver's
    successor = models.ForeignKey("organization.Post", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = gettext_lazy("line of a hand-over")
        indexes = [models.Index(fields=["procuratorate", "successor"], name="lines_of_a_successor")]

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.successor_id}"
