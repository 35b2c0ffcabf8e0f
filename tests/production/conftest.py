import shutil

import pytest

from tests.production import reading
from tests.production.house import House
from tests.production.processes import ROOT, environment, run


@pytest.fixture(scope="session")
def image(tmp_path_factory):
    """A folder with what the Dockerfile copies, after its steps that install nothing."""
    folder = tmp_path_factory.mktemp("image")
    aside = shutil.ignore_patterns("__pycache__", "*.mo")
    for path in reading.copied():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        source = ROOT / path
        if source.is_dir():
            shutil.copytree(source, target, ignore=aside)
        else:
            shutil.copy(source, target)
    for name, step in reading.stages()[0]:
        if name == "RUN" and " pip " not in step and " venv " not in step:
            program = ["sh", "-c", step]
            answer = run(program, environment(folder), cwd=folder)
            assert answer.returncode == 0, answer.stderr
    return folder


@pytest.fixture(scope="package")
def house(tmp_path_factory, image):
    running = House(tmp_path_factory.mktemp("house"), image)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def clerk(house):
    caller = house.caller()
    assert caller.sign_in("clerk").status == 302
    return caller


@pytest.fixture(scope="package")
def file(house):
    return f"/attachments/{house.seed['pk']}/"
