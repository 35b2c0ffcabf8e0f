"""The parts of an office: how each is started, and a second one beside the first."""

import pytest
from launcher import office
from launcher.office import Office


@pytest.fixture
def place(tmp_path):
    return Office(tmp_path, "postgresql://elsewhere/db", "redis://elsewhere/0", port=8123)


@pytest.fixture
def commands(monkeypatch):
    """What was started, by name, instead of starting it."""
    started = {}

    class Noted:
        def __init__(self, name, data_dir, cwd):
            self.name = name

        def start(self, command, environment):
            started[self.name] = command

    monkeypatch.setattr(office, "Child", Noted)
    return started


def test_a_second_worker_and_scheduler_have_names_and_files_of_their_own(commands, tmp_path):
    place = Office(tmp_path, "postgresql://elsewhere/db", "redis://elsewhere/0", port=8123)
    for name in ("worker", "worker-2", "beat", "beat-2"):
        place.start_part(name)
    assert list(place.parts) == ["web", "worker", "beat", "worker-2", "beat-2"]
    assert commands["worker"][-1] == "worker@%h"
    assert commands["worker-2"][-1] == "worker-2@%h"
    assert commands["beat"][-1] == str(tmp_path / "beat-schedule")
    assert commands["beat-2"][-1] == str(tmp_path / "beat-2-schedule")
    assert "gunicorn" not in commands["worker-2"]


def test_an_office_starts_each_of_its_parts_once(place, monkeypatch):
    order = []
    monkeypatch.setattr(place, "prepare", lambda: order.append("prepare"))
    monkeypatch.setattr(place, "start_part", order.append)
    monkeypatch.setattr(place, "_wait_until_healthy", lambda: order.append("healthy"))
    assert place.start() is place
    assert order == ["prepare", "web", "worker", "beat", "healthy"]
