"""Brings database and static files up to date, in one process to save the start of three.

Run as `python -m launcher.prepare [--demonstration]` with the office's environment.
"""

from __future__ import annotations

import logging
import sys

import django
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError, SystemCheckError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from launcher.talk import complain, never_fail_on_characters, slow


def check_database() -> None:
    """Before the first table: what is in a database of the wrong kind is hard to move."""
    for message in run_checks(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS]):
        if message.is_serious():
            raise SystemCheckError(message.msg)


def migrate() -> None:
    """Announced only when there is something to do; else it is too quick to speak of."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        with slow("建立数据库表", 10):
            call_command("migrate", "--no-input", verbosity=0)


def main(arguments: list[str]) -> int:
    never_fail_on_characters()
    logging.captureWarnings(True)
    try:
        django.setup()
        check_database()
        migrate()
        call_command("collectstatic", "--no-input", verbosity=0)
        call_command("load_reference")
        if "--demonstration" in arguments and "demo" in get_commands():
            call_command("demo", "--if-empty")
    except OperationalError as problem:
        complain(f"连不上数据库，请检查 DATABASE_URL 和数据库服务：{problem}".strip())
    except (CommandError, SystemCheckError, ImproperlyConfigured) as problem:
        complain(f"准备工作没有完成：{problem}")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
