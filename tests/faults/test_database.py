"""PostgreSQL stops and comes back, in good order or killed: pages, worker and scheduler go on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.faults import arrived, desks
from tests.faults.caller import Caller
from tests.faults.place import SECONDS
from tests.faults.waiting import until

pytestmark = pytest.mark.fault
AT_ONCE = 16  # as many as the web's threads


@pytest.mark.parametrize("how", ["stop_database", "kill_database"])
def test_the_office_goes_on_with_a_database_that_was_away(open_office, sink, how):
    place = open_office("2026-03-10T09:00:00+08:00")
    place.run("web", "worker", "beat")
    until(lambda: place.health() == "", SECONDS, "a healthy office")
    caller = Caller(place.url)
    caller.sign_in("clerk")
    assert ask_often(caller) == {200}
    place.kill("beat")  # nobody looks before all papers are there
    until(place.has_nothing_queued, SECONDS, "an empty queue")
    works = desks.seven_papers(place)

    with place.held("LOCK TABLE activity_reminder IN SHARE MODE"):
        place.run("beat")
        place.until_somebody_waits_for("activity_reminder")
        running = {name: process.pid for name, process in place.processes.items()}
        getattr(place, how)()
    answer = caller.get("")
    assert answer.status >= 500
    assert "Traceback" not in answer.text

    place.start_database()
    assert ask_often(caller) == {200}, "the first page after the database is back is an error"
    [(last,)] = place.rows("SELECT max(at) FROM activity_heartbeat")
    alive = "SELECT part FROM activity_heartbeat WHERE at > %s ORDER BY part"
    both = [("scheduler",), ("worker",)]
    until(lambda: place.rows(alive, last) == both, SECONDS, "a new sign of life of both")
    assert place.health() == ""
    arrived.exactly_these(place, sink, works, [date(2026, 3, 10)])
    assert {name: process.pid for name, process in place.processes.items()} == running
    assert all(part.is_alive for part in place.parts.values())


def ask_often(caller):
    """The status of every one of these requests."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return {answer.status for answer in pool.map(lambda _: caller.get(""), range(2 * AT_ONCE))}
