"""Reminders (催办提醒): every one is made exactly once, however many schedulers look for it.

A scan walks over the open work of each procuratorate for which the ladder was not yet looked at
today. Rows are locked in batches and passed over when somebody else holds them, so two scans
never do the same row; the unique constraint stands behind that. On a day off nothing happens: the
next working day finds the newest stage that was missed, sends it and writes the older ones as
skipped.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import DatabaseError, transaction

from activity.ladder import owed, reach, stage_on
from activity.models import Assignment, Event, LadderStage, Notice, Reminder, ReminderOutcome
from activity.models.assignment import AssignmentQuerySet
from activity.recipients import Desk
from organization.calendar import Calendar
from organization.deadlines import OFFICE_TIME
from organization.models import Procuratorate, User

BATCH = 200
REMIND = "assignment.remind"
logger = logging.getLogger(__name__)

Known = set[tuple[int, date, int, int]]  # assignment, last day, stage, recipient


def scan(now: datetime) -> int:
    """Remind of everything owed by now; returns how many pieces of work were looked at."""
    today = now.astimezone(OFFICE_TIME).date()
    waiting = Assignment.objects.unreminded(today).values("procuratorate")
    looked_at = 0
    for procuratorate in Procuratorate.objects.filter(pk__in=waiting):
        try:
            looked_at += _scan(procuratorate, today, now)
        except DatabaseError:  # the trouble of one procuratorate is not that of the others
            logger.exception("The reminders of procuratorate %s wait.", procuratorate.pk)
    return looked_at


def _scan(procuratorate: Procuratorate, today: date, now: datetime) -> int:
    calendar = Calendar.load(procuratorate.pk)
    ladder = LadderStage.objects.of(procuratorate.pk)
    if not ladder or not calendar.is_workday(today):
        return 0
    desk = Desk.load(procuratorate, today)
    waiting = Assignment.objects.unreminded(today).filter(
        procuratorate=procuratorate, due_on__lt=reach(ladder, today, calendar)
    )
    looked_at = 0
    while count := _remind(waiting, Batch(today, now, calendar, ladder, desk)):
        looked_at += count
    return looked_at


def _remind(waiting: AssignmentQuerySet, batch: "Batch") -> int:
    """One batch, all or nothing. What somebody else holds is left for the next scan.

    Once it has a lock PostgreSQL checks the filter again, so work that was closed, or given
    another last day, in the meantime is not among the rows.
    """
    with transaction.atomic():
        free = waiting.order_by("due_on", "pk").select_for_update(
            skip_locked=True, no_key=True, of=("self",)
        )
        rows = list(free.prefetch_related("post__user")[:BATCH])
        if rows:
            batch.fill(rows, _known(rows))
            batch.write()
            Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(
                reminded_on=batch.today
            )
    return len(rows)


def _known(rows: Sequence[Assignment]) -> Known:
    """The reminders there are already."""
    made = Reminder.objects.filter(assignment__in=[row.pk for row in rows])
    return set(made.values_list("assignment", "due_on", "stage", "recipient"))


@dataclass
class Batch:
    """What one batch will write, collected without a query."""

    today: date
    now: datetime
    calendar: Calendar
    ladder: Sequence[LadderStage]
    desk: Desk
    events: dict[tuple[int, int], Event] = field(default_factory=dict)  # by assignment and stage
    reminders: list[Reminder] = field(default_factory=list)

    def fill(self, rows: Sequence[Assignment], known: Known) -> None:
        """For each recipient the newest stage is sent, older ones nobody wrote are skipped."""
        for row in rows:
            assert row.due_on
            assert row.since
            began_on = row.since.astimezone(OFFICE_TIME).date()
            began = stage_on(row.due_on, began_on, self.calendar)
            now = stage_on(row.due_on, self.today, self.calendar)
            for person, audiences in self.desk.audiences(row).items():
                stages = owed(self.ladder, audiences, began, now)
                for stage in stages:
                    if (row.pk, row.due_on, stage, person.pk) not in known:
                        sent = stage == stages[-1]
                        self._add(row, person, stage, self._event(row, stage) if sent else None)

    def write(self) -> None:
        """Events, reminders and notices: three queries, or none."""
        Event.objects.bulk_create(self.events.values())
        Reminder.objects.bulk_create(self.reminders)
        Notice.objects.bulk_create(
            Notice(
                procuratorate_id=reminder.procuratorate_id,
                event=reminder.event,
                recipient_id=reminder.recipient_id,
            )
            for reminder in self.reminders
            if reminder.event
        )

    def _add(self, row: Assignment, person: User, stage: int, event: Event | None) -> None:
        assert row.due_on
        self.reminders.append(
            Reminder(
                procuratorate_id=row.procuratorate_id,
                assignment=row,
                due_on=row.due_on,
                stage=stage,
                recipient=person,
                day=self.today,
                outcome=ReminderOutcome.SENT if event else ReminderOutcome.SKIPPED,
                event=event,
            )
        )

    def _event(self, row: Assignment, stage: int) -> Event:
        """One for each piece of work and stage, about the record, whoever hears of it."""
        if (row.pk, stage) not in self.events:
            assert row.due_on
            self.events[row.pk, stage] = Event(
                procuratorate_id=row.procuratorate_id,
                verb=REMIND,
                at=self.now,
                by_system=True,
                target_kind_id=row.target_kind_id,
                target_id=row.target_id,
                details={
                    "holder": row.post.user.name,
                    "due_on": row.due_on.isoformat(),
                    "days_left": self.calendar.workdays_left(self.today, row.due_on),
                },
            )
        return self.events[row.pk, stage]
