from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Phrase(models.Model):
    """A sentence an office often writes, offered under the opinion box of an act (常用语)."""

    procuratorate = models.ForeignKey(
        "organization.Procuratorate",
        models.PROTECT,
        related_name="+",
        verbose_name=_("procuratorate"),
    )
    act = models.CharField(
        _("act"),
        max_length=20,
        blank=True,
        help_text=_("The name of a step, such as instruct; empty for every one."),
    )
    text = models.CharField(_("text"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_on = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("set phrase")
        verbose_name_plural = _("set phrases")
        ordering = ["procuratorate", "act", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="phrase_is_offered_once_for_each_act",
                fields=["procuratorate", "act", "text"],
            ),
            models.CheckConstraint(
                name="phrase_act_is_the_name_of_a_step",
                condition=Q(act="") | Q(act__regex=r"\A[a-z][a-z_]*\Z"),
            ),
            models.CheckConstraint(
                name="phrase_says_something_in_one_line",
                condition=Q(text__regex=r"\S") & ~Q(text__regex=r"[\r\n]"),
            ),
        ]

    def __str__(self) -> str:
        return self.text
