"""PostgreSQL and Valkey, really started in a folder of their own."""

import shutil
from contextlib import closing

import psycopg2
import pytest
from launcher import postgres, services
from launcher.postgres import Postgres
from launcher.processes import born
from launcher.talk import Trouble
from launcher.valkey import Valkey


def ask(url: str, question: str) -> object:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_postgres_understands_chinese_and_keeps_its_rows(tmp_path):
    server = Postgres(tmp_path, throw_away=True)
    try:
        server.start()
        office = server.create("office")
        with closing(psycopg2.connect(office)) as connection, connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm; CREATE TABLE kept (name text)")
            cursor.execute("INSERT INTO kept VALUES ('人民检察院')")
            connection.commit()
        assert ask(office, "SELECT cardinality(show_trgm('人民检察院'))") > 0
        pid = server.child.process.pid
        server.stop()
        assert born(pid) == ""
        server.start()
        assert ask(office, "SELECT name FROM kept") == "人民检察院"
    finally:
        server.stop()
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == []


def test_postgres_starts_again_after_it_was_killed(tmp_path):
    server = Postgres(tmp_path, throw_away=True)
    try:
        server.start()
        server.child.process.kill()
        server.child.process.wait()
        assert ask(server.start(), "SELECT 1") == 1
    finally:
        server.stop()


def test_an_interrupted_making_of_the_cluster_is_made_anew(tmp_path):
    half_made = tmp_path / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")
    server = Postgres(tmp_path, throw_away=True)
    try:
        assert ask(server.start(), "SELECT 1") == 1
    finally:
        server.stop()


def test_data_of_another_version_are_not_touched(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("15\n")
    with pytest.raises(Trouble, match="PostgreSQL 15"):
        Postgres(tmp_path).start()


def test_where_namespaces_are_closed_root_uses_the_account(monkeypatch):
    """Root only: another user needs neither."""
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(postgres, "_works", lambda command: command[0] == "setpriv")
    assert postgres.not_as_root() == postgres.ACCOUNT
    monkeypatch.setattr(postgres, "_works", lambda command: False)
    with pytest.raises(Trouble, match="root"):
        postgres.not_as_root()


@pytest.mark.parametrize(
    "server",
    ["postgresql://postgres@/postgres?host=/run/x", "postgresql://u:p@h:5432/postgres"],
)
def test_a_new_database_has_the_address_of_its_server(server, monkeypatch):
    class Nothing:
        def __getattr__(self, name):
            return lambda *arguments: self

        def __enter__(self):
            return self

        def __exit__(self, *problem):
            return None

    monkeypatch.setattr(psycopg2, "connect", lambda url: Nothing())
    assert postgres.create_database(server, "new") == server.replace("/postgres?", "/new?").replace(
        "5432/postgres", "5432/new"
    )


def test_valkey_answers_and_ends(tmp_path):
    server = Valkey(tmp_path)
    try:
        address = server.start()
        assert address.startswith("redis+socket:///")
        assert server.answers()
        assert server.url(3).endswith("?virtual_host=3")
    finally:
        server.stop()
    assert not server.answers()
    assert born(server.child.process.pid) == ""


def test_given_addresses_start_nothing(tmp_path):
    given = services.Services(tmp_path, "postgresql://elsewhere/db", "redis://elsewhere/0")
    given.start()
    assert given.children == []
    assert given.environment() == {
        "DATABASE_URL": "postgresql://elsewhere/db",
        "REDIS_URL": "redis://elsewhere/0",
    }
