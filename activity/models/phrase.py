from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organization.actor import Actor

MOST_CHARACTERS = 200


class PhraseQuerySet(models.QuerySet["Phrase"]):
    def of_the_office(self) -> "PhraseQuerySet":
        """Kept by its administrator, offered to everybody."""
        return self.filter(owner__isnull=True)

    def visible_to(self, actor: Actor) -> "PhraseQuerySet":
        """The phrases somebody keeps: one's own, in the procuratorate one works in."""
        return self.filter(
            procuratorate=actor.procuratorate, owner=actor.user, owner__isnull=False
        ).order_by("position", "pk")


class Phrase(models.Model):
    """A sentence that is often written, offered under the opinion box of an act (常用语).

    The office's own are offered to everybody; one with an owner to nobody but them.
    """

    procuratorate = models.ForeignKey(
        "organization.Procuratorate",
        models.PROTECT,
        related_name="+",
        verbose_name=_("procuratorate"),
    )
    owner = models.ForeignKey(
        "organization.User",
        models.PROTECT,
        related_name="+",
        verbose_name=_("owner"),
        null=True,
        blank=True,
    )
    act = models.CharField(
        _("act"),
        max_length=20,
        blank=True,
        help_text=_("The name of a step, such as instruct; empty for every one."),
    )
    text = models.CharField(_("text"), max_length=MOST_CHARACTERS)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_on = models.BooleanField(_("in use"), default=True)

    objects = PhraseQuerySet.as_manager()

    class Meta:
        verbose_name = _("set phrase")
        verbose_name_plural = _("set phrases")
        ordering = ["procuratorate", "act", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="phrase_is_offered_once_for_each_act",
                fields=["procuratorate", "act", "text"],
                condition=Q(owner__isnull=True),
            ),
            models.UniqueConstraint(
                name="own_phrase_is_kept_once_for_each_act",
                fields=["procuratorate", "owner", "act", "text"],
                condition=Q(owner__isnull=False),
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
