"""What changed in a row, from what to what, in words that an auditor reads."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

NOTHING = "—"


def between(old: models.Model, new: models.Model, names: Collection[str]) -> list[str]:
    """Those of the named fields in which the two differ."""
    return [
        field.name
        for field in new._meta.concrete_fields
        if field.name in names and getattr(old, field.attname) != getattr(new, field.attname)
    ]


def words(
    old: models.Model, new: models.Model, names: Iterable[str], secrets: Collection[str]
) -> str:
    return _joined(
        _("%(field)s changed") % {"field": _label(new, name)}
        if name in secrets
        else _("%(field)s: %(old)s → %(new)s")
        % {"field": _label(new, name), "old": _shown(old, name), "new": _shown(new, name)}
        for name in names
    )


def whole(row: models.Model, secrets: Collection[str]) -> str:
    """Everything a row holds, as it was made or as it went."""
    names = [
        field.name
        for field in row._meta.concrete_fields
        if not field.primary_key
        and field.name not in {"procuratorate", *secrets}
        and getattr(row, field.attname) not in (None, "")
    ]
    return _joined(
        _("%(field)s: %(value)s") % {"field": _label(row, name), "value": _shown(row, name)}
        for name in names
    )


def _joined(parts: Iterable[str]) -> str:
    return _("; ").join(parts)


def _label(row: models.Model, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return capfirst(str(field.verbose_name))


def _shown(row: models.Model, name: str) -> str:
    value: Any = getattr(row, name)
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value)
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else value)
