"""Brings `.venv` to what a requirements file says, then becomes the command that was asked for.

Runs before anything is installed, so it and what it imports stand on the standard library alone.
The file `.venv/installed` is the only proof of a finished installation: it is empty once the
environment exists, and holds the digests of the requirements that were installed completely.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from launcher import signals
from launcher.talk import (
    NO_SPACE,
    Trouble,
    complain,
    never_fail_on_characters,
    say,
    sentence_for,
    slow,
)

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PROOF = VENV / "installed"
LOG = VENV / "install.log"
UV_LOCK = Path(__file__).with_name("uv.txt")
# The set for tests begins with the product's own, so whoever has it needs nothing for bin/run.
INCLUDES = {"requirements-test.txt": ["requirements-test.txt", "requirements.txt"]}
SPACE_NEEDED = 1_000_000_000


class Failed(Exception):
    """A command of the installation ended with an error; its output is in the log."""


def digest(requirements: str) -> str:
    """Changes with the requirements, the Python they are for, and the place of the checkout."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    text = (ROOT / requirements).read_bytes()
    return hashlib.sha256(text + f"{version} {VENV}".encode()).hexdigest()


def is_installed(requirements: str) -> bool:
    return PROOF.exists() and digest(requirements) in PROOF.read_text().split() and _python_works()


def _python_works() -> bool:
    """The environment's Python is a link to the system's, which may have been upgraded away."""
    if Path(sys.prefix) == VENV:
        return True
    try:
        return subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@contextmanager
def _alone() -> Iterator[None]:
    """Two installations into one folder would spoil each other; the later one waits."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("另一个窗口正在安装组件，等它完成……")
            while not _locked(folder):
                signals.pause(0.2)
        yield
    finally:
        os.close(folder)


def _locked(folder: int) -> bool:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def install(requirements: str) -> None:
    if is_installed(requirements):
        return
    with _alone():
        if is_installed(requirements):
            return
        if shutil.disk_usage(ROOT).free < SPACE_NEEDED:
            raise Trouble(NO_SPACE)
        if not (PROOF.exists() and _python_works()):
            _make_venv()
        PROOF.write_text("")
        with slow("安装组件", 30):
            _install_packages(requirements)
        names = INCLUDES.get(requirements, [requirements])
        PROOF.write_text("\n".join(digest(name) for name in names) + "\n")


def _make_venv() -> None:
    with slow("准备 Python 环境", 5):
        PROOF.unlink(missing_ok=True)
        try:
            _run(sys.executable, "-m", "venv", "--clear", str(VENV), log=Path(os.devnull))
        except Failed:
            raise Trouble(
                "无法建立 Python 环境：请安装 venv 模块（Debian：apt install python3-venv）后再试。"
            ) from None


def _install_packages(requirements: str) -> None:
    """By uv where it can be had, since it is five times faster, else by pip."""
    LOG.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    wanted = ["--require-hashes", "-r", str(ROOT / requirements)]
    try:
        _run(*pip, "--retries", "1", "--require-hashes", "-r", str(UV_LOCK))
        uv = [str(VENV / "bin" / "uv"), "pip", "install", "--no-progress", "--system-certs"]
        _run(*uv, "--python", str(PYTHON), *wanted, extra=_index_of_pip())
        return
    except (Failed, OSError):
        say("  快速安装没有成功，改用 pip（约 90 秒）……")
    try:
        _run(*pip, *wanted)
    except Failed:
        if LOG.exists() and "No space left" in LOG.read_text(errors="replace"):
            raise Trouble(NO_SPACE) from None
        raise Trouble(
            f"安装组件失败：多半是没有网络或软件源不可用，请检查后再试（详见 {LOG}）。"
        ) from None


def _index_of_pip() -> dict[str, str]:
    """A mirror that pip is told to use is meant for uv too, which does not read pip.conf."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    ask = [str(PYTHON), "-m", "pip", "config", "get", "global.index-url"]
    answer = subprocess.run(ask, capture_output=True, text=True, check=False)
    mirror = os.environ.get("PIP_INDEX_URL") or answer.stdout.strip()
    return {"UV_DEFAULT_INDEX": mirror} if mirror else {}


def _run(*command: str, log: Path = LOG, extra: Mapping[str, str] | None = None) -> None:
    """Run one command to its end with its output in the log; a wanted stop ends it too."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=environment | dict(extra or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            while process.poll() is None:
                signals.pause(0.05)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, 9)
                process.wait()
    if process.returncode:
        raise Failed


def main(requirements: str, command: list[str]) -> int:
    """Install, then turn into the command: one process, so a signal always meets the right one."""
    never_fail_on_characters()
    signals.listen()
    try:
        install(requirements)
        if command:
            os.execv(PYTHON, [str(PYTHON), "-P", "-m", "launcher", *command])  # noqa: S606 (fixed list)
    except signals.Stopped:
        return 0 if command[:1] == ["run"] else 130
    except Trouble as trouble:
        complain(str(trouble))
        return 1
    except OSError as problem:
        complain(sentence_for(problem))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
