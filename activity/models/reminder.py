from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activity.models.assignment import Assignment
from activity.models.event import Event


class ReminderOutcome(models.TextChoices):
    SENT = "sent", _("reminded")
    SKIPPED = "skipped", _("skipped, a later one was sent")


class Reminder(models.Model):
    """That somebody was reminded of open work, at one stage before or after one last day.

    Whether they have read it, the notice of its event says. A stage that was missed while the
    system was down is kept as skipped when a later one was sent in its place.
    """

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reminders")
    due_on = models.DateField()  # the last day it was about: work may be extended later
    stage = models.SmallIntegerField()
    recipient = models.ForeignKey("organization.User", models.PROTECT, related_name="+")
    day = models.DateField()  # on which it was made
    outcome = models.CharField(max_length=10, choices=ReminderOutcome.choices)
    event = models.ForeignKey(Event, models.PROTECT, related_name="reminders", null=True)

    class Meta:
        verbose_name = _("reminder")
        constraints = [
            models.UniqueConstraint(
                name="reminder_is_made_once",
                fields=["assignment", "due_on", "stage", "recipient"],
            ),
            models.CheckConstraint(
                name="reminder_outcome_is_known",
                condition=Q(outcome__in=ReminderOutcome.values),
            ),
            models.CheckConstraint(
                name="sent_reminder_has_an_event_and_a_skipped_one_none",
                condition=Q(outcome=ReminderOutcome.SENT, event__isnull=False)
                | Q(outcome=ReminderOutcome.SKIPPED, event__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["day", "procuratorate", "recipient"],
                name="reminders_sent_on_a_day",
                condition=Q(outcome=ReminderOutcome.SENT),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.stage:+d} → {self.recipient_id}"
