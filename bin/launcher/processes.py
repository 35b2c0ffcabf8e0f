"""Processes we start: each in its own group, with its own log, remembered in a file until it ends.

The file holds the process id and when that process was born, so that a launcher which comes after
a killed one can end what was left over without ever hitting a stranger who got the same id.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

LOG_LIMIT = 10_000_000
SERVICES = ("postgres", "valkey")


class Child:
    """One long-running process. It has its own group, so a Ctrl+C reaches the launcher alone."""

    def __init__(
        self,
        name: str,
        data_dir: Path,
        *,
        ending: signal.Signals = signal.SIGTERM,
        cwd: Path = Path("/"),
    ) -> None:
        self.name = name
        self.log = data_dir / "logs" / f"{name}.log"
        self.note = data_dir / "run" / f"{name}.pid"
        self.ending = ending
        self.cwd = cwd
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, command: Sequence[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
        for path in (self.log, self.note):
            path.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.old"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                env=env,
                cwd=self.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        pid = self.process.pid
        self.note.write_text(f"{pid} {self.ending.value} {born(pid)}\n")
        return self.process

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def last_lines(self, count: int = 12) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])

    def forget(self) -> None:
        self.note.unlink(missing_ok=True)


def end(children: Iterable[Child], seconds: float) -> None:
    """Ask all of them at once, give them the time, then end by force whatever is left."""
    started = [child for child in children if child.process is not None]
    for child in started:
        if child.is_alive and child.process:
            _send(child.process.pid, child.ending)
    deadline = time.monotonic() + seconds
    while any(child.is_alive for child in started) and time.monotonic() < deadline:
        time.sleep(0.02)
    for child in started:
        if child.process:
            _send_to_group(child.process.pid, signal.SIGKILL)
            child.process.wait()
        child.forget()


def born(pid: int) -> str:
    """When this process began, as the system tells it; empty when there is no such process."""
    try:
        # The name of the program, in brackets, may hold blanks; what follows it does not.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        if Path("/proc/self/stat").exists():
            return ""
        ask = ["ps", "-o", "lstart=", "-p", str(pid)]
        return subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
    return "" if fields[0] == "Z" else fields[19]


class LeftOver:
    """What a note says about a process of an earlier launcher."""

    def __init__(self, note: Path) -> None:
        self.note = note
        found = re.fullmatch(r"(\d+) (\d+) (.+)\n", note.read_text(errors="replace"))
        self.pid, self.ending = (int(found[1]), int(found[2])) if found else (0, 0)
        self.birth = found[3] if found else ""

    @property
    def is_alive(self) -> bool:
        return bool(self.birth) and born(self.pid) == self.birth


def end_left_over(data_dir: Path, seconds: float = 6) -> list[str]:
    """End what a killed launcher left running; the names of what was still alive."""
    noted = [LeftOver(note) for note in sorted((data_dir / "run").glob("*.pid"))]
    alive = [one for one in noted if one.is_alive]
    # A worker whose broker is gone does not end before it is forced to.
    _end_noted([one for one in alive if one.note.stem not in SERVICES], seconds)
    _end_noted([one for one in alive if one.note.stem in SERVICES], seconds)
    for one in noted:
        one.note.unlink(missing_ok=True)
    return [one.note.stem for one in alive]


def _end_noted(noted: Sequence[LeftOver], seconds: float) -> None:
    for one in noted:
        _send(one.pid, one.ending)
    deadline = time.monotonic() + seconds
    while any(one.is_alive for one in noted) and time.monotonic() < deadline:
        time.sleep(0.02)
    for one in noted:
        if one.is_alive:
            _send_to_group(one.pid, signal.SIGKILL)


def _send(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _send_to_group(group: int, number: int) -> None:
    """The leader may be gone while others of its group live on; an empty group is no error."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
