"""Production does not start without what it needs, and says which."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "office.example",
    "DATABASE_URL": "postgresql://office@/office?host=/nowhere&sslmode=prefer",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
ASK = "from django.conf import settings as s; print(s.DATABASES['default']['OPTIONS'])"


def started(**changes):
    settings = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env={"PATH": os.environ["PATH"]} | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_with_all_of_them_and_keeps_the_time_limits():
    answer = started()
    assert answer.returncode == 0, answer.stderr
    assert "statement_timeout=30s" in answer.stdout
    assert "sslmode" in answer.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_what_is_missing_is_named(name):
    answer = started(**{name: None})
    assert answer.returncode != 0
    assert name in answer.stderr


def test_a_short_secret_is_none():
    answer = started(SECRET_KEY="x")
    assert answer.returncode != 0
    assert "SECRET_KEY" in answer.stderr


def test_a_secret_may_come_from_a_file(tmp_path):
    path = tmp_path / "key"
    path.write_text("k" * 60 + "\n")
    assert started(SECRET_KEY=None, SECRET_KEY_FILE=str(path)).returncode == 0
    path.write_text("short\n" + " " * 60)
    assert "SECRET_KEY" in started(SECRET_KEY=None, SECRET_KEY_FILE=str(path)).stderr
