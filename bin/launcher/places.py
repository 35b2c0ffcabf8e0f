"""Where the launcher keeps its things, and how it keeps two launchers apart."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from launcher.talk import Trouble

ROOT = Path(__file__).resolve().parents[2]
# A unix socket path is cut at 104 bytes on some systems; the longest name we append has 24.
LONGEST_SOCKET_FOLDER = 75


def prepare_data_dir(folder: Path) -> Path:
    """The office's papers are nobody else's business on this machine."""
    folder = folder.absolute()
    for path in (folder, folder / "run", folder / "logs"):
        path.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def socket_folder(data_dir: Path) -> Path:
    """A folder whose path is short, and plain enough to be part of an address."""
    inside = data_dir.absolute() / "run"
    name = hashlib.sha256(str(inside).encode()).hexdigest()[:12]
    elsewhere = [Path(tempfile.gettempdir()), Path("/tmp")]  # noqa: S108 (owned and closed below)
    candidates = [inside, *(folder / f"office-{os.geteuid()}-{name}" for folder in elsewhere)]
    folder = next((path for path in candidates if _is_handy(path)), candidates[-1])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise Trouble(f"文件夹 {folder} 属于别的用户：请删除它，或换一个 DATA_DIR。")
    folder.chmod(0o700)
    return folder


def _is_handy(folder: Path) -> bool:
    short = len(str(folder)) <= LONGEST_SOCKET_FOLDER
    return short and re.fullmatch(r"[A-Za-z0-9_./-]+", str(folder)) is not None


def leave_socket_folder(data_dir: Path) -> None:
    """One that had to lie elsewhere goes when nothing is in it any more."""
    folder = socket_folder(data_dir)
    if data_dir.absolute() not in folder.parents:
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """One launcher for each DATA_DIR. The lock ends with its process, however that ends."""
    with (data_dir / "run" / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(
                f"办公系统已经在运行（数据文件夹 {data_dir}）：不能同时启动两次。"
            ) from None
        yield


def port_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Trouble(f"PORT 应为 1 到 65535 之间的数字，现在是“{text}”。")
    return int(text)


def free_port(host: str) -> int:
    with _bound(host, 0) as probe:
        return int(probe.getsockname()[1])


def check_port(host: str, port: int) -> None:
    """Ask for the port before anything slow begins."""
    try:
        _bound(host, port).close()
    except PermissionError:
        raise Trouble(f"没有权限使用端口 {port}：请用 PORT=8000 这样大于 1023 的端口。") from None
    except socket.gaierror:
        raise Trouble(f"HOST 不是本机可用的地址：{host}。") from None
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise Trouble(
                f"端口 {port} 已被占用：请先停掉占用它的程序，"
                f"或换一个端口，例如 PORT={port + 1 if port < 65535 else 8000} bin/run。"
            ) from None
        raise Trouble(f"HOST 不是本机可用的地址：{host}。") from None


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    probe = socket.socket(family, kind, protocol)
    try:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        # Linux lets two sockets with SO_REUSEADDR bind; only listening tells that somebody listens.
        probe.listen(1)
    except BaseException:
        probe.close()
        raise
    return probe
