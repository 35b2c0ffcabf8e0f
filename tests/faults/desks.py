"""Open work of every kind of lateness, and what the oracle must know of it."""

from datetime import date

from tests.faults.oracle import Work

BEGAN = "2026-03-02T09:00:00+08:00"
# On Tuesday 2026-03-10: three days late, one day late, today, in one, three, five and eight days.
DUE = (5, 9, 10, 11, 13, 17, 20)


def seven_papers(place):
    """Each is with two departments: a handler has it in the first, the head in the second."""
    return [work for day in DUE for work in hand_out(place, date(2026, 3, day), BEGAN)]


def hand_out(place, due_on, at):
    made = place.ask(
        "paper", at=at, due_on=due_on.isoformat(), to=["first", "second"], divided=["first"]
    )
    first, second = made["rows"]["first"], made["rows"]["second"]
    began_on = date.fromisoformat(at[:10])
    return [
        Work(first, began_on, due_on, "first_handler", "first_head", "vice_chief"),
        Work(second, began_on, due_on, "second_head", "second_head"),
    ]
