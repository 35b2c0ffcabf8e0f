"""What bin/test adds to pytest: one summary over all runs, an honest exit code."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from launcher import packages, signals, testing
from launcher.places import ROOT
from launcher.talk import Trouble

REPORT = '<testsuites><testsuite errors="{}" failures="{}" skipped="{}" tests="{}"/></testsuites>'


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """The pytest runs that were asked for, each answered with the next code."""
    calls: list[list[str]] = []
    codes = iter([0, 0, 0])

    def answer(arguments, environment):
        calls.append(list(arguments))
        return next(codes)

    monkeypatch.setattr(testing, "_pytest", answer)
    monkeypatch.setattr(packages, "missing", lambda with_browser: [])
    monkeypatch.setattr(packages, "browser", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(packages, "nginx", lambda: "/usr/sbin/nginx")
    monkeypatch.setattr(testing, "thrown_away", FakeServices(tmp_path))

    def with_codes(*new: int) -> list[list[str]]:
        nonlocal codes
        codes = iter(new)
        return calls

    return with_codes


class FakeServices:
    def __init__(self, folder):
        self.folder = folder

    def __call__(self):
        return self

    def __enter__(self):
        return {"TMPDIR": str(self.folder)}

    def __exit__(self, *problem):
        return None


def test_the_summary_counts_over_all_runs(tmp_path):
    first, second = tmp_path / "1.xml", tmp_path / "2.xml"
    first.write_text(REPORT.format(0, 0, 2, 12))
    second.write_text(REPORT.format(0, 0, 0, 3))
    assert testing.summary([first, second], 1.5) == "13 passed, 2 skipped in 1.50s"
    second.write_text(REPORT.format(1, 1, 0, 3))
    said = testing.summary([first, second], 1.5)
    assert said == "1 failed, 11 passed, 2 skipped, 1 errors in 1.50s"


def test_what_starts_processes_runs_alone_after_the_rest(asked):
    calls = asked(0, 0, 0)
    assert testing.run([]) == 0
    assert [call[:4] for call in calls] == [
        ["-n", "auto", "-m", "not journey and not fault"],
        ["-n", "0", "-m", "journey"],
        ["-n", "0", "-m", "fault"],
    ]


@pytest.mark.parametrize(
    ("codes", "worst"),
    [
        ((1, 0, 0), 1),
        ((0, 1, 0), 1),
        ((0, 0, 1), 1),
        ((0, 5, 0), 5),
        ((0, 0, 5), 5),
        ((2, 1, 0), 2),
    ],
)
def test_one_red_run_is_enough(asked, codes, worst):
    asked(*codes)
    assert testing.run([]) == worst


def test_whoever_wants_the_end_gets_no_further_run(asked, monkeypatch):
    calls = asked(2)
    answer = testing._pytest

    def interrupted(arguments, environment):
        signals.wanted.set()
        return answer(arguments, environment)

    monkeypatch.setattr(signals, "wanted", threading.Event())
    monkeypatch.setattr(testing, "_pytest", interrupted)
    assert testing.run([]) == 2
    assert len(calls) == 1


def test_without_browser_it_is_said_aloud(asked, capsys):
    calls = asked(0, 0)
    assert testing.run(["--no-browser"]) == 0
    assert [call[3] for call in calls] == ["not journey and not fault", "fault"]
    first, *_, before_last, last = capsys.readouterr().out.splitlines()
    assert first == before_last == testing.LEFT_OUT
    assert last.startswith("no tests ran")


def test_own_arguments_are_passed_on_as_they_are(asked):
    calls = asked(0)
    assert testing.run(["-k", "deadline"]) == 0
    assert calls == [["-k", "deadline"]]


@pytest.mark.parametrize("program", ["browser", "nginx"])
def test_a_missing_program_is_refused_in_one_sentence(asked, monkeypatch, program):
    calls = asked(0, 0)
    monkeypatch.setattr(packages, program, lambda: None)
    with pytest.raises(Trouble, match="--no-browser"):
        testing.run([])
    assert calls == []
    assert testing.run(["--no-browser"]) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing_behind(tmp_path, number):
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT / "bin")}
    program = "import time; print('begun', flush=True); time.sleep(60)"
    command = [sys.executable, "-m", "launcher", "with-services", "--", sys.executable, "-c"]
    process = subprocess.Popen(
        [*command, program], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout.readline() == b"begun\n"
        assert [path.name[:7] for path in tmp_path.iterdir()] == ["office-"]
        began = time.monotonic()
        process.send_signal(number)
        assert process.wait(20) == 128 + signal.SIGINT
    assert time.monotonic() - began < 5
    assert list(tmp_path.iterdir()) == []


def test_a_command_beside_services_keeps_its_exit_code(monkeypatch, tmp_path):
    monkeypatch.setattr(testing, "thrown_away", FakeServices(tmp_path))
    assert testing.with_services([sys.executable, "-c", "raise SystemExit(7)"]) == 7
