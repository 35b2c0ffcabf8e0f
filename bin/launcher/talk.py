"""What the launcher says to people: Chinese sentences, progress of slow steps, plain refusals."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

NO_SPACE = "磁盘空间不足：请腾出至少 1 GB 后再试。"


class Trouble(Exception):
    """Something a person must put right; its text is the one sentence they need."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def complain(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def slow(work: str, seconds: int) -> Iterator[None]:
    """Announce a slow step before it begins, and say afterwards how long it took."""
    say(f"正在{work}……（约 {seconds} 秒）")
    began = time.monotonic()
    yield
    say(f"  完成，用时 {time.monotonic() - began:.1f} 秒")


def sentence_for(problem: OSError) -> str:
    """The machine's refusals that people meet, in their words."""
    where = f"：{problem.filename}" if problem.filename else ""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return NO_SPACE
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"没有写入或执行的权限{where}。"
    return f"系统拒绝了操作{where}（{problem.strerror}）。"


def never_fail_on_characters() -> None:
    """A terminal that cannot show Chinese gets question marks, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
