"""What does not change while the demonstration is loaded is read once, not once for each step."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from unittest.mock import patch

from organization import people
from organization.calendar import Calendar
from organization.models import Department, Post, Procuratorate, Role


@contextmanager
def read_once() -> Iterator[None]:
    """Nobody comes or goes, and no day changes its name: every post is held from first to last."""
    ask, ask_head = people.holders, people.head_of

    @cache
    def known(procuratorate: Procuratorate, roles: tuple[Role, ...], today: date) -> list[Post]:
        return ask(procuratorate, today, *roles)

    def holders(procuratorate: Procuratorate, today: date, *roles: Role) -> list[Post]:
        return known(procuratorate, roles, first_asked.setdefault(procuratorate, today))

    @cache
    def head_of(department: Department, marking: int) -> Post | None:
        return ask_head(department, first_asked[department.procuratorate], marking)

    first_asked: dict[Procuratorate, date] = {}
    with (
        patch.object(people, "holders", holders),
        patch.object(
            people, "head_of", lambda department, _, marking: head_of(department, marking)
        ),
        patch.object(Calendar, "load", cache(Calendar.load)),
    ):
        yield
