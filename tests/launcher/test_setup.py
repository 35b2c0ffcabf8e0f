"""What happens before anything is installed: which Python, which environment, which refusal."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from launcher import setup
from launcher.places import ROOT
from launcher.talk import NO_SPACE, Trouble


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A place of its own with two requirements files and no environment."""
    for name in ("requirements.txt", "requirements-test.txt"):
        (tmp_path / name).write_text(f"# {name}\n")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "PROOF", tmp_path / ".venv" / "installed")
    monkeypatch.setattr(setup, "LOG", tmp_path / ".venv" / "install.log")
    monkeypatch.setattr(setup, "_python_works", lambda: True)
    monkeypatch.setattr(setup, "_make_venv", lambda: (tmp_path / ".venv").mkdir())
    monkeypatch.setattr(setup, "_install_packages", lambda requirements: None)
    return tmp_path


def test_an_installation_is_done_once(checkout):
    assert not setup.is_installed("requirements.txt")
    setup.install("requirements.txt")
    assert setup.is_installed("requirements.txt")
    assert not setup.is_installed("requirements-test.txt")


def test_the_set_for_tests_serves_the_office_too(checkout):
    setup.install("requirements-test.txt")
    assert setup.is_installed("requirements.txt")


def test_changed_requirements_are_installed_again(checkout):
    setup.install("requirements.txt")
    (checkout / "requirements.txt").write_text("django==6.0\n")
    assert not setup.is_installed("requirements.txt")


def test_a_half_finished_installation_does_not_look_finished(checkout, monkeypatch):
    setup.install("requirements.txt")
    (checkout / "requirements.txt").write_text("django==6.0\n")

    def fail(requirements):
        raise Trouble("no network")

    monkeypatch.setattr(setup, "_install_packages", fail)
    with pytest.raises(Trouble):
        setup.install("requirements.txt")
    assert not setup.is_installed("requirements.txt")
    assert not setup.is_installed("requirements-test.txt")


def test_a_full_disk_is_said_before_anything_is_installed(checkout, monkeypatch):
    monkeypatch.setattr(setup, "SPACE_NEEDED", 10**18)
    with pytest.raises(Trouble, match=NO_SPACE):
        setup.install("requirements.txt")
    assert not (checkout / ".venv").exists()


def test_the_set_for_tests_holds_every_package_of_the_office():
    """Else installing it would not serve bin/run, as INCLUDES says it does."""

    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text().splitlines()
        return {line.rstrip(" \\") for line in lines if "==" in line and line[0].isalnum()}

    assert pins("requirements.txt") <= pins("requirements-test.txt")


def _start_with(tmp_path: Path, python: str) -> subprocess.CompletedProcess[str]:
    """bin/run in a fresh checkout on a machine whose only Python answers like this script."""
    (tmp_path / "bin" / "launcher").mkdir(parents=True)
    for name in ("run", "launcher/find-python.sh"):
        shutil.copy2(ROOT / "bin" / name, tmp_path / "bin" / name)
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "dirname").symlink_to(shutil.which("dirname"))
    (programs / "python3").write_text(f"#!/bin/sh\n{python}\n")
    (programs / "python3").chmod(0o755)
    return subprocess.run(
        [tmp_path / "bin" / "run"],
        env={"PATH": str(programs), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_old_python_is_refused_in_one_sentence(tmp_path):
    done = _start_with(tmp_path, "exit 1")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("需要 Python 3.11")
    assert done.stderr.count("\n") == 1


def test_a_python_without_venv_is_refused_in_one_sentence(tmp_path):
    done = _start_with(tmp_path, 'case "$2" in *ensurepip*) exit 1 ;; esac')
    assert done.returncode == 1
    assert "缺少 venv 模块" in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_network_one_sentence_names_the_log(tmp_path, monkeypatch, capfd):
    log = tmp_path / "install.log"
    monkeypatch.setattr(setup, "LOG", log)
    monkeypatch.setattr(setup, "PYTHON", Path("/bin/false"))
    with pytest.raises(Trouble, match="没有网络") as caught:
        setup._install_packages("requirements.txt")
    assert str(log) in str(caught.value)
    assert "Traceback" not in capfd.readouterr().err


def test_the_environment_of_the_launcher_is_not_handed_down(tmp_path):
    log = tmp_path / "log"
    setup._run("/usr/bin/env", log=log)
    assert "PYTHONPATH=" not in log.read_text()
    assert f"PATH={os.environ['PATH']}" in log.read_text()
