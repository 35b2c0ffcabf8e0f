"""One way in which forms look, and the boxes our pages share."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict
from django.template.loader import render_to_string
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


class _PhrasedInput(forms.Textarea):
    phrases: Sequence[str] = ()
    act = ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        textarea = super().render(name, value, attrs, renderer)
        context = {"textarea": textarea, "phrases": self.phrases, "act": self.act}
        return render_to_string("web/_phrased.html", context)


class PhrasedBox(TextBox):
    """Several lines of text with set phrases below, each taken into the text by a button."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=_PhrasedInput(attrs={"rows": rows}), **options)

    def offer(self, phrases: Sequence[str], act: str) -> None:
        self.widget.phrases, self.widget.act = phrases, act


class _GroupedIterator(ModelChoiceIterator):  # type: ignore[type-arg]  # generic in stubs only
    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        for group, rows in groupby(self.queryset, key=field.group_of):
            yield str(group), [self.choice(row) for row in rows]


class PeopleInput(forms.widgets.ChoiceWidget):
    """Posts to tick under the name of their department, found by name, pinyin or department.

    `common` names groups that are often chosen together, each with its roles. The ticks are what
    is sent; search, groups and chips are made of them by people.js. A few need no search.
    """

    input_type = "checkbox"
    allow_multiple_selected = True
    use_fieldset = True
    common: Sequence[tuple[Any, Collection[str]]] = ()
    ordered = False  # whether it matters who was chosen first
    few = 8
    folded_from = 60

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The box as a whole has a legend, not a label."""
        return "" if index is None else super().id_for_label(id_, index)

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # the browser would ask for each of them

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # nothing ticked is an answer as well

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The ticks in the order in which they were made, as far as the page could tell."""
        ticked = super().value_from_datadict(data, files, name)
        if not self.ordered or not isinstance(ticked, list):
            return ticked
        made = str(data.get(f"{name}-order", "")).split(",")
        place = {value: number for number, value in enumerate(made)}
        return sorted(ticked, key=lambda value: place.get(value, len(place)))

    def create_option(self, name: str, value: Any, *args: Any, **named: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **named)
        option["post"] = value.instance
        option["groups"] = [
            place
            for place, (_name, roles) in enumerate(self.common)
            if value.instance.role in roles
        ]
        return option

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        widget = self.get_context(name, value, attrs)["widget"]
        people = [option for _name, options, _place in widget["optgroups"] for option in options]
        sizes = Counter(group for option in people for group in option["groups"])
        context = {
            "widget": widget,
            "wrong": "is-invalid" in widget["attrs"].get("class", ""),
            "few": len(people) <= self.few,
            "folded": len(people) >= self.folded_from,
            "multiple": self.allow_multiple_selected,
            "ordered": self.ordered,
            "order": ",".join(str(chosen) for chosen in widget["value"] or ()),
            "common": [(n, label) for n, (label, _r) in enumerate(self.common) if sizes[n] > 1],
        }
        return render_to_string("web/_people.html", context)


class PersonInput(PeopleInput):
    input_type = "radio"
    allow_multiple_selected = False


class _Posts:
    """What choosing one post and choosing several have in common."""

    iterator = _GroupedIterator

    def label_from_instance(self, post: Any) -> str:
        return f"{post.user.name} {post.title}"

    def group_of(self, post: Any) -> str:
        return str(post.department or _("Leaders"))


class PeopleBox(_Posts, forms.ModelMultipleChoiceField):  # type: ignore[misc, type-arg]  # two bases, and the same
    """Several posts, always with name, unit and role, in the order in which they were chosen."""

    widget = PeopleInput

    def __init__(
        self, queryset: Any, *, common: Any = (), ordered: bool = False, **options: Any
    ) -> None:
        super().__init__(queryset, **options)
        self.widget.common, self.widget.ordered = common, ordered

    def clean(self, value: Any) -> Any:
        found = {str(post.pk): post for post in super().clean(value)}
        return [found[str(chosen)] for chosen in value or ()]


class PersonBox(_Posts, forms.ModelChoiceField):  # type: ignore[misc, type-arg]
    """One post, chosen in the same way."""

    widget = PersonInput

    def __init__(self, queryset: Any, **options: Any) -> None:
        super().__init__(queryset, empty_label=None, **options)
