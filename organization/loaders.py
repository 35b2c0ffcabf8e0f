"""Reference rows from files: calendar, deadline rules, series.

Loading again adds what is missing and leaves what an office changed as it is.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from organization.models import CalendarDay, DeadlineRule, Procuratorate, Series

DATA = Path(__file__).parent / "data"


def load_calendar() -> int:
    """National holidays and working weekends, as announced by the State Council; returns new rows."""
    return sum(
        CalendarDay.objects.get_or_create(
            procuratorate=None,
            date=date.fromisoformat(row["date"]),
            defaults={"is_workday": row["is_workday"] == "1", "name": row["name"]},
        )[1]
        for row in _rows("calendar.csv")
    )


def load_rules() -> int:
    """Deadline rules that hold until a procuratorate writes its own; returns new rows."""
    return sum(
        DeadlineRule.objects.get_or_create(
            procuratorate=None,
            code=row["code"],
            valid_from=date.fromisoformat(row["valid_from"]),
            defaults={"count": int(row["count"]), "unit": row["unit"], "basis": row["basis"]},
        )[1]
        for row in _rows("rules.csv")
    )


def load_series(procuratorate: Procuratorate) -> int:
    """The series every procuratorate starts with; returns new rows."""
    return sum(
        Series.objects.get_or_create(
            procuratorate=procuratorate,
            code=row["code"],
            defaults={
                "name": row["name"],
                "pattern": row["pattern"],
                "digits": int(row["digits"]),
            },
        )[1]
        for row in _rows("series.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
