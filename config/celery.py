"""Celery, and the list of everything that happens by the clock."""

from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init

from config.settings import base

app = Celery("office")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Jobs that an outage kept waiting are dropped: the next one does the same work.
MINUTE, HOUR = {"expires": 60}, {"expires": 3600}  # seconds
SCAN, SWEEP = base.REMINDER_SCAN_SECONDS, base.OUTBOX_SWEEP_SECONDS

app.conf.beat_schedule = {
    # What a lost wake-up left behind is picked up here: rows first, jobs second.
    "remind of what is due": {
        "task": "activity.tasks.scan_reminders",
        "schedule": float(SCAN),
        "options": {"expires": max(60, SCAN)},
    },
    "remind of what is due as the day begins": {
        "task": "activity.tasks.scan_reminders",
        "schedule": crontab(hour="0", minute="0"),
        "options": HOUR,
    },
    "send what waits in the outbox": {
        "task": "activity.tasks.deliver_messages",
        "schedule": float(SWEEP),
        "options": {"expires": max(60, SWEEP)},
    },
    "look for deadlines that another calendar would count differently": {
        "task": "activity.tasks.look_at_calendars",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "draw and read the files that are still waiting": {
        "task": "attachments.tasks.do_what_was_left",
        "schedule": 60.0,
        "options": MINUTE,
    },
    "sweep uploads that were never attached": {
        "task": "attachments.tasks.sweep_uploads",
        "schedule": crontab(minute="25"),
        "options": HOUR,
    },
    "sweep bytes that have no row": {
        "task": "attachments.tasks.sweep_strays",
        "schedule": crontab(hour="3", minute="40"),
        "options": HOUR,
    },
    "sweep drafts that nobody has touched for a month": {
        "task": "activity.tasks.sweep_drafts",
        "schedule": crontab(hour="3", minute="20"),
        "options": HOUR,
    },
    "forget expired sessions": {
        "task": "organization.tasks.forget_expired_sessions",
        "schedule": crontab(hour="3", minute="10"),
        "options": HOUR,
    },
}


@worker_init.connect
def beat_of_the_worker(**kwargs: Any) -> None:
    """Models can be imported only once Django is ready."""
    from activity.heartbeat import WorkerHeartbeat

    app.steps["worker"].add(WorkerHeartbeat)
