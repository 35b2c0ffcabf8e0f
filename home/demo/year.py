"""A year of the whole demonstration: seven offices, their people, their papers."""

import random
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from django.utils import timezone

from home.demo import logins, office, plan, press, walk
from home.demo.clock import Days
from home.demo.once import read_once
from home.demo.people import OFFICES, Office
from home.demo.phrases import Phrases
from home.demo.staff import Staff
from organization.calendar import Calendar
from organization.models import Procuratorate


def load(path: Path, tell: Callable[[str, int], None]) -> None:
    """Make everything; the log-ins go to `path`, and each office is told of with its papers."""
    office.load_reference()
    with ThreadPoolExecutor(1) as hashing, ThreadPoolExecutor(1) as setting, read_once():
        staff = {each: office.accounts(each, hashing) for each in OFFICES}
        for each, accounts in staff.items():
            tell(each.name, _papers(each, office.build(each, accounts), setting))
        for accounts in staff.values():
            office.give_passwords(accounts)
    logins.write(path, staff)


def _papers(of: Office, procuratorate: Procuratorate, pool: Executor) -> int:
    dice = random.Random(procuratorate.name)  # noqa: S311  # a demonstration keeps no secret
    days = Days(Calendar.load(procuratorate.pk), timezone.localdate())
    people = Staff(procuratorate)
    phrases = Phrases(dice)
    planned = plan.planned(of, days)
    copies = press.copies([each.letter for each in planned], pool)
    walks = [
        walk.Walk(
            each.letter,
            copy,
            each.way or plan.thrown(each.letter, people, days, dice),
            people,
            days,
            phrases,
            dice,
        )
        for each, copy in zip(planned, copies, strict=True)
    ]
    walk.play(walks, days.end)
    walk.read_old_notices(people, days)
    return len(walks)
