import uuid
from datetime import date
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activity.models.event import Event
from organization.actor import Actor
from organization.deadlines import Deadline
from organization.models import Marking, Post
from organization.models.delegation import lent_to
from organization.models.post import ADMINISTRATORS


class Kind(models.TextChoices):
    ACT = "act", _("to act")
    READ = "read", _("to read")


class Outcome(models.TextChoices):
    DONE = "done", _("done")
    RETURNED = "returned", _("returned")
    RECALLED = "recalled", _("recalled")
    CANCELLED = "cancelled", _("cancelled")
    TAKEN_BY_COLLEAGUE = "taken_by_colleague", _("taken by a colleague")
    MOVED = "moved", _("passed on")


TAKEN_BACK = frozenset({Outcome.RECALLED, Outcome.CANCELLED})


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def about(self, target: models.Model) -> "AssignmentQuerySet":
        kind = ContentType.objects.get_for_model(target)
        return self.filter(target_kind=kind, target_id=target.pk)

    def alongside(self, row: "Assignment") -> "AssignmentQuerySet":
        """The open rows of the same batch."""
        return self.open().filter(
            target_kind=row.target_kind_id, target_id=row.target_id, batch=row.batch
        )

    def open(self) -> "AssignmentQuerySet":
        """Not closed, whether or not its turn has come."""
        return self.filter(closed_at__isnull=True)

    def come(self) -> "AssignmentQuerySet":
        """Its turn came, and it was not taken back."""
        return self.filter(since__isnull=False).exclude(outcome__in=TAKEN_BACK)

    def unreminded(self, today: date) -> "AssignmentQuerySet":
        """Open work with a last day, for which the ladder was not yet looked at today.

        A day to come says only that a clock was wrong.
        """
        return self.filter(
            Q(reminded_on__isnull=True) | Q(reminded_on__lt=today) | Q(reminded_on__gt=today),
            closed_at__isnull=True,
            since__isnull=False,
            due_on__isnull=False,
        )

    def given_to(self, actor: Actor) -> "AssignmentQuerySet":
        """To one of the actor's posts; whoever administers is given nothing."""
        return self._on({post.pk for post in actor.posts}, actor)

    def dealt_with_by(self, actor: Actor) -> "AssignmentQuerySet":
        """The same, and what was given to the posts that theirs took over from."""
        return self._on(actor.dealt_with_by, actor)

    def _on(self, posts: set[int], actor: Actor) -> "AssignmentQuerySet":
        if actor.holds(*ADMINISTRATORS):
            return self.none()
        return self.filter(procuratorate=actor.procuratorate, post__in=posts)

    def with_delegates(self, today: date) -> "AssignmentQuerySet":
        """Each with the name of whoever its post is lent to, as `lent_to`."""
        return self.annotate(lent_to=lent_to(today, "post"))


class Assignment(models.Model):
    """Who must act on or read what, since when, until when, and how it ended.

    Rows of one batch belong together: those with the same turn are alternatives (the first act
    closes the others), a later turn begins when the one before it is closed.
    """

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    target_kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_kind", "target_id")
    marking = models.PositiveSmallIntegerField(choices=Marking.choices)  # as the record's
    urgency = models.PositiveSmallIntegerField(default=0)  # as the record's: what is higher rises
    kind = models.CharField(max_length=10, choices=Kind.choices)
    duty = models.CharField(max_length=30)
    post = models.ForeignKey("organization.Post", models.PROTECT, related_name="assignments")
    department = models.ForeignKey(
        "organization.Department", models.PROTECT, related_name="+", null=True
    )  # the post's, copied: people move, what their department was asked stays
    batch = models.UUIDField(default=uuid.uuid4)
    turn = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(null=True)  # null: its turn has not come
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    deadline = models.JSONField(null=True)  # how due_on was counted: Deadline.as_json()
    reminded_on = models.DateField(null=True)  # when the ladder was last looked at for this row
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    opening_event = models.ForeignKey(Event, models.PROTECT, related_name="opened_assignments")
    closing_event = models.ForeignKey(
        Event, models.PROTECT, related_name="closed_assignments", null=True
    )
    moved_to = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    about = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True
    )  # the piece of work that this one decides on; ends with it
    returns_to = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True
    )  # what was sent back: once this is done, it goes straight there again

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        indexes = [
            models.Index(
                "procuratorate",
                "post",
                "kind",
                F("urgency").desc(),
                F("due_at").asc(nulls_last=True),
                "id",
                name="open_assignments_of_a_post",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["procuratorate", "post", "kind", "-closed_at", "-id"],
                name="closed_assignments_of_a_post",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(fields=["target_kind", "target_id"], name="assignments_on_a_record"),
            models.Index(
                fields=["procuratorate", "due_on", "reminded_on"],
                name="assignments_to_be_reminded_of",
                condition=Q(closed_at__isnull=True, since__isnull=False, due_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_row_for_each_duty_of_a_post",
                fields=["target_kind", "target_id", "duty", "post", "about"],
                condition=Q(closed_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="assignment_kind_is_known", condition=Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="assignment_outcome_is_known",
                condition=Q(outcome="") | Q(outcome__in=Outcome.values),
            ),
            models.CheckConstraint(
                name="closed_assignment_says_how_and_by_which_event",
                condition=Q(closed_at__isnull=True, outcome="", closing_event__isnull=True)
                | (Q(closed_at__isnull=False, closing_event__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="moved_assignment_says_where_to",
                condition=~Q(outcome=Outcome.MOVED) | Q(moved_to__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_deadline_is_whole",
                condition=Q(
                    due_on__isnull=True,
                    due_at__isnull=True,
                    warn_on__isnull=True,
                    first_due_on__isnull=True,
                )
                | Q(
                    due_on__isnull=False,
                    due_at__isnull=False,
                    warn_on__isnull=False,
                    first_due_on__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.target_id} → {self.post_id}"

    def set_deadline(self, deadline: Deadline) -> None:
        """How a deadline is written: of new work, or another one for open work."""
        self.due_on = deadline.due_on
        self.due_at = deadline.due_at
        self.warn_on = deadline.warn_on
        self.first_due_on = deadline.first_due_on
        self.deadline = deadline.as_json()
        self.reminded_on = None

    def close(self, event: Event, outcome: Outcome, moved_to: "Assignment | None" = None) -> None:
        """How work ends: when, by which event, and how. Only steps close work."""
        self.closed_at, self.closing_event = event.at, event
        self.outcome, self.moved_to = outcome, moved_to
        self.save(update_fields=["closed_at", "closing_event", "outcome", "moved_to", "opened_at"])

    def copy_from(self, record: Any) -> None:
        """What a list of work must know of its record without reading it."""
        self.marking = record.marking
        self.urgency = getattr(record, "urgency", 0)

    def continued_by(self, post: Post) -> "Assignment":
        """The same piece of work in the hands of `post`, not saved yet; its turn is the same."""
        row = Assignment(
            post=post,
            department=post.department,
            duty=self.duty,
            kind=self.kind,
            batch=self.batch,
            turn=self.turn,
            since=self.since,
            about=self.about,
            returns_to=self.returns_to,
        )
        row.keep_deadline_of(self)
        return row

    def keep_deadline_of(self, row: "Assignment") -> None:
        """Work that goes on in other hands keeps its deadline and how it was counted."""
        self.due_on = row.due_on
        self.due_at = row.due_at
        self.warn_on = row.warn_on
        self.first_due_on = row.first_due_on
        self.deadline = row.deadline
        self.reminded_on = None
