from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A day whose kind differs from its weekday: a holiday, or a weekend made a working day.

    National rows come from the yearly notice of the State Council's General Office; a row of
    one procuratorate (a local festival, an emergency) wins over the national one.
    """

    procuratorate = models.ForeignKey(
        "organization.Procuratorate",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("procuratorate"),
    )
    date = models.DateField(_("date"))
    is_workday = models.BooleanField(_("working day"))
    name = models.CharField(_("name"), max_length=50)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("days of the calendar")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                name="calendar_day_is_said_once",
                fields=["procuratorate", "date"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="calendar_day_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
