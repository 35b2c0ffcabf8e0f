"""Celery, and the list of everything that happens by the clock."""

from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init

app = Celery("office")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # What a lost wake-up left behind is picked up here: rows first, jobs second.
    "draw the pages that are still missing": {
        "task": "attachments.tasks.draw_missing_pages",
        "schedule": 60.0,
    },
    "forget expired sessions": {
        "task": "organization.tasks.forget_expired_sessions",
        "schedule": crontab(hour="3", minute="10"),
    },
}


@worker_init.connect
def beat_of_the_worker(**kwargs: Any) -> None:
    """Models can be imported only once Django is ready."""
    from activity.heartbeat import WorkerHeartbeat

    app.steps["worker"].add(WorkerHeartbeat)
