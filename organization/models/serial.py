from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """A kind of number, such as 收文编号, and how it is written. Runs from 1 each year."""

    procuratorate = models.ForeignKey(
        "organization.Procuratorate",
        models.PROTECT,
        related_name="series",
        verbose_name=_("procuratorate"),
    )
    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=50)
    pattern = models.CharField(_("pattern"), max_length=60)  # {year} and {number} are filled in
    digits = models.PositiveSmallIntegerField(_("digits"), default=1)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [
            models.UniqueConstraint(
                name="series_code_is_unique_in_its_procuratorate",
                fields=["procuratorate", "code"],
            ),
            models.CheckConstraint(
                name="series_pattern_holds_year_and_number",
                condition=Q(pattern__contains="{year}") & Q(pattern__contains="{number}"),
                violation_error_message=_("The pattern must hold {year} and {number}."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Serial(models.Model):
    """The last number given in one series and year: the row that is locked to give the next."""

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    series = models.ForeignKey(Series, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="serial_is_one_per_series_and_year",
                fields=["procuratorate", "series", "year"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class LedgerState(models.TextChoices):
    USED = "used", _("used")
    RESERVED = "reserved", _("reserved")
    VOIDED = "voided", _("voided")


class LedgerEntry(models.Model):
    """What became of one number. A number is never given twice; a voided one stays, with why."""

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    serial = models.ForeignKey(Serial, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=LedgerState.choices, default=LedgerState.USED)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ledger entry")
        constraints = [
            models.UniqueConstraint(name="number_is_given_once", fields=["serial", "number"]),
            models.UniqueConstraint(
                name="number_text_is_given_once", fields=["procuratorate", "serial", "text"]
            ),
            models.CheckConstraint(
                name="ledger_state_is_known", condition=Q(state__in=LedgerState.values)
            ),
            models.CheckConstraint(
                name="voided_number_says_why",
                condition=~Q(state=LedgerState.VOIDED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.text
