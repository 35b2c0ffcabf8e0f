"""bin/mutants: what counts as caught, and that a break never outlives its turn."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing, contextmanager

import psycopg2
import pytest
from launcher import breaks, lanes, mutants, signals
from launcher.breaks import Break
from launcher.lanes import Lane, Result, Verdict
from launcher.places import ROOT
from launcher.postgres import Postgres
from launcher.signals import Stopped
from launcher.talk import Trouble

SHOP = """
def price(count):
    return 3 * count

def change(paid, count):
    return paid - price(count)
"""
TESTS = """
import time
import pytest
import shop

def test_two_cost_six():
    assert shop.price(2) == 6

@pytest.fixture
def till():
    return shop.change(10, 2)

def test_the_till_is_right(till):
    assert till == 4

def test_waits_for_ever():
    while shop.price(1) != 3:
        time.sleep(1)
"""
PRICE, TILL = ["test_shop.py::test_two_cost_six"], ["test_shop.py::test_the_till_is_right"]
WAIT = ["test_shop.py::test_waits_for_ever"]


def broken(find="3 * count", replace="4 * count", tests=PRICE, file="shop.py", **fields):
    known = {"name": "a thing costs more", "group": "shop"}
    return Break(**known | fields, file=file, find=find, replace=replace, tests=tuple(tests))


@pytest.fixture
def lane(tmp_path):
    """A tree of one program and its tests; `lane.asked` is how its database was asked for."""
    source = tmp_path / "source"
    (source / "migrations").mkdir(parents=True)
    for name, text in (("shop.py", SHOP), ("test_shop.py", TESTS), ("migrations/a.py", "A = 1\n")):
        (source / name).write_text(text)
    lanes.copy_tree(source, tmp_path / "lane")
    asked = []
    made = Lane(tmp_path / "lane", {"PATH": os.environ["PATH"]}, asked.append)
    made.asked = asked
    return made


def test_a_test_that_fails_has_caught_the_break_and_the_tree_is_whole_again(lane):
    verdict = lane.try_out(broken())
    assert (verdict.result, verdict.words) == (Result.CAUGHT, "test_two_cost_six")
    assert (lane.tree / "shop.py").read_text() == SHOP
    assert lane.try_out(broken(replace="count * 3")).result == Result.SURVIVED


@pytest.mark.parametrize(
    ("ill", "said"),
    [
        (broken(replace="3 * * count"), "语法错误"),
        (broken(find="def price", replace="import nowhere\n\ndef price"), "nowhere"),
        (broken(replace="3 * nowhere"), "nowhere"),
        (broken(replace="[][count]", tests=TILL), "IndexError"),  # before the test begins
        (broken(find="def cost"), "0 次"),
        (broken(find="price(count)"), "2 次"),
        (broken(tests=["test_shop.py::test_of_nothing"]), "test_of_nothing"),
    ],
    ids=["syntax", "import", "name", "fixture", "not there", "there twice", "no test"],
)
def test_what_never_began_was_not_caught(lane, ill, said):
    verdict = lane.try_out(ill)
    assert verdict.result == Result.ERROR
    assert said in verdict.words
    assert (lane.tree / "shop.py").read_text() == SHOP


def test_what_does_not_end_was_not_caught(lane):
    verdict = lane.try_out(broken(tests=WAIT), seconds=2)
    assert (verdict.result, verdict.words) == (Result.ERROR, "超过 2 秒没有结束")


def test_a_wanted_end_mends_the_tree_as_well(lane, monkeypatch):
    wanted = threading.Event()
    wanted.set()
    monkeypatch.setattr(signals, "wanted", wanted)
    with pytest.raises(Stopped):
        lane.try_out(broken(tests=WAIT))
    assert (lane.tree / "shop.py").read_text() == SHOP


def test_every_run_has_a_clean_database_and_a_broken_migration_has_none(lane, monkeypatch):
    monkeypatch.setattr(lane, "_pytest", lambda tests, seconds: 0)
    lane.try_out(broken(replace="count * 3"))
    lane.try_out(broken(file="migrations/a.py", find="1", replace="2"))
    assert lane.passes(PRICE)
    assert lane.asked == [True, False, True]


def test_what_one_run_left_in_the_database_is_not_met_by_the_next(tmp_path):
    server = Postgres(tmp_path, throw_away=True)
    try:
        server.start()
        with closing(psycopg2.connect(server.create(lanes.CLEAN))) as connection:
            connection.cursor().execute("CREATE TABLE papers (title text)")
            connection.commit()
        fresh = lanes.database(server.url(), "test_lane-1")
        for _ in range(2):
            fresh(True)  # the second time with a conversation still open
            left = psycopg2.connect(server.url("test_lane-1"))
            left.cursor().execute("INSERT INTO papers VALUES ('通知')")
            left.commit()
            with left.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM papers")
                assert cursor.fetchone() == (1,)
        fresh(False)
        with pytest.raises(psycopg2.OperationalError, match="does not exist"):
            psycopg2.connect(server.url("test_lane-1"))
    finally:
        server.stop()


def test_byte_code_is_never_used_for_another_text(lane):
    """Neither its size nor its time tells that the text has changed."""
    path = lane.tree / "shop.py"
    before = path.stat()
    path.write_text(SHOP.replace("3 *", "4 *"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    ask = [sys.executable, "-c", "import shop; print(shop.price(1))"]
    answer = subprocess.run(ask, cwd=lane.tree, capture_output=True, text=True, check=True)
    assert answer.stdout == "4\n"


def test_a_copy_holds_what_is_ours_and_nothing_hidden(tmp_path):
    for name in ("app/a.py", ".venv/b.py", "app/.data/c.py", "app/__pycache__/d.pyc"):
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / name).touch()
    lanes.copy_tree(tmp_path / "tree", tmp_path / "copy")
    files = {path.name.partition(".")[0] for path in (tmp_path / "copy").rglob("*.*")}
    assert files == {"a"}


NIGHT, DAY = broken(name="it is night"), broken(name="it is day", tests=TILL)
SOME = [NIGHT, DAY, broken(name="it is late", group="other"), broken(name="nobody signs")]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ([], ["it is night", "it is day", "it is late", "nobody signs"]),
        (["--group", "shop"], ["it is night", "it is day", "nobody signs"]),
        (["--only", "it is day", "nobody"], ["it is day", "nobody signs"]),
        (["--group", "shop", "--only", "it is"], ["it is night", "it is day"]),
    ],
)
def test_a_group_or_some_names_are_chosen(arguments, names):
    assert [one.name for one in breaks.chosen(SOME, arguments)] == names


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--group", "shops"], "没有这一组：shops。现有：other、shop。"),
        (["--only", "it is dawn"], "没有名称含“it is dawn”的破坏。"),
        (["--group", "other", "--only", "night"], "没有名称含“night”的破坏。"),
        (["--fast"], breaks.USAGE),
        (["--only"], breaks.USAGE),
        (["night"], breaks.USAGE),
    ],
)
def test_a_wrong_choice_is_refused_in_one_sentence(arguments, said):
    with pytest.raises(Trouble) as refusal:
        breaks.chosen(SOME, arguments)
    assert str(refusal.value) == said


class FakeLane:
    def __init__(self, results, *, green=True, together=1):
        self.results, self.green = results, green
        self.gate = threading.Barrier(together)
        self.tried = []

    def passes(self, tests):
        return self.green

    def try_out(self, broken):
        self.gate.wait(timeout=10)
        self.tried.append(broken.name)
        return Verdict(broken, self.results[broken.name], "test_it", 1.2)

    def last_lines(self, count):
        return "FAILED test_it"


@pytest.fixture
def run(monkeypatch):
    """`run(lanes…)` is the command over NIGHT and DAY."""

    @contextmanager
    def services():
        yield {}

    def begin(*ready):
        monkeypatch.setattr(mutants, "services", services)
        monkeypatch.setattr(breaks, "load", lambda: [NIGHT, DAY])
        monkeypatch.setattr(lanes, "prepare", lambda environment, count: list(ready))
        return mutants.run([])

    return begin


@pytest.mark.parametrize(
    ("result", "code", "last"),
    [
        (Result.CAUGHT, 0, ["没有漏网的（nothing survived）。"]),
        (Result.SURVIVED, 1, ["  漏网：it is day"]),
        (Result.ERROR, 1, ["  没有真正开始：it is day", "没有漏网的（nothing survived）。"]),
    ],
)
def test_only_when_everything_is_caught_is_all_well(run, capsys, result, code, last):
    assert run(FakeLane({"it is night": Result.CAUGHT, "it is day": result})) == code
    lines = capsys.readouterr().out.splitlines()
    assert "[1/2] 1.2 秒  shop: it is night  已抓住（caught by test_it）" in lines
    assert lines[-len(last) :] == last
    assert lines[-len(last) - 1].startswith(f"2 处破坏，抓住 {2 - code} 处")


def test_when_the_tests_are_red_anyway_nothing_is_broken(run, capsys):
    whole, sick = FakeLane({}), FakeLane({}, green=False)
    with pytest.raises(Trouble, match="代码完好时"):
        run(whole, sick)
    assert whole.tried + sick.tried == []
    assert "FAILED test_it" in capsys.readouterr().err


def test_two_breaks_are_tried_at_a_time_each_in_its_own_lane(run):
    results = {"it is night": Result.CAUGHT, "it is day": Result.CAUGHT}
    first, second = FakeLane(results, together=2), FakeLane(results)
    second.gate = first.gate  # opens only when both have come
    assert run(first, second) == 0
    assert sorted(map(len, (first.tried, second.tried))) == [1, 1]


def test_an_interrupted_run_ends_its_services_and_removes_its_copies(tmp_path):
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT / "bin")}
    command = [sys.executable, "-P", "-m", "launcher", "mutants", "--group", "numbering"]
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    with process:
        assert "正在复制代码".encode() in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    assert list(tmp_path.iterdir()) == []
