"""docker-compose.yml against the settings, the documents and the rules of a careful operator."""

import os
import re
import shutil
import subprocess
import tomllib

import pytest
from launcher.postgres import binaries, not_as_root

from tests.production import reading
from tests.production.processes import ROOT, run

COMPOSE = reading.compose()
SERVICES = COMPOSE["services"]
PRODUCT = reading.PRODUCT
LASTING = {"files", "pages", "incoming"}
PINNED = re.compile(r"[\w./-]+:\d+\.\d+(\.\d+)?(-\w+)?")


def volumes_of(service):
    """Where each named volume or folder lies in a service, and whether it may be written."""
    found = {}
    for volume in SERVICES[service].get("volumes", []):
        if isinstance(volume, str):
            source, target, *mode = re.sub(r"\$\{\w+:-([^}]+)\}", r"\1", volume).split(":")
            found[source] = (target, mode != ["ro"])
        else:
            found[volume["source"]] = (volume["target"], not volume.get("read_only", False))
    return found


def test_the_services_are_these():
    assert set(SERVICES) == {*PRODUCT, "postgres", "redis", "nginx"}
    for name in PRODUCT:
        assert "scale" not in SERVICES[name]
        assert "deploy" not in SERVICES[name]


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_has_a_version(name):
    assert PINNED.fullmatch(SERVICES[name]["image"])


def test_the_products_image_has_the_products_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    images = {SERVICES[name]["image"] for name in PRODUCT}
    assert images == {f"procuratorate-office:{version}"}


def test_the_database_is_the_version_that_bin_run_brings():
    program = binaries() / "postgres"
    version = run([str(program), "--version"], dict(os.environ)).stdout.split()[-1]
    assert SERVICES["postgres"]["image"].startswith(f"postgres:{version.partition('.')[0]}.")


def test_commands_are_those_of_the_documents():
    commands = {name: SERVICES[name]["command"] for name in PRODUCT}
    assert commands == reading.documented_commands()


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_broken_program_could_do_is_little(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    user, group = service["user"].split(":")
    assert int(user) > 0
    assert int(group) > 0
    assert "privileged" not in service
    assert "docker.sock" not in str(service)
    assert service["logging"]["driver"] == "json-file"
    assert set(service["logging"]["options"]) == {"max-size", "max-file"}


@pytest.mark.parametrize("name", SERVICES)
def test_what_dies_is_started_again(name):
    assert SERVICES[name]["restart"] == ("no" if name == "prepare" else "unless-stopped")
    assert ("healthcheck" in SERVICES[name]) == (name != "prepare")


def test_the_products_health_is_what_healthz_says():
    for name in set(PRODUCT) - {"prepare"}:
        check = SERVICES[name]["healthcheck"]["test"]
        assert check == ["CMD", "python", "deploy/alive.py", name]
    assert "/healthz" in SERVICES["nginx"]["healthcheck"]["test"][1]


def test_one_waits_for_the_other():
    waits = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in SERVICES.items()
    }
    ready = {
        "postgres": "service_healthy",
        "redis": "service_healthy",
        "prepare": "service_completed_successfully",
    }
    assert waits == {
        "postgres": {},
        "redis": {},
        "prepare": {"postgres": "service_healthy"},
        "web": ready,
        "worker": ready,
        "scheduler": ready,
        "nginx": {"web": "service_healthy"},
    }


def test_only_nginx_can_be_reached_and_only_the_worker_gets_out():
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["nginx"]
    closed = {name for name, how in COMPOSE["networks"].items() if how.get("internal")}
    reached = {name: set(service["networks"]) - closed for name, service in SERVICES.items()}
    assert {name for name, open_ones in reached.items() if open_ones} == {"nginx", "worker"}
    assert "inside" not in SERVICES["nginx"]["networks"]
    assert set(SERVICES["postgres"]["networks"]) == {"inside"}


@pytest.mark.parametrize("name", PRODUCT)
def test_every_setting_is_known_and_every_known_one_can_be_set(name):
    given = SERVICES[name]["environment"]
    only_local = {"HOST"}
    assert set(given) == reading.settings_read() - only_local | {"DJANGO_SETTINGS_MODULE"}
    assert given["DJANGO_SETTINGS_MODULE"] == "config.settings.production"
    for switch in ("HTTPS", "TRUSTED_PROXIES", "INTERNAL_DOWNLOADS"):
        assert given[switch] == "1"


