"""A job is only haste: sent after the commit, and with its broker away nobody waits."""

import socket
import time
from types import SimpleNamespace

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from activity import wake as waking
from activity.wake import wake

BROKER = waking._broker


class Task:
    """Writes down what it was asked."""

    name = "test.task"

    def __init__(self, error=None):
        self.sent, self.error = [], error

    def apply_async(self, ids, *, retry):
        assert retry is False
        if self.error:
            raise self.error
        self.sent.append(ids)


@pytest.fixture(autouse=True)
def fresh_broker():
    BROKER.cache_clear()
    yield
    BROKER.cache_clear()


@pytest.fixture
def broker(monkeypatch):
    """A broker that answers."""
    monkeypatch.setattr(waking, "_broker", lambda: SimpleNamespace(ping=lambda: True))


def test_nothing_is_sent_before_the_commit(db, broker, django_capture_on_commit_callbacks):
    task = Task()
    with django_capture_on_commit_callbacks(execute=True):
        wake(task, 7)
        assert task.sent == []
    assert task.sent == [(7,)]


def test_nothing_is_sent_after_a_rollback(db, broker, django_capture_on_commit_callbacks):
    task = Task()
    with django_capture_on_commit_callbacks(execute=True) as calls, transaction.atomic():
        wake(task, 7)
        transaction.set_rollback(True)
    assert (calls, task.sent) == ([], [])


def test_a_broker_that_is_down_is_a_line_in_the_log_and_a_moment(
    db, caplog, django_capture_on_commit_callbacks
):
    task, began = Task(), time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        wake(task, 7)
    assert time.monotonic() - began < 1
    assert task.sent == []
    assert "test.task waits for the next sweep" in caplog.text


def test_a_broker_that_goes_down_in_between_is_a_line_in_the_log(
    db, broker, caplog, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        wake(Task(OperationalError("gone")), 7)
    assert "test.task waits for the next sweep" in caplog.text


def test_a_broker_that_hangs_keeps_nobody_waiting(
    db, settings, caplog, django_capture_on_commit_callbacks
):
    """It takes the connection and never says a word, as a machine does that runs out of memory."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            wake(Task(), 7)
    assert time.monotonic() - began < 3
    assert "test.task waits for the next sweep" in caplog.text


def test_any_other_failure_of_a_wake_up_leaves_the_page_alone(transactional_db, broker, caplog):
    """What was committed stays committed, and the visitor is told so."""
    with transaction.atomic():
        wake(Task(RuntimeError("a mistake of ours")), 7)
    assert "a mistake of ours" in caplog.text


def test_a_load_of_rows_wakes_nobody_and_afterwards_jobs_go_out_again(
    db, broker, django_capture_on_commit_callbacks
):
    task = Task()
    with django_capture_on_commit_callbacks(execute=True):
        with waking.nobody():
            wake(task, 7)
        wake(task, 8)
    assert task.sent == [(8,)]
