"""Wake a worker once the rows are committed. The rows are what counts; this is only haste."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from celery import Task
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)
_LET_SLEEP = ContextVar("let_sleep", default=False)


@contextmanager
def nobody() -> Iterator[None]:
    """Inside, no job is queued: no person waits for these rows, the sweeps will find them."""
    token = _LET_SLEEP.set(True)
    try:
        yield
    finally:
        _LET_SLEEP.reset(token)


def wake(task: "Task[Any, Any]", *ids: int) -> None:
    """Queue `task` after the commit. With the broker down, a sweep by the clock does the work."""

    if _LET_SLEEP.get():
        return

    def send() -> None:  # a partial has no name, and `robust` logs by name
        _send(task, ids)

    transaction.on_commit(send, robust=True)


def _send(task: "Task[Any, Any]", ids: tuple[int, ...]) -> None:
    try:
        _broker().ping()  # fails at once, where publishing would try for seconds
        task.apply_async(ids, retry=False)
    except (RedisError, OperationalError):
        logger.warning("The broker does not answer; %s waits for the next sweep.", task.name)


@cache
def _broker() -> Redis:
    url = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://")
    return Redis.from_url(
        url, retry=Retry(NoBackoff(), 0), socket_connect_timeout=1, socket_timeout=1
    )
