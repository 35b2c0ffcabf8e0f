"""What the child takes from itself before it opens anybody's file."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import math
import os
import resource
import signal

MEMORY = 1024 * 1024 * 1024  # bytes of address space
OPEN_FILES = 64
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


def at_the_start() -> None:
    """Before anything is imported that opens files."""
    die_with_the_parent()
    _set(resource.RLIMIT_AS, MEMORY)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    _set(resource.RLIMIT_CORE, 0)


def before_reading(seconds: int, parent: int) -> None:
    """No network, no further process, no byte in any file, and so many seconds of processor.

    Not earlier: an import may write its compiled file, and root reads it only as true root.
    """
    _leave_the_network()
    if os.getppid() != parent:
        os._exit(1)  # it died before its death could reach us
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_NPROC, 0)  # root is not bound by it; the group is killed in any case
    used = resource.getrusage(resource.RUSAGE_SELF)
    ends = math.ceil(used.ru_utime + used.ru_stime) + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (ends, hard))


def _set(which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (most, most))


def die_with_the_parent() -> None:
    """From now on; whether it was alive until now, before_reading looks."""
    kernel = ctypes.CDLL(None)
    with contextlib.suppress(AttributeError):  # not Linux
        kernel.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@functools.cache
def _leave_the_network() -> None:
    """Where the kernel allows it: an empty network, and no way back into ours."""
    kernel = ctypes.CDLL(None)
    with contextlib.suppress(AttributeError):  # not Linux
        kernel.unshare(CLONE_NEWUSER | CLONE_NEWNET)
        kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
