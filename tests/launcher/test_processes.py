"""Starting and ending processes: nobody of ours stays, and no stranger is hit."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from launcher import processes
from launcher.processes import Child

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
WITH_GRANDCHILD = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""


def start(tmp_path: Path, name: str, program: str) -> Child:
    child = Child(name, tmp_path)
    child.start([sys.executable, "-c", program], dict(os.environ))
    return child


def wait_for_log(child: Child) -> str:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if text := child.log.read_text().strip():
            return text
        time.sleep(0.01)
    pytest.fail("the process said nothing")


def test_ending_leaves_neither_process_nor_note(tmp_path):
    child = start(tmp_path, "sleeper", "import time; time.sleep(60)")
    assert child.note.exists()
    processes.end([child], 5)
    assert child.process.returncode == -signal.SIGTERM
    assert not child.note.exists()


def test_who_does_not_listen_is_ended_by_force(tmp_path):
    child = start(tmp_path, "stubborn", STUBBORN)
    wait_for_log(child)
    processes.end([child], 0.2)
    assert child.process.returncode == -signal.SIGKILL


def test_what_a_process_started_ends_with_it(tmp_path):
    child = start(tmp_path, "parent", WITH_GRANDCHILD)
    grandchild = int(wait_for_log(child))
    processes.end([child], 5)
    deadline = time.monotonic() + 5
    while processes.born(grandchild) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert processes.born(grandchild) == ""


def test_ending_what_never_started_is_no_error(tmp_path):
    processes.end([Child("idle", tmp_path)], 1)


def test_children_listen_to_int_although_the_launcher_was_started_without(tmp_path):
    """A shell gives its background jobs an ignored INT, and what is ignored is inherited."""
    program = (
        "import signal, subprocess, sys; from launcher import signals; signals.listen();"
        "sys.exit(subprocess.run([sys.executable, '-c',"
        "'import signal, sys; sys.exit(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)'"
        "]).returncode)"
    )
    code = f'trap "" INT; exec "$0" -c "{program}"'
    environment = {**os.environ, "PYTHONPATH": str(Path(processes.__file__).parents[1])}
    done = subprocess.run(["sh", "-c", code, sys.executable], env=environment, check=False)
    assert done.returncode == 0


def test_left_over_processes_are_ended(tmp_path):
    child = start(tmp_path, "worker", "import time; time.sleep(60)")
    assert processes.end_left_over(tmp_path, 5) == ["worker"]
    assert child.process.wait(5) == -signal.SIGTERM
    assert not child.note.exists()


def test_left_over_processes_that_do_not_listen_are_ended_too(tmp_path):
    child = start(tmp_path, "worker", STUBBORN)
    wait_for_log(child)
    processes.end_left_over(tmp_path, 0.2)
    assert child.process.wait(5) == -signal.SIGKILL


def test_a_stranger_with_the_same_id_is_left_alone(tmp_path):
    child = start(tmp_path, "stranger", "import time; time.sleep(60)")
    pid = child.process.pid
    child.note.write_text(f"{pid} 15 another-birth\n")
    assert processes.end_left_over(tmp_path, 1) == []
    assert child.is_alive
    processes.end([child], 5)


@pytest.mark.parametrize("note", ["", "12", "garbage in here", "999999999 15 1"])
def test_a_spoiled_note_is_forgotten(tmp_path, note):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "web.pid").write_text(note)
    assert processes.end_left_over(tmp_path, 1) == []
    assert list((tmp_path / "run").iterdir()) == []


def test_a_log_that_grew_large_is_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "LOG_LIMIT", 10)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "web.log").write_text("x" * 11)
    child = start(tmp_path, "web", "print('new')")
    child.process.wait()
    processes.end([child], 1)
    assert child.last_lines() == "new"
    assert (tmp_path / "logs" / "web.log.old").exists()
