"""The whole office as processes: web, worker and beat, with the services they need.

`bin/run` runs one; journeys run their own, each with its own DATA_DIR, database and broker number:

    with Office(tmp_path, database_url=..., redis_url=...) as office:
        page.goto(office.url)
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from launcher import catalogues, signals
from launcher.places import ROOT, check_port, free_port, prepare_data_dir
from launcher.processes import Child, end
from launcher.services import Services
from launcher.talk import Trouble, say

PARTS = {"web": "网站", "worker": "后台任务", "beat": "定时任务"}
NAMES = {**PARTS, "scheduler": "定时任务", "database": "数据库", "postgres": "数据库"}
NAMES |= {"broker": "消息服务", "valkey": "消息服务"}
SECONDS_UNTIL_ASKED = 30
SECONDS_TO_START = 120


class Office:
    """Started and stopped as a whole; a part can be killed and started again on its own."""

    def __init__(
        self,
        data_dir: Path | str,
        database_url: str | None = None,
        redis_url: str | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        env: Mapping[str, str] | None = None,
        *,
        demonstration: bool = False,
    ) -> None:
        self.data_dir = prepare_data_dir(Path(data_dir))
        self.host = host
        self.port = port or free_port(host)
        self.extra = dict(env or {})
        self.demonstration = demonstration
        self.services = Services(self.data_dir, database_url, redis_url)
        self.parts = {name: Child(name, self.data_dir, cwd=ROOT) for name in PARTS}

    @property
    def url(self) -> str:
        return f"http://{_in_address(self.host)}:{self.port}/"

    @property
    def processes(self) -> dict[str, subprocess.Popen[bytes]]:
        """The running parts by name: web, worker, beat."""
        return {name: part.process for name, part in self.parts.items() if part.process}

    @property
    def children(self) -> list[Child]:
        return [*self.parts.values(), *self.services.children]

    def __enter__(self) -> Office:
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> Office:
        self.prepare()
        for name in PARTS:
            self.start_part(name)
        self._wait_until_healthy()
        return self

    def prepare(self) -> None:
        """Everything but the parts: services that answer, tables, reference rows."""
        check_port(self.host, self.port)
        catalogues.compile_all(ROOT)
        self.services.start()
        self._prepare()

    def stop(self) -> None:
        """The parts first: they finish with their database and broker still there."""
        end(self.parts.values(), 8)
        self.services.stop()

    def start_part(self, name: str) -> subprocess.Popen[bytes]:
        """A second worker or scheduler beside the first is called worker-2, beat-2."""
        part = self.parts.setdefault(name, Child(name, self.data_dir, cwd=ROOT))
        command = [sys.executable, *self._arguments(name)]
        return part.start(command, self.environment())

    def environment(self) -> dict[str, str]:
        """Settings of tests stay in the tests: an office always runs on settings of its own."""
        left_out = {"PYTHONPATH", "DJANGO_SETTINGS_MODULE", "GUNICORN_CMD_ARGS"}
        inherited = {key: value for key, value in os.environ.items() if key not in left_out}
        return {
            **inherited,
            **self.services.environment(),
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "DATA_DIR": str(self.data_dir),
            "HOST": self.host,
            "PORT": str(self.port),
            **self.extra,
        }

    def health(self) -> str:
        """Empty when all is well, else what /healthz says is missing."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 (asked, not bound)
        line = http.client.HTTPConnection(host, self.port, timeout=5)
        try:
            line.request("GET", "/healthz")
            answer = line.getresponse()
            text = answer.read().decode(errors="replace").strip()
        except (OSError, http.client.HTTPException):
            return PARTS["web"]
        finally:
            line.close()
        return "" if answer.status == 200 else _in_chinese(text) or str(answer.status)

    def _arguments(self, name: str) -> list[str]:
        kind = name.partition("-")[0]
        if kind == "worker":
            options = ["-l", "WARNING", "--concurrency", "2", "--without-gossip"]
            options += ["--without-mingle", "-n", f"{name}@%h"]
            return ["-m", "celery", "-A", "config", "worker", *options]
        if kind == "beat":
            schedule = str(self.data_dir / f"{name}-schedule")
            return ["-m", "celery", "-A", "config", "beat", "-l", "WARNING", "-s", schedule]
        address = f"{_in_address(self.host)}:{self.port}"
        options = ["-w", "2", "-k", "gthread", "--threads", "8", "--bind", address]
        options += ["--timeout", "60"]
        options += ["--graceful-timeout", "5", "--max-requests", "2000"]
        options += ["--max-requests-jitter", "500", "--no-control-socket"]
        return ["-m", "gunicorn", "config.wsgi:application", *options]

    def _prepare(self) -> None:
        log = self.data_dir / "logs" / "prepare.log"
        command = [sys.executable, "-m", "launcher.prepare"]
        if self.demonstration:
            command.append("--demonstration")
        environment = self.environment() | {"PYTHONPATH": str(ROOT / "bin")}
        with log.open("wb") as errors:
            process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=errors)
            try:
                while process.poll() is None:
                    signals.pause(0.02)
            finally:
                process.kill()
                process.wait()
        if process.returncode:
            last = log.read_text(errors="replace").strip().splitlines()[-1:]
            raise Trouble(f"{''.join(last) or '准备工作没有完成。'}（日志：{log}）")

    def _wait_until_healthy(self) -> None:
        began = time.monotonic()
        asked = False
        while missing := self.health():
            self._check_parts()
            waited = time.monotonic() - began
            if waited > SECONDS_TO_START:
                logs = self.data_dir / "logs"
                raise Trouble(f"启动没有完成，尚未就绪：{missing}（日志：{logs}）")
            if waited > SECONDS_UNTIL_ASKED and not asked:
                asked = True
                say(f"启动比平时慢，还在等：{missing}")
            signals.pause(0.1)

    def _check_parts(self) -> None:
        for child in self.children:
            if not child.is_alive:
                part = NAMES.get(child.name, child.name)
                raise Trouble(f"{part}没有启动，日志：{child.log}\n{child.last_lines()}")


def _in_chinese(text: str) -> str:
    """The lines of /healthz say `part: not alive`."""
    names = [line.partition(":")[0].strip() for line in text.splitlines()]
    return "、".join(NAMES.get(name, name) for name in names if name)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
