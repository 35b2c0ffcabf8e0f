"""An office of its own whose processes are killed, restarted, and live in another time."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import redis
from launcher.office import Office
from launcher.places import ROOT
from launcher.processes import Child
from launcher.talk import Trouble

from tests.faults.waiting import until

CLOCK = Path(__file__).parent / "clock"
SECONDS = 60  # for whatever should take a moment


class Place(Office):
    """`at` is the office's own time when the tests move it: "2026-03-10T09:00:00+08:00"."""

    def __init__(self, data_dir: Path, at: str, **env: str) -> None:
        super().__init__(data_dir, env={"PYTHONPATH": str(CLOCK), **env})
        self.set_clock(at)
        self.teller: subprocess.Popen[str] | None = None

    def set_clock(self, at: str) -> None:
        """Counts for the processes that are started from now on."""
        ahead = datetime.fromisoformat(at) - datetime.now(UTC)
        self.extra["CLOCK_AHEAD"] = str(ahead.total_seconds())

    def stop(self) -> None:
        """Its data are thrown away: nobody waits for a good end. A red test shows the logs."""
        self.close_teller()
        for name, part in self.parts.items():
            self.kill(name)
            sys.stdout.write(f"--- {name}\n{part.last_lines(30)}\n")
        super().stop()

    # Its processes

    def run(self, *names: str) -> None:
        for name in names:
            self.start_part(name)

    def kill(self, name: str) -> None:
        """SIGKILL to the whole group: a worker with its children, gunicorn with its workers."""
        self.send(name, signal.SIGKILL)
        if process := self.child(name).process:
            process.wait(SECONDS)

    def send(self, name: str, number: int) -> None:
        child = self.child(name)
        if child.is_alive and child.process:
            os.killpg(child.process.pid, number)

    def child(self, name: str) -> Child:
        return {child.name: child for child in self.children}[name]

    def stop_database(self) -> None:
        self.services.postgres.stop()

    def kill_database(self) -> None:
        """Without its master every server process ends as soon as it notices."""
        self.kill("postgres")

    def start_database(self) -> None:
        """After a kill the old server processes may hold its memory for another moment."""
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                self.services.postgres.start()
            except Trouble:
                if time.monotonic() > deadline:
                    raise
            else:
                return

    # What is in it

    def rows(self, question: str, *values: object) -> list[tuple]:
        with closing(self.line()) as line, line.cursor() as cursor:
            cursor.execute(question, values)
            return cursor.fetchall()

    def line(self) -> psycopg2.extensions.connection:
        return psycopg2.connect(self.services.database_url, connect_timeout=SECONDS)

    @contextmanager
    def held(self, lock: str) -> Iterator[None]:
        """What another process would hold while it is at work: "LOCK TABLE …", "… FOR UPDATE"."""
        with closing(self.line()) as line, line.cursor() as cursor:
            cursor.execute(lock)
            yield

    def until_somebody_waits_for(self, table: str) -> None:
        question = """
            SELECT count(*) FROM pg_locks
            WHERE NOT granted AND relation = %s::regclass
        """
        until(lambda: self.rows(question, table) != [(0,)], SECONDS, f"a wait for {table}")

    def is_quiet(self) -> bool:
        """No other conversation with the database is doing anything."""
        question = """
            SELECT count(*) FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'
        """
        return self.rows(question) == [(0,)]

    def flush(self) -> None:
        with self.broker() as broker:
            broker.flushall()

    def has_nothing_queued(self) -> bool:
        """Nothing waits for a worker, and no worker has anything in hand."""
        with self.broker() as broker:
            return not broker.llen("celery") and not broker.hlen("unacked")

    def broker(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.services.valkey.socket))

    def close_teller(self) -> None:
        """The next question is put to a new one, which lives in the time of that moment."""
        if self.teller:
            self.teller.kill()
            self.teller.communicate()
            self.teller = None

    def ask(self, name: str, **values: object) -> object:
        """Call a function of tests/faults/inside.py within the office."""
        if self.teller is None:
            self.teller = self._teller()
        self.teller.stdin.write(json.dumps([name, values]) + "\n")
        self.teller.stdin.flush()
        ready, _, _ = select.select([self.teller.stdout], [], [], 2 * SECONDS)
        assert ready, f"no answer to {name}"
        answer = self.teller.stdout.readline()
        assert answer, "the teller ended: its error is among what was captured"
        return json.loads(answer)

    def _teller(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.faults.teller"]
        return subprocess.Popen(
            command,
            env=self.environment(),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
