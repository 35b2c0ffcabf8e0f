"""A wanted end: INT, TERM and HUP only raise a flag, and every wait of the launcher looks at it.

Handlers that raise would interrupt the launcher between starting a process and remembering it.
Installing any handler also gives the children default ones: a background job of a shell starts
with INT ignored, and what is ignored is inherited.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType

wanted = threading.Event()
received: list[int] = []


class Stopped(Exception):
    """Somebody wants the launcher to end."""


def listen() -> None:
    signal.signal(signal.SIGINT, _note)
    signal.signal(signal.SIGTERM, _note)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup means: outlive the terminal
        signal.signal(signal.SIGHUP, _note)


def _note(number: int, _frame: FrameType | None) -> None:
    received.append(number)
    wanted.set()


def pause(seconds: float) -> None:
    """Wait, unless the end is wanted."""
    if wanted.wait(seconds):
        raise Stopped
