"""One command that has the terminal, such as pytest or a shell; we wait until it is done."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from launcher import signals

SECONDS_TO_END = 15


def run(command: Sequence[str], env: Mapping[str, str], cwd: Path) -> int:
    """Its exit code. At a terminal it shares our group, so Ctrl+C reaches it without our help."""
    shares = _has_terminal()
    process = subprocess.Popen(command, env=env, cwd=cwd, start_new_session=not shares)
    try:
        while process.poll() is None:
            if signals.wanted.wait(0.05):
                _end(process, shares=shares)
    finally:
        if not shares:
            _kill_group(process)
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def _has_terminal() -> bool:
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


def _end(process: subprocess.Popen[bytes], *, shares: bool) -> None:
    """INT, whatever we received: pytest undoes its fixtures on INT alone."""
    if not (shares and signals.received[-1] == signal.SIGINT):
        process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + SECONDS_TO_END
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    if process.poll() is None:
        process.kill()
        process.wait()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """What the command itself started and forgot."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
