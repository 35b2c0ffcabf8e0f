import csv
from datetime import date

import pytest

from organization import loaders
from organization.calendar import Calendar


@pytest.fixture(scope="session")
def national():
    """The national arrangement straight from its file: pure functions need no database."""
    with (loaders.DATA / "calendar.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Calendar(
        {date.fromisoformat(row["date"]): (row["is_workday"] == "1", row["name"]) for row in rows}
    )
