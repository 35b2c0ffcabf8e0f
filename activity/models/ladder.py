from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    HOLDER = "holder", _("who has it")
    HEAD = "head", _("head of the department")
    LEADER = "leader", _("leader in charge")


class LadderStageQuerySet(models.QuerySet["LadderStage"]):
    def of(self, procuratorate_id: int) -> "list[LadderStage]":
        """The procuratorate's own ladder if it has one, else the national one."""
        rows = self.filter(Q(procuratorate=procuratorate_id) | Q(procuratorate__isnull=True))
        found = list(rows.order_by("stage", "pk"))
        return [row for row in found if row.procuratorate_id] or found


class LadderStage(models.Model):
    """When, before and after its last day, whom open work is called to mind.

    `stage` is the number of working days past the last day: -5 is five before it, 0 the day
    itself, 1 the first working day late. `repeats`: on every later working day as well.
    """

    procuratorate = models.ForeignKey(
        "organization.Procuratorate",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("procuratorate"),
    )
    stage = models.SmallIntegerField(_("working days past the last day"))
    audience = models.CharField(_("who is reminded"), max_length=10, choices=Audience.choices)
    repeats = models.BooleanField(_("on every later working day as well"), default=False)

    objects = LadderStageQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder stage")
        verbose_name_plural = _("reminder stages")
        constraints = [
            models.UniqueConstraint(
                name="ladder_stage_is_said_once_for_each_audience",
                fields=["procuratorate", "stage", "audience"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="ladder_audience_is_known", condition=Q(audience__in=Audience.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage:+d} {self.get_audience_display()}"
