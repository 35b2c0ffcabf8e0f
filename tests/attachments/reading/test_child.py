"""The child: whatever it does to us or to itself ends as Refused, and nothing of it is left."""

import os
import select
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from attachments.reading import Refused, inspect, kept, parent
from attachments.reading.answers import Job
from tests.attachments.reading import samples

ROOT = Path(__file__).resolve().parents[3]
MISBEHAVING = "tests.attachments.reading.misbehaving"
GIGABYTE = 1024**3


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """The suite keeps a child for its files; here each file has its own, as in life."""
    monkeypatch.setattr(parent, "_kept", parent._Kept())


@pytest.fixture
def act(tmp_path, monkeypatch):
    """`act("fork")` lets a child do that instead of reading the file."""
    monkeypatch.setattr(parent, "MODULE", MISBEHAVING)

    def act(what):
        path = tmp_path / f"asked-{threading.get_ident()}"
        path.write_text(what)
        return inspect(path, "来文.pdf", limit=1000).text

    return act


@pytest.fixture
def refused(act):
    def refused(what):
        with pytest.raises(Refused) as refusal:
            act(what)
        return refusal.value.code, refusal.value.values.get("reason")

    return refused


def is_gone(pid):
    """Dead, or about to be within ten seconds."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(10_000))
    finally:
        os.close(handle)


def test_two_gigabytes_are_more_than_it_gets(refused):
    assert refused("memory") == ("unavailable", "memory")


def test_a_child_that_never_ends_is_ended(refused, monkeypatch):
    monkeypatch.setattr(parent, "INSPECT_SECONDS", 1)
    assert refused("hang") == ("timeout", None)
    assert refused("loop") == ("timeout", None)


def test_processor_time_ends_even_where_nobody_looks_at_the_clock(tmp_path, monkeypatch):
    monkeypatch.setattr(parent, "MODULE", MISBEHAVING)
    path = tmp_path / "asked"
    path.write_text("loop")
    child = parent._Child()
    with path.open("rb") as file, pytest.raises(Refused) as refusal:
        child.answer(file, Job("pdf", None, False, 1, os.getpid()), time.monotonic() + 60)
    assert refusal.value.code == "timeout"
    assert child._process.returncode == -signal.SIGXCPU


def test_what_it_starts_is_killed_with_it(act):
    """An ordinary user's child cannot even start it; root's can."""
    started = act("fork")
    assert started == "no process" or is_gone(int(started))


def test_it_writes_no_byte(refused, tmp_path):
    target = tmp_path / "written"
    assert refused(f"write {target}")[0] == "unavailable"
    assert not target.exists() or target.read_bytes() == b""


@pytest.mark.parametrize("what", ["leave", "crash", "unheard_of"])
def test_a_child_that_dies_is_a_refusal(refused, what):
    code, reason = refused(what)
    assert code == "unavailable"
    assert reason.startswith("exit ")


@pytest.mark.parametrize("what", ["garble", "nest", "other"])
def test_what_is_no_answer_is_a_refusal(refused, what):
    assert refused(what) == ("unavailable", "not an answer")


def test_an_endless_answer_is_cut(refused):
    assert refused("much") == ("unavailable", "too long an answer")


def test_what_a_library_prints_is_not_the_answer(act):
    assert act("talk") == "said aloud"


def test_nothing_arrives_that_no_database_takes(act):
    assert act("halves") == "ab"


def test_its_limits_are_set(act):
    space, files, core, written, processor = map(int, act("bounds").split())
    assert (space, files, core, written) == (GIGABYTE, 64, 0, 0)
    assert 0 < processor <= parent.INSPECT_SECONDS + 2  # what its start used is counted in


def test_it_inherits_neither_environment_nor_open_files(act, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for the child")
    assert set(act("environment").split()) <= {"LANG", "LC_CTYPE"}
    # Its three streams, its copies of two of them, the file, and the listing itself.
    assert len(act("doors").split()) <= 8


def kernel_gives_a_network_of_ones_own():
    leaving = "import ctypes; raise SystemExit(ctypes.CDLL(None).unshare(0x50000000))"
    return subprocess.run([sys.executable, "-c", leaving], check=False).returncode == 0


def test_it_reaches_no_network(act, refused):
    if not kernel_gives_a_network_of_ones_own():
        pytest.skip("this kernel gives no network of its own, so there is no ban to be tested")
    assert act("network") != os.readlink("/proc/self/ns/net")
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as sink:
        assert refused(f"reach {sink.server_port}")[0] == "unavailable"
        ready, _, _ = select.select([sink], [], [], 0)
    assert not ready


def test_each_file_has_its_own_child(act):
    assert act("number") != act("number")


def test_inside_kept_one_child_serves_all_files_and_is_gone_afterwards(act):
    with kept():
        with kept():
            first = act("number")
        assert act("number") == first
    assert is_gone(int(first))
    assert act("number") != first


def test_a_kept_child_that_died_is_replaced(act, refused):
    with kept():
        first = act("number")
        assert refused("leave")[0] == "unavailable"
        assert act("number") != first


def test_each_thread_keeps_its_own_child(act):
    def other_thread():
        with kept():
            return {act("number"), act("number")}

    with kept(), ThreadPoolExecutor(1) as pool:
        mine = {act("number"), act("number")}
        theirs = pool.submit(other_thread).result()
        outside = {pool.submit(act, "number").result() for _ in range(2)}
    assert (len(mine), len(theirs), len(outside)) == (1, 1, 2)
    assert not mine & theirs


def test_eight_threads_get_their_own_answers(tmp_path, monkeypatch):
    monkeypatch.setattr(parent, "INSPECT_SECONDS", 60)  # the machine may be slow, not the code
    lines = [f"Line number {number} of the paper" for number in range(8)]

    def ask(number):
        path = tmp_path / f"{number}"
        path.write_bytes(samples.pdf(lines[number]))
        return inspect(path, "来文.pdf", limit=10_000).text

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == lines


def test_a_child_dies_with_its_parent(tmp_path):
    path = tmp_path / "asked"
    path.write_text("hang")
    script = f"""
import os, time
from attachments.reading import parent
from attachments.reading.answers import Job
parent.MODULE = {MISBEHAVING!r}
child = parent._Child()
print(child._process.pid, flush=True)
job = Job("pdf", None, False, 60, os.getpid())
child.answer(open({str(path)!r}, "rb"), job, time.monotonic() + 60)
"""
    asking = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    child = int(asking.stdout.readline())
    asking.stdout.close()
    asking.kill()
    asking.wait()
    assert is_gone(child)


def test_a_child_that_was_asked_nothing_yet_would_die_with_its_parent_too():
    """Its first steps already bind it; PR_GET_PDEATHSIG tells by which signal it would die."""
    script = """
import ctypes
from attachments.reading import limits
signal = ctypes.c_int()
limits.at_the_start()
ctypes.CDLL(None).prctl(2, ctypes.byref(signal))
print(signal.value)
"""
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    assert int(told.stdout) == signal.SIGKILL


def test_a_child_that_cannot_be_started_is_a_refusal(refused, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert refused("number") == ("unavailable", "FileNotFoundError")


def test_a_file_that_is_gone_is_a_refusal(tmp_path):
    with pytest.raises(Refused) as refusal:
        inspect(tmp_path / "gone", "来文.pdf", limit=1)
    assert refusal.value.code == "unavailable"
