"""The product's programs under production settings, as processes, on databases of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import sql

ROOT = Path(__file__).resolve().parents[2]
HOST = "office.example"
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "a-key-for-tests-of-" + "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": HOST,
    "DATABASE_URL": "postgresql://office@/office?host=/nowhere",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "HTTPS": "1",
}


def environment(data_dir, **changes):
    """As the containers have it: nothing of the machine's own but where programs are."""
    given = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), **SETTINGS, **changes}
    return {name: str(value) for name, value in given.items() if value is not None}


def run(command, env, cwd=ROOT):
    """`command` as a list; `python` is ours."""
    program = [sys.executable, *command[1:]] if command[0] == "python" else command
    return subprocess.run(program, env=env, cwd=cwd, capture_output=True, text=True, check=False)


@contextmanager
def database(name: str, options: str = "") -> Iterator[str]:
    """A new empty one on the tests' server, and its address; it goes in the end."""
    before, _, rest = os.environ["DATABASE_URL"].partition("?")
    server = f"{before.rpartition('/')[0]}/postgres?{rest}"  # ours may not be made yet
    mine = f"{name}_{os.getpid()}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(mine))
    create = sql.SQL("CREATE DATABASE {} " + options).format(sql.Identifier(mine))
    _say(server, drop)
    _say(server, create)
    try:
        yield f"{before.rpartition('/')[0]}/{mine}?{rest}"
    finally:
        _say(server, drop)


def _say(server: str, sentence: sql.Composable) -> None:
    with closing(psycopg2.connect(server)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(sentence)
