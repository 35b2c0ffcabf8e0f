"""Reference rows from files: calendar, deadline rules, series.

Loading again adds what is missing and leaves what an office changed as it is.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from organization.models import CalendarDay, DeadlineRule, Procuratorate, Series

DATA = Path(__file__).parent / "data"


def load_calendar() -> None:
    """National holidays and working weekends, as announced by the State Council."""
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(
                date=date.fromisoformat(row["date"]),
                is_workday=row["is_workday"] == "1",
                name=row["name"],
            )
            for row in _rows("calendar.csv")
        ],
        ignore_conflicts=True,
    )


def load_rules() -> None:
    """Deadline rules that hold until a procuratorate writes its own."""
    DeadlineRule.objects.bulk_create(
        [
            DeadlineRule(
                code=row["code"],
                count=int(row["count"]),
                unit=row["unit"],
                rolls=row["rolls"] == "1",
                basis=row["basis"],
                valid_from=date.fromisoformat(row["valid_from"]),
            )
            for row in _rows("rules.csv")
        ],
        ignore_conflicts=True,
    )


def load_series(procuratorate: Procuratorate) -> None:
    """The series every procuratorate starts with; how each is written is then its own matter."""
    Series.objects.bulk_create(
        [
            Series(
                procuratorate=procuratorate,
                code=row["code"],
                name=row["name"],
                pattern=row["pattern"],
                digits=int(row["digits"]),
            )
            for row in _rows("series.csv")
        ],
        ignore_conflicts=True,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
