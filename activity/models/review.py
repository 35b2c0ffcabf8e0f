from django.db import models
from django.utils.translation import gettext_lazy as _


class DeadlineReview(models.Model):
    """How many open deadlines of a procuratorate its calendar of now would count differently.

    Counted by a job whenever the calendar is another one, so that no page need count them all.
    """

    procuratorate = models.OneToOneField(
        "organization.Procuratorate", models.PROTECT, related_name="+"
    )
    calendar = models.CharField(max_length=64)  # Calendar.digest() it was counted over
    waiting = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("review of deadlines")

    def __str__(self) -> str:
        return f"{self.procuratorate_id}: {self.waiting}"
