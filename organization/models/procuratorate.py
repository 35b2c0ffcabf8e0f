from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Levels of people's procuratorates below the Supreme (人民检察院组织法 第十二条、第十三条)."""

    PROVINCIAL = "provincial", _("Provincial procuratorate")
    PREFECTURE = "prefecture", _("Prefecture procuratorate")
    COUNTY = "county", _("County procuratorate")


class Procuratorate(models.Model):
    """A people's procuratorate: the tenant. Every record belongs to exactly one."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    short_name = models.CharField(_("short name"), max_length=20)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("superior")
    )

    class Meta:
        verbose_name = _("procuratorate")
        verbose_name_plural = _("procuratorates")
        constraints = [
            models.CheckConstraint(
                name="procuratorate_level_is_known", condition=Q(level__in=Level.values)
            ),
            models.CheckConstraint(
                name="procuratorate_is_not_its_own_superior",
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department (内设机构). Its head is whoever holds a heading post in it today."""

    procuratorate = models.ForeignKey(
        Procuratorate,
        models.PROTECT,
        related_name="departments",
        verbose_name=_("procuratorate"),
    )
    name = models.CharField(_("name"), max_length=50)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    leader_in_charge = models.ForeignKey(
        "organization.Post",
        models.PROTECT,
        related_name="departments_in_charge",
        null=True,
        blank=True,
        verbose_name=_("leader in charge"),
    )

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="department_name_is_unique_in_its_procuratorate",
                fields=["procuratorate", "name"],
            )
        ]

    def __str__(self) -> str:
        return self.name
