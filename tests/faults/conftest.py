"""Offices that are killed in many ways, and the mail server their messages go to."""

import subprocess

import pytest

from tests.faults.place import Place
from tests.faults.sink import Sink

pytest.register_assert_rewrite("tests.faults.arrived")  # it asserts for others


@pytest.fixture
def sink():
    with Sink() as started:
        yield started


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """The folder of an office with its tables and people, which nobody has worked in."""
    place = Place(tmp_path_factory.mktemp("furnished") / "office", "2026-01-05T09:00:00+08:00")
    try:
        place.prepare()
        place.ask("people")
    finally:
        place.stop()
    return place.data_dir


@pytest.fixture
def open_office(furnished, sink, tmp_path):
    """`open_office("2026-03-10T09:00:00+08:00")`: services and people; no part runs yet."""
    opened = []

    def furnish(at, **env):
        mail = {"EMAIL_URL": sink.url, "EMAIL_FROM": "office@beiqiu.invalid"}
        quick = {"REMINDER_SCAN_SECONDS": "2", "SITE_URL": "http://office.invalid"}
        folder = tmp_path / f"office-{len(opened)}"
        subprocess.run(["cp", "-a", furnished, folder], check=True)  # the database keeps its owner
        place = Place(folder, at, **{**mail, **quick, **env})
        opened.append(place)
        place.services.start()
        return place

    yield furnish
    for place in opened:
        place.stop()
