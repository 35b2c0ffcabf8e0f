"""bin/run as people meet it: it starts, it ends, it survives what happens to it.

127.0.0.2 is this machine too, but not one of the addresses that get the demonstration, which takes
half a minute to load.
"""

import os
import signal
import socket
import subprocess
import time
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from launcher import running
from launcher.places import ROOT, free_port
from launcher.processes import born

HOST = "127.0.0.2"
SECONDS = 60


class Started:
    """One bin/run in the background of a shell, which means: with INT ignored."""

    def __init__(self, data_dir: Path, log: Path, **extra: str) -> None:
        self.data_dir = data_dir
        self.log = log
        self.port = free_port(HOST)
        names = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
        inherited = {key: value for key, value in os.environ.items() if key not in names}
        self.environment = inherited | {
            "DATA_DIR": str(data_dir),
            "HOST": HOST,
            "PORT": str(self.port),
            **extra,
        }
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                ["sh", "-c", 'trap "" INT; exec "$0"', ROOT / "bin" / "run"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def until(self, words: str) -> str:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            said = self.log.read_text()
            if words in said:
                return said
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        pytest.fail(f"never said {words!r}: {self.log.read_text()}")

    def pids(self) -> dict[str, int]:
        notes = (self.data_dir / "run").glob("*.pid")
        return {note.stem: int(note.read_text().split()[0]) for note in notes}

    def end(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(30)


def assert_gone(pids: dict[str, int]) -> None:
    assert {name: born(pid) for name, pid in pids.items()} == dict.fromkeys(pids, "")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """One for all, since the first start is the slow one."""
    return tmp_path_factory.mktemp("office") / "data"


@pytest.fixture
def start(data_dir, tmp_path):
    begun: list[Started] = []

    def begin(**extra: str) -> Started:
        begun.append(Started(data_dir, tmp_path / f"{len(begun)}.log", **extra))
        return begun[-1]

    yield begin
    for one in begun:
        one.end()


@pytest.mark.journey
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_wanted_end_leaves_no_process(start, number):
    office = start()
    office.until("按 Ctrl+C 停止")
    pids = office.pids()
    assert set(pids) == {"web", "worker", "beat", "postgres", "valkey"}
    began = time.monotonic()
    assert office.end(number) == 0
    assert time.monotonic() - began < 15
    assert_gone(pids)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, office.port), timeout=1)


@pytest.mark.journey
def test_an_end_during_the_start_leaves_no_process(start, data_dir):
    office = start()
    while not office.pids():
        time.sleep(0.01)
    pids = office.pids()
    assert office.end(signal.SIGINT) == 0
    assert_gone(pids)
    assert office.pids() == {}


@pytest.mark.journey
def test_a_second_launcher_is_sent_away(start):
    office = start()
    office.until("按 Ctrl+C 停止")
    second = start()
    assert second.process.wait(20) == 1
    assert second.log.read_text().count("\n") == 1
    assert "已经在运行" in second.log.read_text()
    assert office.process.poll() is None


@pytest.mark.journey
def test_after_a_killed_launcher_the_next_one_cleans_up(start):
    killed = start()
    killed.until("按 Ctrl+C 停止")
    left = killed.pids()
    killed.end(signal.SIGKILL)
    assert any(born(pid) for pid in left.values())
    office = start(PORT=str(killed.port))
    assert "已结束上次遗留的进程" in office.until("按 Ctrl+C 停止")
    assert_gone(left)
    pids = office.pids()
    os.kill(pids["beat"], signal.SIGKILL)
    office.until("定时任务意外停止，正在重新启动")
    os.kill(pids["postgres"], signal.SIGKILL)
    assert office.process.wait(30) == 1
    said = office.log.read_text()
    assert "数据库意外停止" in said
    assert "postgres.log" in said
    assert "Traceback" not in said
    assert_gone(pids)
    assert office.pids() == {}


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"PORT": "http"}, "PORT 应为"),
        ({"HOST": "203.0.113.7"}, "HOST 不是本机可用的地址"),
        ({"DATA_DIR": "/proc/office"}, "/proc/office"),
    ],
)
def test_what_is_given_wrong_is_refused_in_one_sentence(tmp_path, environment, words):
    office = Started(tmp_path / "data", tmp_path / "log", **environment)
    assert office.process.wait(20) == 1
    said = office.log.read_text()
    assert words in said
    assert said.count("\n") == 1


def test_a_taken_port_is_refused_before_anything_starts(tmp_path):
    with socket.create_server((HOST, 0)) as other:
        port = str(other.getsockname()[1])
        office = Started(tmp_path / "data", tmp_path / "log", PORT=port)
        assert office.process.wait(20) == 1
    assert f"端口 {port} 已被占用" in office.log.read_text()
    assert office.log.read_text().count("\n") == 1
    assert not (tmp_path / "data" / "postgres").exists()


def test_the_start_names_whom_to_try_and_where_all_others_are(tmp_path, capsys):
    logins = tmp_path / "demo-logins.txt"
    office = SimpleNamespace(data_dir=tmp_path, url="http://127.0.0.1:8000/")
    running._announce(office, 3.0)
    assert "演示账号" not in capsys.readouterr().out
    logins.write_text("先试这几位\n  zhou  p4ss  周\n\n某院\n  zhou  p4ss  周\n  wu  w0rd  吴\n")
    running._announce(office, 3.0)
    said = capsys.readouterr().out
    assert said.count("zhou  p4ss") == 1
    assert "w0rd" not in said
    assert f"其他人的账号和密码都在 {logins}" in said


def test_a_broken_part_is_started_more_and_more_rarely(monkeypatch):
    now = 0.0
    monkeypatch.setattr(running.time, "monotonic", lambda: now)

    class Dead:
        is_alive = False

    guard = running._Guard(Dead())
    starts = []
    for tick in range(240):
        now = tick / 2
        if guard.is_due():
            starts.append(now)
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert gaps == sorted(gaps)
    assert gaps[-1] >= running.LONGEST_BACK_OFF
