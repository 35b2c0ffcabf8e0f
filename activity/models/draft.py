from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from organization.actor import Actor

MOST_CHARACTERS = 32_000  # of one draft, as it is kept
FORM = (
    r"^[a-z]+(\.[1-9][0-9]{0,18})?\.[a-z_]+$"  # incomingpaper.17.instruct, incomingpaper.sign_for
)


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: Actor) -> "DraftQuerySet":
        """One's own, in the procuratorate one works in. Nobody else sees what is not sent yet."""
        return self.filter(procuratorate=actor.procuratorate, user=actor.user)

    def left_since(self, moment: datetime) -> "DraftQuerySet":
        """Not touched since then."""
        return self.filter(saved_at__lt=moment)


class Draft(models.Model):
    """What somebody typed into a form and has not sent yet. No record of the office: no event."""

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    user = models.ForeignKey("organization.User", models.PROTECT, related_name="+")
    form = models.CharField(max_length=80)  # kind of record, its number if it has one, step
    fields = models.JSONField()  # as a browser would send them: {"opinion": ["同意。"], …}
    saved_at = models.DateTimeField()
    saves = models.PositiveIntegerField(default=1)  # in the minute of `saved_at`

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        constraints = [
            models.UniqueConstraint(
                name="one_draft_of_each_form_for_a_person",
                fields=["procuratorate", "user", "form"],
            ),
            models.CheckConstraint(name="draft_says_for_which_form", condition=Q(form__regex=FORM)),
            models.CheckConstraint(
                name="draft_is_not_too_long",
                condition=LessThanOrEqual(
                    Length(Cast("fields", models.TextField())), MOST_CHARACTERS
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.user_id}"
