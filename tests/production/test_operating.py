"""docs/operating.md says what there is, all of it, and nothing that is not there."""

import re

from tests.production import reading
from tests.production.processes import ROOT

ONLY_BIN_RUN = {"PORT", "DJANGO_SETTINGS_MODULE"}


def test_the_table_of_settings_is_the_settings():
    assert reading.documented_settings() - ONLY_BIN_RUN == reading.settings_read()


def test_every_file_of_the_deployment_that_is_named_exists():
    named = set(re.findall(r"\bdeploy/[\w.-]+", reading.text_of_operating()))
    assert {"deploy/make-env.sh", "deploy/nginx.conf"} <= named
    for path in named:
        assert (ROOT / path).exists(), path


def test_every_service_that_is_named_exists():
    services = set(reading.compose()["services"])
    found = re.findall(r"docker compose (\w+)([^`#\n]*)", reading.text_of_operating())
    verbs = {verb for verb, _ in found}
    assert verbs <= {"build", "up", "ps", "exec", "run", "stop", "logs", "restart"}
    for verb, rest in found:
        words = [word for word in rest.split() if word[0] != "-"]
        if verb in {"stop", "restart"}:
            assert set(words) <= services, rest
        elif verb in {"exec", "run", "logs"}:
            assert services & set(words), rest


def test_without_containers_the_commands_are_the_same_programs():
    """Every option that a person replaces is in the command of the table."""
    commands = reading.documented_commands()
    assert "--bind" in commands["web"]
    assert commands["scheduler"][-2] == "-s"
