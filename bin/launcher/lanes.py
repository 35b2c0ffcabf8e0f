"""A lane: a copy of the tree and a database of its own, in which one break at a time is tried."""

from __future__ import annotations

import compileall
import os
import py_compile
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from xml.etree import ElementTree

import psycopg2
from psycopg2 import sql

from launcher import signals
from launcher.breaks import Break
from launcher.places import ROOT
from launcher.postgres import create_database
from launcher.talk import Trouble

SECONDS_FOR_ONE = 180  # those of tests/faults wait a minute for what will not come
SECONDS_FOR_MANY = 600
CLEAN = "clean"  # the database every run gets a copy of
PYTEST = ["pytest", "-x", "-q", "--no-header", "--reuse-db"]
# Without plugins that cost a third of a short run; tests that use hypothesis need none of pytest's.
WITHOUT = ("randomly", "cacheprovider", "xdist", "hypothesispytest")
PYTEST += [part for name in WITHOUT for part in ("-p", f"no:{name}")]
# A test that meets one of these has tested nothing: the break itself is ill written.
ILL_WRITTEN = (
    "SyntaxError",
    "IndentationError",
    "ImportError",
    "ModuleNotFoundError",
    "NameError",
    "UnboundLocalError",
)


class Result(Enum):
    CAUGHT = auto()
    SURVIVED = auto()
    ERROR = auto()


@dataclass(frozen=True)
class Verdict:
    broken: Break
    result: Result
    words: str  # the test that caught it, or why nothing was learned
    seconds: float


class Lane:
    """`fresh_database(True)` makes a copy of the clean database, `(False)` only drops the last."""

    def __init__(
        self, tree: Path, environment: Mapping[str, str], fresh_database: Callable[[bool], None]
    ) -> None:
        self.tree = tree
        self.environment = environment
        self.fresh_database = fresh_database
        self.report = tree.with_suffix(".xml")
        self.log = tree.with_suffix(".log")

    def passes(self, tests: Iterable[str]) -> bool:
        self.fresh_database(True)
        return self._pytest(tests, SECONDS_FOR_MANY) == 0

    def try_out(self, broken: Break, seconds: float = SECONDS_FOR_ONE) -> Verdict:
        """Break, run the tests, mend: the tree is whole again, however this ends."""
        began = time.monotonic()
        path = self.tree / broken.file
        whole = path.read_bytes()
        try:
            path.write_bytes(broken.applied_to(whole.decode()).encode())
            # A broken migration shows only where it runs.
            self.fresh_database("migrations" not in path.parts)
            code = self._pytest(broken.tests, seconds)
        except Trouble as trouble:
            result, words = Result.ERROR, str(trouble)
        else:
            result, words = self._judged(code)
        finally:
            path.write_bytes(whole)
        return Verdict(broken, result, words, time.monotonic() - began)

    def last_lines(self, count: int = 6) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n  ".join(["", *[line for line in lines if line.strip()][-count:]])

    def _pytest(self, tests: Iterable[str], seconds: float) -> int:
        self.report.unlink(missing_ok=True)
        command = [sys.executable, "-m", *PYTEST, f"--junitxml={self.report}", *tests]
        return _finished(command, self.environment, self.tree, self.log, seconds)

    def _judged(self, code: int) -> tuple[Result, str]:
        """Only what failed inside a test counts, not a fixture or an import that did."""
        if code == 0:
            return Result.SURVIVED, ""
        for name, message in _failures(self.report) if code == 1 else []:
            if not message.startswith(ILL_WRITTEN):
                return Result.CAUGHT, name
        return Result.ERROR, self.last_lines()


def prepare(environment: Mapping[str, str], count: int) -> list[Lane]:
    """Copies of one whole tree, and a clean database with all its tables."""
    folder, server = Path(environment["TMPDIR"]), environment["DATABASE_URL"]
    whole = folder / "whole"
    copy_tree(ROOT, whole)
    clean = {**environment, "DATABASE_URL": create_database(server, CLEAN)}
    migrate = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"]
    log = folder / "migrate.log"
    if _finished(migrate, clean, whole, log, SECONDS_FOR_ONE):
        raise Trouble(f"无法建立数据库表：\n{log.read_text(errors='replace')[-2000:]}")
    lanes = []
    for number in range(1, count + 1):
        tree = shutil.copytree(whole, folder / f"lane-{number}")
        # pytest-django writes test_ before the name; a database without it need not exist.
        own = {**environment, "DATABASE_URL": server.replace("/postgres?", f"/{tree.name}?")}
        lanes.append(Lane(tree, own, database(server, f"test_{tree.name}")))
    return lanes


def copy_tree(source: Path, target: Path) -> None:
    """What is ours. Its byte code is good for the very text it was made from and for no other."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    by_content = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(target, quiet=2, invalidation_mode=by_content)


def database(server: str, name: str) -> Callable[[bool], None]:
    """What drops the database of this name and, when asked, makes it again from the clean one."""

    def fresh(filled: bool) -> None:
        mine, clean = sql.Identifier(name), sql.Identifier(CLEAN)
        with closing(psycopg2.connect(server)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(mine))
                if filled:
                    cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(mine, clean))

    return fresh


def _failures(report: Path) -> list[tuple[str, str]]:
    """Name (without what it was parametrized with) and message of each test whose body failed."""
    cases = ElementTree.parse(report).getroot().iter("testcase")  # noqa: S314 (our own)
    return [
        (case.get("name", "").partition("[")[0], failure.get("message", ""))
        for case in cases
        for failure in case.findall("failure")
    ]


def _finished(
    command: Sequence[str], env: Mapping[str, str], cwd: Path, log: Path, seconds: float
) -> int:
    """The exit code, the output in the log. A wanted end kills it and whatever it started."""
    deadline = time.monotonic() + seconds
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            while process.poll() is None:
                if time.monotonic() > deadline:
                    raise Trouble(f"超过 {seconds:g} 秒没有结束")
                signals.pause(0.02)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return process.returncode
