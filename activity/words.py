"""The sentence of every verb: what trail, notices, Excel and mail print after a name."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise

from activity.models import Event

SENTENCES: dict[str, Promise] = {}  # verb -> sentence with {names} from the event's details
EMPTY = "—"


def sentence(event: Event) -> str:
    """What was done, in the reader's language. A verb nobody explained stands for itself."""
    words = str(SENTENCES.get(event.verb, event.verb))
    return words.format_map(_Known({name: _shown(name, v) for name, v in event.details.items()}))


def _shown(name: str, value: Any) -> Any:
    """Days are kept as 2026-11-20 and shown as the language writes them."""
    if name.endswith("_on"):
        return date_format(date.fromisoformat(value))
    return EMPTY if value == "" else value


class _Known(dict[str, Any]):
    """A name the event does not carry is shown as empty."""

    def __missing__(self, key: str) -> str:
        return EMPTY
