"""Ports, folders and the lock: what the launcher refuses, and in which words."""

import socket
import tempfile
from pathlib import Path

import pytest
from launcher import places
from launcher.talk import Trouble


def test_a_taken_port_is_named_with_a_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=f"端口 {port} 已被占用.*PORT="):
            places.check_port("127.0.0.1", port)


def test_a_port_that_was_just_left_can_be_taken_again():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)), server.accept()[0]:
            pass
    places.check_port("127.0.0.1", port)


@pytest.mark.parametrize("text", ["", "abc", "0", "70000", "-1", "８０００"])
def test_a_port_that_is_no_port_is_refused(text):
    with pytest.raises(Trouble, match="PORT"):
        places.port_number(text)


@pytest.mark.parametrize("host", ["203.0.113.7", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_refused(host):
    with pytest.raises(Trouble, match="HOST 不是本机可用的地址"):
        places.check_port(host, 18_000)


@pytest.fixture
def short_folder(monkeypatch):
    """The temporary folder, but not the long one that pytest gives each test."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        monkeypatch.setattr("tempfile.gettempdir", lambda: folder)
        yield Path(folder)


@pytest.mark.parametrize("name", ["d" * 90, "数据", "with blank", "query?x"])
def test_sockets_of_an_unwieldy_folder_lie_elsewhere(tmp_path, name, short_folder):
    folder = places.socket_folder(tmp_path / name)
    assert folder.parent == short_folder
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder == places.socket_folder(tmp_path / name)
    assert folder != places.socket_folder(tmp_path / f"{name}2")


def test_a_temporary_folder_may_be_too_long_as_well(tmp_path, monkeypatch):
    long = tmp_path / ("t" * 90)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(long))
    folder = places.socket_folder(tmp_path / ("d" * 90))
    assert folder.parent == Path("/tmp")
    places.leave_socket_folder(tmp_path / ("d" * 90))
    assert not folder.exists()


def test_papers_are_closed_to_others(tmp_path):
    folder = places.prepare_data_dir(tmp_path / "data")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_second_launcher_is_refused_until_the_first_has_ended(tmp_path):
    data_dir = places.prepare_data_dir(tmp_path / "data")
    first = places.only_one(data_dir)
    with first, pytest.raises(Trouble, match="已经在运行"), places.only_one(data_dir):
        pytest.fail("two launchers at once")
    with places.only_one(data_dir):
        assert Path(data_dir / "run" / "lock").exists()
