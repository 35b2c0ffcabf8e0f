"""One way in which forms look, and the boxes our pages share."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _


def helper() -> FormHelper:
    """The template writes the form tag, the token and the buttons; the form only its boxes."""
    layout = FormHelper()
    layout.form_tag = False
    layout.disable_csrf = True
    return layout


def name_what_is_missing(form: forms.BaseForm) -> None:
    """An empty box is asked for by its own name."""
    for field in form.fields.values():
        choice = isinstance(field, forms.ChoiceField)
        words = _("Please choose: %(label)s.") if choice else _("Please fill in: %(label)s.")
        field.error_messages["required"] = words % {"label": field.label}
        field.error_messages["min_value"] = _("At least %(limit_value)s, please.")


def as_typed(form: type[forms.Form], data: QueryDict) -> dict[str, Any]:
    """What was typed into the visible boxes of such a form, to be shown in them again."""
    boxes = ((name, field.widget) for name, field in form.base_fields.items())
    return {
        name: box.value_from_datadict(data, MultiValueDict(), name)
        for name, box in boxes
        if not box.is_hidden and not box.value_omitted_from_data(data, MultiValueDict(), name)
    }


class DateBox(forms.DateField):
    """A date typed as 20261120, 2026-11-20 or 2026年11月20日."""

    input_formats = ["%Y%m%d", "%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d"]

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", self.input_formats)
        options.setdefault(
            "widget",
            forms.DateInput(
                format="%Y-%m-%d",
                attrs={"inputmode": "numeric", "placeholder": "20261120", "autocomplete": "off"},
            ),
        )
        options.setdefault(
            "error_messages",
            {"invalid": _("Please type the date as 20261120 or 2026-11-20.")},
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """2026111 could be read as 11 January or as 1 November: a bare number has eight digits."""
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).strip()  # full-width digits count as well
            if value.isdigit() and len(value) != 8:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


def no_invisible_characters(text: str) -> None:
    """Neither control characters, nor such as turn or hide what stands beside them."""
    kept = text.translate({ord(mark): None for mark in "\r\n\t"})
    seen = any(unicodedata.category(letter)[0] not in "CZ" for letter in kept)
    hidden = any(unicodedata.category(letter) in {"Cc", "Cf"} for letter in kept)
    if hidden or (kept.strip() and not seen) or "\u3164" in kept:
        raise forms.ValidationError(_("Please remove the invisible characters."), code="invisible")


class LineBox(forms.CharField):
    """One line of text in which everything can be seen."""

    default_validators = [no_invisible_characters]


class TextBox(forms.CharField):
    """Several lines of text, small at first; control characters are not taken."""

    default_validators = [no_invisible_characters]

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        options.setdefault("max_length", 2000)
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)


class _GroupedIterator(ModelChoiceIterator):  # type: ignore[type-arg]  # generic in stubs only
    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        for group, rows in groupby(self.queryset, key=field.group_of):
            yield str(group), [self.choice(row) for row in rows]


class PeopleBox(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the same
    """Posts to tick, each with name and role, under the name of their department."""

    iterator = _GroupedIterator

    def __init__(self, queryset: Any, **options: Any) -> None:
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(queryset, **options)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.name} {obj.get_role_display()}"

    def group_of(self, post: Any) -> str:
        return str(post.department or _("Leaders"))
