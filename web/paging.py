"""Lists that cost the same on page one and on page one thousand: a page begins after a row."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

SIZE = 50
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Key:
    """One column of the order. An ascending column may hold nulls: they come last."""

    name: str
    descending: bool = False
    nullable: bool = False

    def order(self, backwards: bool) -> Any:
        down = self.descending != backwards
        if not self.nullable:
            return F(self.name).desc() if down else F(self.name).asc()
        if backwards:
            return F(self.name).desc(nulls_first=True)
        return F(self.name).asc(nulls_last=True)

    def beyond(self, value: Any, backwards: bool) -> Q:
        """Rows strictly further on than `value` in this column."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if backwards else Q(pk__in=[])
        further = Q(**{f"{self.name}__{'lt' if self.descending != backwards else 'gt'}": value})
        if self.nullable and not backwards:
            return further | Q(**{f"{self.name}__isnull": True})
        return further


@dataclass(frozen=True)
class Page(Generic[M]):
    rows: list[M]
    before: str | None  # cursor of the page before, if there is one
    after: str | None  # cursor of the page after, if there is one


def paginate(
    queryset: models.QuerySet[M],
    keys: Sequence[Key],
    asked: Mapping[str, str],
    size: int = SIZE,
) -> Page[M]:
    """The page that `?after=` or `?before=` asks for. The last key must be unique.

    A cursor that cannot be read shows the first page.
    """
    backwards = "before" in asked
    place = _decoded(queryset.model, keys, asked.get("before") or asked.get("after") or "")
    if place is None:
        backwards = False
    else:
        queryset = queryset.filter(_beyond(keys, place, backwards))
    found = list(queryset.order_by(*(key.order(backwards) for key in keys))[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    first, last = (_encoded(keys, found[0]), _encoded(keys, found[-1])) if found else (None, None)
    has_before = more if backwards else place is not None
    has_after = True if backwards else more
    return Page(found, first if has_before else None, last if has_after else None)


def _beyond(keys: Sequence[Key], place: Sequence[Any], backwards: bool) -> Q:
    """Further on in the first column, or equal there and further on in the next, and so on."""
    condition, equal = Q(pk__in=[]), Q()
    for key, value in zip(keys, place, strict=True):
        condition |= equal & key.beyond(value, backwards)
        equal &= Q(**{f"{key.name}__isnull": True}) if value is None else Q(**{key.name: value})
    return condition & _bound(keys[0], place[0], backwards)


def _bound(key: Key, value: Any, backwards: bool) -> Q:
    """The same said of the first column alone, so that an index can start there."""
    if key.nullable or value is None:
        return Q()
    return Q(**{f"{key.name}__{'lte' if key.descending != backwards else 'gte'}": value})


def _encoded(keys: Sequence[Key], row: models.Model) -> str:
    values = [getattr(row, key.name) for key in keys]
    text = json.dumps([value if value is None else str(value) for value in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(model: type[models.Model], keys: Sequence[Key], cursor: str) -> list[Any] | None:
    try:
        raw = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(raw, list) or len(raw) != len(keys):
            return None
        return [
            None if value is None and key.nullable else _value(model, key, value)
            for key, value in zip(keys, raw, strict=True)
        ]
    except (ValueError, OverflowError, RecursionError, binascii.Error, ValidationError):
        return None


def _value(model: type[models.Model], key: Key, value: Any) -> Any:
    """A value of the column's own type, small enough to be compared with it."""
    if not isinstance(value, str) or len(value) > 40:
        raise ValidationError("not a place in this list")
    field: Any = model._meta.get_field(key.name)
    result = field.to_python(value)
    if isinstance(result, datetime):
        if timezone.is_naive(result):
            raise ValidationError("not a place in this list")
        result = result.astimezone(UTC)
    if result is None or (isinstance(result, int) and abs(result) >= 2**63):
        raise ValidationError("not a place in this list")
    return result
