"""Database and broker together, started at the same time, and the environment that names them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from launcher.places import leave_socket_folder, prepare_data_dir
from launcher.postgres import Postgres
from launcher.processes import Child, end, end_left_over
from launcher.valkey import Valkey


class Services:
    """What an office needs beside its own processes; an address that is given is left to others."""

    def __init__(
        self,
        data_dir: Path,
        database_url: str | None = None,
        redis_url: str | None = None,
        *,
        throw_away: bool = False,
    ) -> None:
        self.data_dir = data_dir
        self.database_url = database_url
        self.redis_url = redis_url
        self.postgres = None if database_url else Postgres(data_dir, throw_away=throw_away)
        self.valkey = None if redis_url else Valkey(data_dir, throw_away=throw_away)

    @property
    def children(self) -> list[Child]:
        return [service.child for service in (self.postgres, self.valkey) if service]

    def start(self) -> None:
        if self.valkey:
            self.valkey.launch()
        if self.postgres:
            self.postgres.launch()
        if self.valkey:
            self.valkey.wait()
            self.redis_url = self.valkey.url()
        if self.postgres:
            self.postgres.wait()
            self.database_url = self.postgres.url()

    def stop(self) -> None:
        end(self.children, 6)
        if self.children:
            leave_socket_folder(self.data_dir)

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database_url or "", "REDIS_URL": self.redis_url or ""}


@contextmanager
def thrown_away() -> Iterator[dict[str, str]]:
    """Services in a temporary folder, and the environment for whatever is to run beside them.

    TMPDIR lies in that folder too: what tests leave there, running or lying, goes with it.
    """
    with ExitStack() as ending:
        folder = Path(tempfile.mkdtemp(prefix="office-"))
        ending.callback(shutil.rmtree, folder, ignore_errors=True)
        data_dir = prepare_data_dir(folder)
        services = Services(data_dir, throw_away=True)
        ending.callback(services.stop)
        services.start()
        left = folder / "tmp"
        left.mkdir()
        ending.callback(_end_below, left)
        yield services.environment() | {"DATA_DIR": str(data_dir), "TMPDIR": str(left)}


def _end_below(folder: Path) -> None:
    """Offices that a test forgot, or could not stop because it was killed."""
    for run in list(folder.rglob("run")):
        end_left_over(run.parent)
