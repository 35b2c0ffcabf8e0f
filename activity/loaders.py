"""Reference rows of reminders: the ladder, and the channels of a procuratorate.

Loading again adds what is missing and leaves what an office changed as it is.
"""

import csv
from pathlib import Path

from activity.models import Channel, ChannelKind, LadderStage
from organization.models import Procuratorate

LADDER = Path(__file__).parent / "data" / "ladder.csv"


def load_ladder() -> None:
    """When people are reminded, until a procuratorate writes a ladder of its own."""
    with LADDER.open(encoding="utf-8", newline="") as file:
        LadderStage.objects.bulk_create(
            [
                LadderStage(
                    stage=int(row["stage"]),
                    audience=row["audience"],
                    repeats=row["repeats"] == "1",
                )
                for row in csv.DictReader(file)
            ],
            ignore_conflicts=True,
        )


def load_channels(procuratorate: Procuratorate) -> None:
    """E-mail is in use wherever the operator names a server; robots are for an office to add."""
    Channel.objects.bulk_create(
        [Channel(procuratorate=procuratorate, kind=ChannelKind.EMAIL, is_on=True)],
        ignore_conflicts=True,
    )