def test_what_is_compulsory_is_given_and_no_secret_has_a_default():
    given = SERVICES["web"]["environment"]
    assert reading.compulsory_settings() == {
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "REDIS_URL",
    }
    assert all(given[name] for name in reading.compulsory_settings())
    assert re.fullmatch(r"\$\{SECRET_KEY:\?[^}]+\}", given["SECRET_KEY"])
    assert re.fullmatch(r"\$\{SITE_HOST:\?[^}]+\}", given["ALLOWED_HOSTS"])
    assert re.search(r"//office:\$\{DATABASE_PASSWORD:\?[^}]+\}@postgres:", given["DATABASE_URL"])
    password = SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"]
    assert re.fullmatch(r"\$\{POSTGRES_PASSWORD:\?[^}]+\}", password)


def test_a_new_installation_gets_secrets_of_its_own():
    program = ["sh", "deploy/make-env.sh", "office.example"]
    first, second = (run(program, {"PATH": os.environ["PATH"]}).stdout for _ in range(2))
    made = dict(line.split("=") for line in first.splitlines())
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert set(made) == set(re.findall(r"\$\{(\w+):\?", text))
    assert made.pop("SITE_HOST") == "office.example"
    assert len(made["SECRET_KEY"]) >= 50
    for value in made.values():
        assert re.fullmatch(r"[0-9a-f]{48,}", value)
        assert value not in second


def test_secrets_are_never_committed():
    for path in (".env", "tls/privkey.pem"):
        assert run(["git", "check-ignore", "-q", path], dict(os.environ)).returncode == 0


def test_what_must_last_lies_in_named_volumes_and_is_shared():
    used = {source for name in SERVICES for source in volumes_of(name) if source[0] != "."}
    assert used == set(COMPOSE["volumes"])
    web, worker = volumes_of("web"), volumes_of("worker")
    for volume in LASTING:
        assert web[volume] == worker[volume] == (f"/data/{volume}", True)
    assert volumes_of("postgres")["postgres"] == ("/var/lib/postgresql", True)
    assert volumes_of("scheduler")["beat"] == ("/data/beat", True)
    assert SERVICES["scheduler"]["command"][-1].startswith("/data/beat/")


def test_nginx_reads_what_it_sends_and_nothing_else():
    seen = volumes_of("nginx")
    shared = {name: f"/data/{name}" for name in ("static", "files", "pages")}
    for volume, target in shared.items():
        assert seen.pop(volume) == (target, False)
    assert seen == {"./deploy": ("/deploy", False), "./tls": ("/tls", False)}
    assert SERVICES["nginx"]["user"].split(":")[1] == SERVICES["web"]["user"].split(":")[1]


def test_folders_that_are_mounted_are_there():
    for name in SERVICES:
        for source in volumes_of(name):
            if source.startswith("./") and source != "./tls":  # the operator brings that one
                assert (ROOT / source).exists()


def test_redis_evicts_nothing_and_keeps_nothing():
    command = SERVICES["redis"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--save") + 1] == ""
    assert "redis" not in COMPOSE["volumes"]


def test_the_database_is_made_for_chinese(tmp_path):
    """By the very arguments, with the server of bin/run."""
    options = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    folder, env = tmp_path / "cluster", {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    folder.mkdir(mode=0o700)
    prefix = not_as_root()
    if prefix[:1] == ["setpriv"]:
        shutil.chown(folder, "nobody", "nogroup")
    maker = [*prefix, str(binaries() / "initdb"), "-D", str(folder), "--no-sync", "-U", "postgres"]
    assert run([*maker, *options], env).returncode == 0
    single = [*prefix, str(binaries() / "postgres"), "--single", "-D", str(folder), "template1"]
    ask = "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale FROM pg_database"
    said = subprocess.run(single, env=env, input=ask, capture_output=True, text=True, check=True)
    found = set(re.findall(r'(\w+) = "([^"]*)"', said.stdout))
    assert found == {
        ("pg_encoding_to_char", "UTF8"),
        ("datlocprovider", "b"),
        ("datlocale", "C.UTF-8"),
    }
