"""Reference rows: the ladder of reminders, and the channels and phrases of a procuratorate.

Loading again adds what is missing and leaves what an office changed as it is.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from activity.models import Channel, ChannelKind, LadderStage, Phrase
from organization.models import Procuratorate

DATA = Path(__file__).parent / "data"


def load_ladder() -> None:
    """When people are reminded, until a procuratorate writes a ladder of its own."""
    LadderStage.objects.bulk_create(
        [
            LadderStage(
                stage=int(row["stage"]),
                audience=row["audience"],
                repeats=row["repeats"] == "1",
            )
            for row in _rows("ladder.csv")
        ],
        ignore_conflicts=True,
    )


def load_channels(procuratorate: Procuratorate) -> None:
    """E-mail is in use wherever the operator names a server; robots are for an office to add."""
    Channel.objects.bulk_create(
        [Channel(procuratorate=procuratorate, kind=ChannelKind.EMAIL, is_on=True)],
        ignore_conflicts=True,
    )


def load_phrases(procuratorate: Procuratorate) -> None:
    """A first set of phrases; once there are any, what an office took away stays away."""
    if Phrase.objects.of_the_office().filter(procuratorate=procuratorate).exists():
        return
    Phrase.objects.bulk_create(
        [
            Phrase(procuratorate=procuratorate, act=row["act"], text=row["text"], position=place)
            for place, row in enumerate(_rows("phrases.csv"), start=1)
        ],
        ignore_conflicts=True,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
