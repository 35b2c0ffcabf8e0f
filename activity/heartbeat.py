"""Worker and scheduler say every few seconds that they are alive; /healthz listens."""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from celery import bootsteps
from celery.beat import PersistentScheduler
from celery.schedules import schedule
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from activity.models import Heartbeat

EVERY = 10  # seconds
SILENT_AFTER = timedelta(seconds=30)
LONG_AGO = timedelta(days=1)  # longer than any interval of the clock
PARTS = ("worker", "scheduler")
logger = logging.getLogger(__name__)


def silent_parts(now: datetime) -> list[str]:
    """The parts that said nothing for too long."""
    alive = set(Heartbeat.objects.filter(at__gt=now - SILENT_AFTER).values_list("part", flat=True))
    return [part for part in PARTS if part not in alive]


def beat(part: str) -> None:
    """Say that `part` is alive. A database that is down is no reason to die."""
    close_old_connections()
    try:
        Heartbeat.objects.update_or_create(part=part, defaults={"at": timezone.now()})
    except DatabaseError:
        logger.warning("The database does not answer; %s goes on.", part)


class WorkerHeartbeat(bootsteps.StartStopStep):
    """Part of the worker's main process, so it stops when the worker does."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, parent: Any, **options: Any) -> None:
        self.timer_entry: Any = None
        super().__init__(parent, **options)

    def start(self, parent: Any) -> None:
        beat("worker")
        self.timer_entry = parent.timer.call_repeatedly(EVERY, beat, ("worker",))

    def stop(self, parent: Any) -> None:
        if self.timer_entry:
            self.timer_entry.cancel()


class Scheduler(PersistentScheduler):
    """Celery's own scheduler, which also says that it is alive.

    What is done every so many seconds is done at once after a start: Celery would count the first
    interval from the start, and each start would begin a new one.
    """

    last_beat = 0.0

    def setup_schedule(self) -> None:
        super().setup_schedule()
        for entry in self.schedule.values():
            if isinstance(entry.schedule, schedule):
                entry.last_run_at = entry.default_now() - LONG_AGO

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if time.monotonic() - self.last_beat >= EVERY:
            self.last_beat = time.monotonic()
            beat("scheduler")
        return super().tick(*args, **kwargs)
