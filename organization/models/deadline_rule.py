from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    HOUR = "hour", _("hours")
    CALENDAR_DAY = "calendar_day", _("calendar days")
    WORKING_DAY = "working_day", _("working days")
    MONTH = "month", _("months")


class Direction(models.TextChoices):
    AFTER = "after", _("after the start")
    BEFORE = "before", _("before the event")


class DeadlineRuleQuerySet(models.QuerySet["DeadlineRule"]):
    def in_force(self, procuratorate_id: int, day: date) -> "DeadlineRuleQuerySet":
        """Own rules before national ones, newest first, that count on `day`."""
        return self.filter(
            Q(procuratorate=procuratorate_id) | Q(procuratorate__isnull=True),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            valid_from__lte=day,
        ).order_by(F("procuratorate").asc(nulls_last=True), "-valid_from")


class DeadlineRule(models.Model):
    """How long something may take, and which article or order says so."""

    procuratorate = models.ForeignKey(
        "organization.Procuratorate",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("procuratorate"),
    )
    code = models.CharField(_("code"), max_length=50)
    count = models.PositiveSmallIntegerField(_("count"))
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices)
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction.choices, default=Direction.AFTER
    )
    rolls = models.BooleanField(_("moves off non-working days"), default=True)
    basis = models.CharField(_("basis"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = DeadlineRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        constraints = [
            models.CheckConstraint(
                name="deadline_rule_unit_is_known", condition=Q(unit__in=Unit.values)
            ),
            models.CheckConstraint(
                name="deadline_rule_direction_is_known",
                condition=Q(direction__in=Direction.values),
            ),
            models.CheckConstraint(
                name="deadline_rule_counts",
                condition=Q(count__gte=1),
                violation_error_message=_("The count must be at least 1."),
            ),
            models.CheckConstraint(name="deadline_rule_says_why", condition=~Q(basis="")),
            models.UniqueConstraint(
                name="deadline_rule_starts_once_a_day",
                fields=["procuratorate", "code", "valid_from"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.count} {self.get_unit_display()}"
