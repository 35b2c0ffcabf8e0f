from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Succession(models.Model):
    """A post took over from another: what that one dealt with may be seen by this one as well.

    Written with a hand-over, also for whatever the other post had taken over itself.
    """

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    post = models.ForeignKey("organization.Post", models.PROTECT, related_name="+")
    successor = models.ForeignKey("organization.Post", models.PROTECT, related_name="successions")

    class Meta:
        verbose_name = _("succession")
        constraints = [
            models.UniqueConstraint(
                name="succession_is_written_once", fields=["successor", "post"]
            ),
            models.CheckConstraint(
                name="nobody_succeeds_themselves", condition=~Q(post=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.successor_id}"
