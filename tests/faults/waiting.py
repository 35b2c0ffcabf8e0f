"""Waiting for a condition, never for a fixed time."""

import time

import pytest


def until(condition, seconds, what):
    """The first true answer of `condition`; the test fails when there is none in `seconds`.

    `what` says what was waited for: a text, or a function that looks why it did not come.
    """
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            missing = what() if callable(what) else what
            pytest.fail(f"{seconds} seconds passed without {missing}")
        time.sleep(0.05)
    return found
