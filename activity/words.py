"""The sentence of every verb: what trail, notices, Excel and mail print after a name."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activity.models import Event

SENTENCES: dict[str, Promise] = {}  # verb -> sentence with {names} from the event's details
LABELS: dict[str, Promise] = {}  # verb of a step, or other value kept in details -> the word
NAMED = frozenset(
    {"step", "verdict", "straight", "means"}
)  # details that are kept as keys of LABELS
ADMINISTRATIVE: set[str] = set()  # verbs whose details an auditor may read: no business in them
LOOKS: set[str] = set()  # verbs of looking at a record, not of acting on it: download, print
ASIDES: dict[str, Promise] = {}  # detail -> what follows the sentence when the event carries it
EMPTY = "—"


def explain(model: str) -> None:
    """The sentences of what administrators do to one kind of row."""
    for act, words in _ACTS.items():
        SENTENCES[f"{model}.{act}"] = words
        ADMINISTRATIVE.add(f"{model}.{act}")


_ACTS: dict[str, Promise] = {
    "add": gettext_lazy("added {what} ({changes})"),
    "change": gettext_lazy("changed {what} ({changes})"),
    "delete": gettext_lazy("deleted {what} ({changes})"),
}


def sentence(event: Event) -> str:
    """What was done, in the reader's language. A verb nobody explained stands for itself."""
    return _said(event.verb, event.details)


def sentence_for_auditors(event: Event) -> str:
    """The same without a word of what a paper is about: details of administration only."""
    return _said(event.verb, event.details if event.verb in ADMINISTRATIVE else {})


def _said(verb: str, details: dict[str, Any]) -> str:
    asides = [str(ASIDES[name]) for name in details if name in ASIDES]
    words = "".join([str(SENTENCES.get(verb, verb)), *asides])
    return words.format_map(_Known({name: _shown(name, v) for name, v in details.items()}))


def _shown(name: str, value: Any) -> Any:
    """Days are kept as 2026-11-20, choices by their keys; shown as the language writes them."""
    if name.endswith("_on"):
        return date_format(date.fromisoformat(value))
    if name in NAMED:
        return LABELS.get(value, value)
    if name == "days_left":
        return left(value)
    if isinstance(value, dict):  # ids of records, and what they are called
        return "、".join(map(str, value.values()))
    return EMPTY if value == "" else value


def left(days: int) -> str:
    """How many working days are left: none is the last one, below that it is late."""
    if days == 0:
        return _("today is the last working day")
    if days > 0:
        return ngettext("%(days)s working day left", "%(days)s working days left", days) % {
            "days": days
        }
    return ngettext("%(days)s working day late", "%(days)s working days late", -days) % {
        "days": -days
    }


class _Known(dict[str, Any]):
    """A name the event does not carry is shown as empty."""

    def __missing__(self, key: str) -> str:
        return EMPTY
