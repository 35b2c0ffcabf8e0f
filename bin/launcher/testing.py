"""bin/test: the whole suite against services of its own, which are thrown away afterwards."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from launcher import catalogues, foreground, packages, signals
from launcher.places import ROOT
from launcher.services import thrown_away
from launcher.talk import Trouble, say

NOTHING_COLLECTED = 5
LEFT_OUT = "注意：浏览器测试没有运行（--no-browser）。"
WITHOUT_JOURNEYS = ["-m", "not journey"]
TOGETHER = ["-n", "auto", "-m", "not journey and not fault"]
JOURNEYS = ["-n", "0", "-m", "journey"]
FAULTS = ["-n", "0", "-m", "fault"]


def run(arguments: Sequence[str]) -> int:
    with_browser = "--no-browser" not in arguments
    wanted = [argument for argument in arguments if argument != "--no-browser"]
    packages.install(packages.missing(with_browser=with_browser))
    if with_browser and not packages.browser():
        raise Trouble(
            "没有找到浏览器：请安装 chromium（Debian：apt install chromium），"
            "或用 bin/test --no-browser 跳过浏览器测试。"
        )
    if with_browser and not packages.nginx():
        raise Trouble(
            "没有找到 nginx：请安装（Debian：apt install nginx），"
            "或用 bin/test --no-browser 跳过浏览器测试。"
        )
    if not with_browser:
        say(LEFT_OUT)
    with services() as environment:
        if wanted:
            chosen = wanted if with_browser else [*WITHOUT_JOURNEYS, *wanted]
            code = _pytest(chosen, environment)
        else:
            code = _everything(environment, with_browser=with_browser)
    return code


def with_services(command: Sequence[str]) -> int:
    """Run any command beside services of its own, for example `manage.py shell`."""
    with services() as environment:
        return foreground.run(command, environment, ROOT)


@contextmanager
def services() -> Iterator[dict[str, str]]:
    catalogues.compile_all(ROOT)
    with thrown_away() as addresses:
        inherited = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{inherited.get('PATH', os.defpath)}"
        settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PATH": path}
        yield inherited | settings | addresses


def _everything(environment: Mapping[str, str], *, with_browser: bool) -> int:
    """What starts processes and looks at the clock runs by itself at the end."""
    began = time.monotonic()
    code, reports = 0, []
    for number, chosen in enumerate([TOGETHER, *([JOURNEYS] if with_browser else []), FAULTS]):
        if signals.wanted.is_set():
            break
        reports.append(Path(environment["TMPDIR"]) / f"report-{number}.xml")
        found = _pytest([*chosen, f"--junitxml={reports[-1]}"], environment)
        if found == NOTHING_COLLECTED:
            say(f"没有找到任何测试（{chosen[-1]}）：这本身就是错误。")
        code = code or found
    if not with_browser:
        say(LEFT_OUT)
    say(summary([path for path in reports if path.exists()], time.monotonic() - began))
    return code


def _pytest(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    return foreground.run([sys.executable, "-m", "pytest", *arguments], environment, ROOT)


def summary(reports: Sequence[Path], seconds: float) -> str:
    """One line in pytest's own words over all its runs."""
    counts = dict.fromkeys(("failures", "errors", "passed", "skipped"), 0)
    for report in reports:
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 (our own)
            found = {name: int(suite.get(name, 0)) for name in ("failures", "errors", "skipped")}
            found["passed"] = int(suite.get("tests", 0)) - sum(found.values())
            for name, number in found.items():
                counts[name] += number
    words = {"failures": "failed", "passed": "passed", "skipped": "skipped", "errors": "errors"}
    said = [f"{counts[key]} {word}" for key, word in words.items() if counts[key]]
    return f"{', '.join(said) or 'no tests ran'} in {seconds:.2f}s"
