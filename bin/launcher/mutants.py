"""bin/mutants: breaks the product in one place at a time and asks whether the tests notice.

Each break is tried in a copy of the tree, with a fresh copy of one clean database, so that
nothing a broken program left behind is met by the next.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from queue import SimpleQueue

from launcher import breaks, lanes
from launcher.breaks import Break
from launcher.lanes import Lane, Result, Verdict
from launcher.talk import Trouble, complain, say, slow
from launcher.testing import services

LANES = 2  # at a time


def run(arguments: Sequence[str]) -> int:
    """0 when every break that was asked for is caught inside a test."""
    wanted, began = breaks.chosen(breaks.load(), arguments), time.monotonic()
    verdicts: list[Verdict] = []
    with services() as environment:
        with slow("复制代码并建立数据库", 8):
            ready = lanes.prepare(environment, min(LANES, len(wanted)))
        with slow("在完好的代码上运行点名的测试", 40):
            _must_be_green(ready, wanted)
        for verdict in _try_all(ready, wanted):
            verdicts.append(verdict)
            say(f"[{len(verdicts)}/{len(wanted)}] {sentence(verdict)}")
    say(summary(verdicts, time.monotonic() - began))
    return int(any(verdict.result is not Result.CAUGHT for verdict in verdicts))


def sentence(verdict: Verdict) -> str:
    said = {
        Result.CAUGHT: f"已抓住（caught by {verdict.words}）",
        Result.SURVIVED: "漏网（SURVIVED），测试照样通过",
        Result.ERROR: f"没有真正开始（ERROR）：{verdict.words}",
    }[verdict.result]
    what = f"{verdict.broken.group}: {verdict.broken.name}"
    return f"{verdict.seconds:.1f} 秒  {what}  {said}"


def summary(verdicts: Sequence[Verdict], seconds: float) -> str:
    def of(result: Result) -> list[str]:
        return [verdict.broken.name for verdict in verdicts if verdict.result is result]

    caught = len(of(Result.CAUGHT))
    lines = [f"{len(verdicts)} 处破坏，抓住 {caught} 处，用时 {seconds:.0f} 秒。"]
    for result, words in ((Result.SURVIVED, "漏网"), (Result.ERROR, "没有真正开始")):
        lines += [f"  {words}：{name}" for name in of(result)]
    if not of(Result.SURVIVED):
        lines.append("没有漏网的（nothing survived）。")
    return "\n".join(lines)


def _must_be_green(ready: Sequence[Lane], wanted: Sequence[Break]) -> None:
    """A test that is red anyway would seem to catch everything."""
    tests = sorted({test for one in wanted for test in one.tests})

    def is_green(number: int) -> bool:
        share = tests[number :: len(ready)]
        return not share or ready[number].passes(share)

    with ThreadPoolExecutor(len(ready)) as pool:
        green = list(pool.map(is_green, range(len(ready))))
    for number, is_one_green in enumerate(green):
        if not is_one_green:
            complain(ready[number].last_lines(30))
    if not all(green):
        raise Trouble("代码完好时，点名的测试就没有全部通过：请先修好它们。")


def _try_all(ready: Sequence[Lane], wanted: Sequence[Break]) -> Iterator[Verdict]:
    """Each break in the next lane that is free; verdicts as they come."""
    free: SimpleQueue[Lane] = SimpleQueue()
    for lane in ready:
        free.put(lane)

    def try_out(broken: Break) -> Verdict:
        lane = free.get()
        try:
            return lane.try_out(broken)
        finally:
            free.put(lane)

    pool = ThreadPoolExecutor(len(ready))
    try:
        for future in as_completed([pool.submit(try_out, broken) for broken in wanted]):
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)
