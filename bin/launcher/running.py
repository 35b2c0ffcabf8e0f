"""bin/run: one office for the people at this machine, until somebody ends it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from launcher import signals
from launcher.office import NAMES, Office
from launcher.places import ROOT, check_port, only_one, port_number, prepare_data_dir
from launcher.processes import Child, end_left_over
from launcher.talk import Trouble, say

LONGEST_BACK_OFF = 30
STEADY_AFTER = 60
# The demonstration's passwords are printed and never change: it stays on this machine.
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def run() -> int:
    """0 when somebody wanted the end; everything that was started has ended then."""
    began = time.monotonic()
    host = os.environ.get("HOST") or "127.0.0.1"
    port = port_number(os.environ.get("PORT") or "8000")
    data_dir = prepare_data_dir(Path(os.environ.get("DATA_DIR") or ROOT / ".data"))
    with only_one(data_dir):
        left_over = end_left_over(data_dir)
        if left_over:
            say(f"已结束上次遗留的进程：{'、'.join(left_over)}")
        check_port(host, port)
        office = _office(data_dir, host, port)
        try:
            office.start()
            _announce(office, time.monotonic() - began)
            _keep_running(office)
        except signals.Stopped:
            say("正在停止……")
        finally:
            office.stop()
        say("已停止。")
    return 0


def _office(data_dir: Path, host: str, port: int) -> Office:
    settings = os.environ.get("DJANGO_SETTINGS_MODULE")
    return Office(
        data_dir,
        database_url=os.environ.get("DATABASE_URL"),
        redis_url=os.environ.get("REDIS_URL"),
        host=host,
        port=port,
        env={"DJANGO_SETTINGS_MODULE": settings} if settings else None,
        demonstration=host in LOOPBACK,
    )


def _announce(office: Office, seconds: float) -> None:
    """Of the log-ins the first few, which are worth trying; the file has hundreds more."""
    logins = office.data_dir / "demo-logins.txt"
    if logins.exists():
        whom_to_try, _, _ = logins.read_text(encoding="utf-8").partition("\n\n")
        say(f"\n演示账号，{whom_to_try}\n其他人的账号和密码都在 {logins}")
    say(f"\n数据：{office.data_dir}    日志：{office.data_dir / 'logs'}")
    say(f"办公系统已启动（用时 {seconds:.1f} 秒），按 Ctrl+C 停止：{office.url}")


def _keep_running(office: Office) -> None:
    """Start again what died; without its database the office had better stop and say so."""
    guards = {name: _Guard(part) for name, part in office.parts.items()}
    while True:
        signals.pause(0.5)
        for child in office.services.children:
            if not child.is_alive:
                raise Trouble(f"{NAMES[child.name]}意外停止，办公系统随之停止。日志：{child.log}")
        for name, guard in guards.items():
            if guard.is_due():
                say(f"{NAMES[name]}意外停止，正在重新启动（日志：{guard.part.log}）")
                office.start_part(name)


class _Guard:
    """Remembers how often a part died, so that a broken one is not started in a tight circle."""

    def __init__(self, part: Child) -> None:
        self.part = part
        self.back_off = 1.0
        self.alive_since = time.monotonic()
        self.due_at: float | None = None

    def is_due(self) -> bool:
        now = time.monotonic()
        if self.part.is_alive:
            return False
        if self.due_at is None:
            if now - self.alive_since > STEADY_AFTER:
                self.back_off = 1.0
            self.due_at = now + self.back_off
            return False
        if now < self.due_at:
            return False
        self.back_off = min(self.back_off * 2, LONGEST_BACK_OFF)
        self.due_at = None
        self.alive_since = now
        return True
