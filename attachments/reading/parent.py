"""Our side: a child process for each file, its time and its answer, which is not trusted."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from attachments.reading.answers import (
    CODES,
    MOST_CHARACTERS,
    MOST_CHARACTERS_FIRST,
    Found,
    Job,
    Refused,
)
from attachments.reading.kinds import ENDINGS, ending_of

ROOT = Path(__file__).resolve().parents[2]
MODULE = "attachments.reading"
INSPECT_SECONDS = 3
WHOLE_TEXT_SECONDS = 60
BYTES_PER_CHARACTER = 12  # at most, as ASCII JSON
FRAME = 2_000  # bytes of an answer around its text


class _Kept(threading.local):
    """A child that this thread keeps for further files."""

    inside = False
    child: _Child | None = None


def inspect(path: Path, name: str, *, limit: int) -> Found:
    """What the file is and what its beginning says. Raises Refused, and nothing else."""
    ending = ending_of(name)
    with _opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size == 0:
            raise Refused("empty")
        if size > limit:
            raise Refused("too_large", limit=limit)
        if not ending:
            raise Refused("no_ending")
        found = _asked(file, Job(ending, limit, False, INSPECT_SECONDS, os.getpid()))
    if ending not in ENDINGS[found.kind]:
        raise Refused("wrong_ending", kind=found.kind, ending=ending[:20])
    return found


def whole_text(path: Path, kind: str) -> str:
    """All text of a file that was taken in before; "" where there is none to read."""
    job = Job(ENDINGS[kind][0], None, True, WHOLE_TEXT_SECONDS, os.getpid())
    with _opened(path) as file:
        found = _asked(file, job)
    if found.kind != kind:
        raise Refused("damaged", kind=kind)
    return found.text


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Inside, one child serves all files of this thread; outside, each file has its own."""
    outermost, _kept.inside = not _kept.inside, True
    try:
        yield
    finally:
        if outermost:
            _kept.inside = False
            _let_go()


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise Refused("unavailable", reason=type(error).__name__) from error


def _asked(file: BinaryIO, job: Job) -> Found:
    deadline = time.monotonic() + job.seconds
    child, _kept.child = _kept.child or _Child(), None
    healthy = False
    try:
        line = child.answer(file, job, deadline)
        healthy = True
    finally:
        if healthy and _kept.inside:
            _kept.child = child
        else:
            child.end()
    return _judged(line)


def _let_go() -> None:
    child, _kept.child = _kept.child, None
    if child:
        child.end()


class _Child:
    """One process with limits. It gets open files, never a path, and answers in one line each."""

    def __init__(self) -> None:
        with contextlib.ExitStack() as when_it_fails:
            try:
                self._requests, theirs = socket.socketpair()
                when_it_fails.push(self._requests)
                with theirs:
                    self._process = self._started(theirs.fileno())
            except OSError as error:
                raise Refused("unavailable", reason=type(error).__name__) from error
            when_it_fails.pop_all()

    def _started(self, requests: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 -- our own module
            [sys.executable, "-m", MODULE],
            cwd=ROOT,
            env={"LANG": "C.UTF-8"},
            stdin=requests,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )

    def answer(self, file: BinaryIO, job: Job, deadline: float) -> bytes:
        try:
            message = json.dumps(asdict(job)).encode() + b"\n"
            self._requests.settimeout(max(deadline - time.monotonic(), 0.001))
            socket.send_fds(self._requests, [message], [file.fileno()])
        except TimeoutError as error:
            raise Refused("timeout") from error
        except OSError as error:
            raise Refused("unavailable", reason=type(error).__name__) from error
        characters = MOST_CHARACTERS if job.whole else MOST_CHARACTERS_FIRST
        return self._line(deadline, characters * BYTES_PER_CHARACTER + FRAME)

    def _line(self, deadline: float, most: int) -> bytes:
        """One line of the answer; what is too late, too long or cut off ends in Refused."""
        assert self._process.stdout
        waiting = select.poll()
        waiting.register(self._process.stdout, select.POLLIN)
        line = bytearray()
        while not line.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not waiting.poll(left * 1000):
                raise Refused("timeout")
            piece = os.read(self._process.stdout.fileno(), 65536)
            line += piece
            if not piece:
                raise self._death()
            if len(line) > most:
                raise Refused("unavailable", reason="too long an answer")
        return bytes(line)

    def _death(self) -> Refused:
        self.end()
        if self._process.returncode == -signal.SIGXCPU:
            return Refused("timeout")
        return Refused("unavailable", reason=f"exit {self._process.returncode}")

    def end(self) -> None:
        """The whole group is killed, whatever it started; its number is ours until we wait."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._requests.close()
        assert self._process.stdout
        self._process.stdout.close()


def _judged(line: bytes) -> Found:
    """The answer, taken apart as strictly as any other input."""
    try:
        answer = json.loads(line)
        if "refused" in answer:
            raise _refusal(answer["refused"], answer["values"])
        return _found(**answer)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refused("unavailable", reason="not an answer") from error


def _refusal(code: Any, values: dict[str, Any]) -> Refused:
    if code not in CODES:
        raise ValueError(code)
    plain = {
        _clean(name)[:20]: value if isinstance(value, int) else _clean(value)[:200]
        for name, value in values.items()
    }
    return Refused(code, **plain)


def _found(kind: str, pages: int | None, text: str, readable: bool) -> Found:
    if kind not in ENDINGS or not isinstance(pages, int | None) or not isinstance(readable, bool):
        raise ValueError(kind)
    return Found(kind, pages, _clean(text), readable)


def _clean(text: str) -> str:
    """Without what no database takes: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


_kept = _Kept()
