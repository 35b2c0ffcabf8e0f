"""The Dockerfile: what goes into the image, who runs in it; its steps are tried in a folder."""

import re

import pytest
from django.conf import settings

from tests.production import reading
from tests.production.processes import ROOT, environment, run

STAGES = reading.stages()
BUILD, FINAL = STAGES
COPIED = reading.copied()
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def said(stage, name):
    return [words for instruction, words in stage if instruction == name]


def test_the_base_is_pinned_and_the_same_in_both_stages():
    names = {words.split()[0] for stage in STAGES for words in said(stage, "FROM")}
    assert len(names) == 1
    assert re.fullmatch(r"python:3\.11\.\d+-slim-bookworm", names.pop())


def test_nobody_in_it_is_root():
    (user,) = said(FINAL, "USER")
    assert user == "10001:10001" == reading.compose()["services"]["web"]["user"]
    last = [name for name, _ in FINAL].index("USER")
    assert {name for name, _ in FINAL[last:]} == {"USER", "EXPOSE", "CMD"}
    made = " ".join(said(FINAL, "RUN"))
    for folder in ("files", "pages", "incoming", "static", "beat"):
        assert f"/data/{folder}" in made


def test_packages_come_by_their_digests_and_nothing_is_compiled():
    (install,) = [words for words in said(BUILD, "RUN") if "pip install" in words]
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install
    assert install.endswith("-r requirements.txt")
    text = str(STAGES)
    for tool in ("apt-get", "gcc", "build-essential", "requirements-test"):
        assert tool not in text


def test_it_starts_as_the_documents_say():
    assert reading.final_command() == reading.documented_commands()["web"]


def test_no_secret_is_in_it():
    words = str(STAGES)
    assert not re.search(r"SECRET_KEY|PASSWORD|DATABASE_URL|TOKEN", words)
    assert {line.split("=")[0] for line in said(BUILD, "ARG")} == {"PIP_INDEX_URL"}
    assert said(FINAL, "ARG") == []


def test_only_what_is_named_goes_in():
    """The list of what is let through is the list of what is copied."""
    rules = [line for line in IGNORED if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {line[1:] for line in rules if line.startswith("!")} == {str(path) for path in COPIED}
    assert not any(path.parts[0].startswith(".") or "tests" in path.parts for path in COPIED)


@pytest.mark.parametrize("path", COPIED, ids=str)
def test_what_is_copied_is_there(path):
    assert (ROOT / path).exists()


def test_every_app_is_copied():
    ours = {name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()}
    assert ours | {"config", "templates", "static", "locale"} <= {str(path) for path in COPIED}


def test_the_catalogues_are_made_in_it_and_the_static_files_by_prepare(image, tmp_path):
    assert (image / "locale/zh_Hans/LC_MESSAGES/django.mo").exists()
    env = environment(tmp_path)
    collect = ["python", "manage.py", "collectstatic", "--no-input"]
    answer = run(collect, env, cwd=image)
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()
    assert "collectstatic" in (ROOT / "bin/launcher/prepare.py").read_text()
