"""Drafts: kept while somebody types, filled in when they come back, gone when the step is taken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.forms import CharField, Form
from django.http import QueryDict

from activity.models import Draft, Event
from activity.models.draft import FORM, MOST_CHARACTERS
from organization.actor import Actor
from web.forms import as_typed

if TYPE_CHECKING:  # steps discard drafts
    from activity.steps import Step

KEPT = timedelta(days=30)
MOST_DRAFTS = 100  # of one person
MOST_SAVES = 120  # of one person in a minute; a person who types makes 40 at most
MOST_FIELDS = 500  # values of one form
ON_ITS_WAY = timedelta(minutes=1)  # a save may come in after the form itself

Typed = dict[str, list[str]]


class NotADraft(ValueError):
    """What came is not the content of a form."""


class TooMuch(Exception):
    """More than a person types: too often, or in too many forms."""


def form_key(verb: str, record: Any = None) -> str:
    """What the draft of a step is called: incomingpaper.17.instruct, or incomingpaper.sign_for."""
    kind, name = verb.split(".")
    return f"{kind}.{record.pk}.{name}" if record is not None else verb


def read(body: bytes) -> tuple[str, Typed]:
    """Form and fields out of what a page sent. Raises NotADraft."""
    try:
        sent = json.loads(body)
        form, fields = sent["form"], sent["fields"]
        typed = {_clean(name): [_clean(value) for value in fields[name]] for name in fields}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotADraft from error
    if not isinstance(form, str) or len(form) > 80 or not re.fullmatch(FORM, form):
        raise NotADraft
    if sum(map(len, typed.values())) > MOST_FIELDS or _length(typed) > MOST_CHARACTERS:
        raise NotADraft
    return form, typed


def _clean(text: Any) -> str:
    """Text that the database can keep: no halves of characters, no zero."""
    if not isinstance(text, str):
        raise TypeError
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


def _length(typed: Typed) -> int:
    return len(json.dumps(typed, ensure_ascii=False))


def save(form: str, typed: Typed, *, by: Actor, now: datetime) -> Draft:
    """The newest save wins. Raises TooMuch."""
    mine, minute = Draft.objects.visible_to(by), now.replace(second=0, microsecond=0)
    this_minute = mine.filter(saved_at__gte=minute)
    if (this_minute.aggregate(count=Sum("saves"))["count"] or 0) >= MOST_SAVES:
        raise TooMuch
    known = mine.filter(form=form).first()
    if known is None and mine.count() >= MOST_DRAFTS:
        raise TooMuch
    saves = known.saves + 1 if known and known.saved_at >= minute else 1
    draft, _created = Draft.objects.update_or_create(
        procuratorate=by.procuratorate,
        user=by.user,
        form=form,
        defaults={"fields": typed, "saved_at": now, "saves": saves},
    )
    return draft


def discard(forms: Iterable[str], *, by: Actor) -> None:
    """They were sent, or are no longer wanted."""
    Draft.objects.visible_to(by).filter(form__in=list(forms)).delete()


def about(record: Any, kind: str, actor: Actor) -> dict[str, Draft]:
    """The actor's drafts of every form on this record's page, by step name: one query."""
    mine = Draft.objects.visible_to(actor).filter(form__startswith=f"{kind}.{record.pk}.")
    return {draft.form.rpartition(".")[2]: draft for draft in mine}


def initial(form: type[Form], draft: Draft | None) -> dict[str, Any]:
    """What the boxes of such a form show when the draft is filled in."""
    return as_typed(form, _as_sent(draft)) if draft else {}


@dataclass(frozen=True)
class LeftOver:
    """A text whose form is gone: a colleague was quicker, or the paper went another way."""

    form: str
    label: Any
    saved_at: datetime
    text: str


def left_over(
    saved: Mapping[str, Draft],
    gone: Iterable[Step],
    forms: Mapping[str, type[Form]],
    mine: Iterable[Event],
) -> list[LeftOver]:
    """Drafts of steps that are `gone` from the page; `mine` is what the actor did themselves."""
    done = [(event.verb, event.at + ON_ITS_WAY) for event in mine]
    found = []
    for step in gone:
        draft = saved.get(step.name)
        if draft is None or step.name not in forms:
            continue
        sent = any(step.verb == verb and draft.saved_at < until for verb, until in done)
        text = "" if sent else _text(forms[step.name], draft)
        if text:
            found.append(LeftOver(draft.form, step.label, draft.saved_at, text))
    return found


def _text(form: type[Form], draft: Draft) -> str:
    """What can be copied: the text boxes, each with its name when there are several."""
    typed = {
        field.label: value
        for name, field in form.base_fields.items()
        if isinstance(field, CharField) and (value := _as_sent(draft).get(name))
    }
    if len(typed) == 1:
        return str(*typed.values())
    return "\n".join(f"{label}：{value}" for label, value in typed.items())


def _as_sent(draft: Draft) -> QueryDict:
    """The draft as if the form had been posted."""
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return data
