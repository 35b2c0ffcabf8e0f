"""What the product says of its own settings and of the database it is given."""

import pytest
from django.conf import settings

from organization.checks import database_knows_chinese
from tests.production.processes import database, environment, run

DEPLOY = ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
LIBC, BUILTIN = "LOCALE_PROVIDER libc LOCALE 'C'", "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C'"
OLD_DATABASES = [
    ("SQL_ASCII", LIBC),
    ("UTF8", LIBC),
    ("UTF8", BUILTIN),
    ("LATIN1", BUILTIN + " LOCALE 'C'"),
]


def test_behind_https_nothing_is_left_to_warn_of(tmp_path):
    (tmp_path / "static").mkdir()
    answer = run(DEPLOY, environment(tmp_path))
    assert answer.returncode == 0, answer.stderr
    assert "no issues (0 silenced)" in answer.stdout + answer.stderr


def test_without_https_it_warns(tmp_path):
    (tmp_path / "static").mkdir()
    answer = run(DEPLOY, environment(tmp_path, HTTPS=None))
    assert answer.returncode != 0
    for warning in ("security.W004", "security.W008", "security.W012", "security.W016"):
        assert warning in answer.stderr


def test_no_warning_is_gone_because_its_guard_is_gone():
    """Django warns of a guard that is set wrongly, not of one that nobody asked for."""
    wanted = [
        "django.middleware.security.SecurityMiddleware",
        "csp.middleware.CSPMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        "axes.middleware.AxesMiddleware",
    ]
    assert [name for name in settings.MIDDLEWARE if name in wanted] == wanted
    assert settings.MIDDLEWARE[0] == wanted[0]
    assert not getattr(settings, "SILENCED_SYSTEM_CHECKS", [])


@pytest.mark.parametrize(("encoding", "locale"), OLD_DATABASES)
def test_a_database_that_does_not_know_chinese_is_refused(tmp_path, encoding, locale):
    with database("wrong", f"TEMPLATE template0 ENCODING '{encoding}' {locale}") as address:
        env = environment(tmp_path, DATABASE_URL=address, PYTHONPATH="bin")
        answer = run(["python", "-m", "launcher.prepare"], env)
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"准备工作没有完成：数据库编码为 {encoding}、区域设置为 C")
    assert not (tmp_path / "static").exists()


@pytest.mark.django_db
def test_the_database_of_bin_run_knows_chinese():
    assert database_knows_chinese(databases=["default"]) == []
