"""Celery as it is configured once loaded, and what beat does at a start."""

from datetime import timedelta

import pytest
from celery.schedules import crontab, schedule

from activity.heartbeat import Scheduler
from activity.tasks import deliver_messages, scan_reminders
from config.celery import app

OURS = {"activity.tasks.scan_reminders", "activity.tasks.deliver_messages"}


def test_only_json_is_read_and_written():
    assert list(app.conf.accept_content) == ["json"]
    assert app.conf.task_serializer == "json"


def test_no_results_are_kept():
    assert app.conf.task_ignore_result is True
    assert app.conf.result_backend is None


def test_a_job_is_taken_off_the_queue_once_it_is_done_and_one_at_a_time():
    assert app.conf.task_acks_late is True
    assert app.conf.task_reject_on_worker_lost is True
    assert app.conf.worker_prefetch_multiplier == 1


def test_a_job_ends_and_a_worker_is_renewed():
    assert 0 < app.conf.task_soft_time_limit < app.conf.task_time_limit
    assert app.conf.worker_max_tasks_per_child
    assert app.conf.worker_max_memory_per_child


def test_a_lost_job_comes_back_after_the_longest_job_would_have_ended():
    limits = [app.conf.task_time_limit]
    limits += [task.time_limit for task in app.tasks.values() if task.time_limit]
    assert app.conf.broker_transport_options["visibility_timeout"] > max(limits)


def test_the_broker_may_be_away_as_long_as_it_likes():
    assert app.conf.broker_connection_max_retries is None
    assert app.conf.broker_connection_retry_on_startup is True


def test_files_wait_in_a_queue_of_their_own_and_workers_take_from_both():
    def queue(task):
        return app.amqp.router.route({}, task)["queue"].name

    assert {queue(task) for task in OURS} == {"celery"}
    assert {queue(task) for task in app.tasks if task.startswith("attachments.")} == {"files"}
    assert set(app.amqp.queues.consume_from) == {"celery", "files"}


def test_everything_by_the_clock_expires_so_that_an_outage_leaves_no_pile():
    for name, entry in app.conf.beat_schedule.items():
        assert 60 <= entry["options"]["expires"] <= 3600, name


def test_the_clock_looks_for_reminders_at_midnight_and_in_between_and_sweeps_the_outbox():
    entries = app.conf.beat_schedule.values()
    ours = [(entry["task"], entry["schedule"]) for entry in entries if entry["task"] in OURS]
    assert sorted(ours, key=str) == sorted(
        [
            ("activity.tasks.scan_reminders", 180.0),
            ("activity.tasks.scan_reminders", crontab(hour="0", minute="0")),
            ("activity.tasks.deliver_messages", 20.0),
        ],
        key=str,
    )
    assert app.conf.timezone == "Asia/Shanghai"


def test_both_jobs_take_nothing_so_nothing_of_a_paper_is_in_redis():
    for job in (scan_reminders, deliver_messages):
        assert job.name in OURS
        assert job.run.__code__.co_argcount == 0


@pytest.fixture
def beat(tmp_path):
    """`beat()` is the scheduler as it stands after a start; each start uses the same file."""
    started = []

    def start():
        scheduler = Scheduler(app, schedule_filename=str(tmp_path / "schedule"), lazy=True)
        scheduler.setup_schedule()
        started.append(scheduler)
        return scheduler

    yield start
    for scheduler in started:
        scheduler.close()


def test_after_a_start_what_is_done_every_so_often_is_due_at_once(beat):
    intervals = [
        entry for entry in beat().schedule.values() if isinstance(entry.schedule, schedule)
    ]
    assert {entry.task for entry in intervals} >= OURS
    assert all(entry.is_due().is_due for entry in intervals)


def test_after_another_start_with_the_same_file_too(beat):
    first = beat()
    for entry in first.schedule.values():
        entry.last_run_at = entry.default_now() + timedelta(days=1)  # the clock was wrong
    first.close()
    again = [entry for entry in beat().schedule.values() if isinstance(entry.schedule, schedule)]
    assert all(entry.is_due().is_due for entry in again)


def test_what_is_done_at_an_hour_waits_for_it(beat):
    fixed = [entry for entry in beat().schedule.values() if isinstance(entry.schedule, crontab)]
    assert fixed
    assert not any(entry.is_due().is_due for entry in fixed)
