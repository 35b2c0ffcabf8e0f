"""Co-handling departments to tick, each with a last day of its own."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from documents.flow.incoming import Share
from documents.forms.days import DueBox
from organization.models import Department

Typed = list[tuple[str, str]]  # department, day as typed


class SharesInput(forms.Widget):
    """A tick and a day for each department; the day counts only beside a tick."""

    departments: Iterable[Department] = ()
    due_on: date | None = None
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        ticked = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [(value, str(data.get(f"{name}-{value}", ""))) for value in ticked]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # nothing ticked is an answer as well

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        typed = dict(value or [])
        lines = [
            (department, str(department.pk) in typed, typed.get(str(department.pk), ""))
            for department in self.departments
        ]
        context = {
            "name": name,
            "lines": lines,
            "due_on": self.due_on,
            "id": (attrs or {}).get("id", name),
        }
        return render_to_string("documents/_shares.html", context)


class SharesBox(forms.Field):
    """Becomes a list of Share."""

    widget = SharesInput

    def offer(self, departments: Any, due_on: date) -> None:
        self.departments = departments
        self.widget.departments, self.widget.due_on = departments, due_on

    def clean(self, value: Any) -> list[Share]:
        days = DueBox()
        found = {str(department.pk): department for department in self.departments}
        shares = []
        for chosen, day in value or []:
            if chosen not in found:
                raise forms.ValidationError(_("Choose departments of the list."))
            try:
                shares.append(Share(found[chosen], days.clean(day)))
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    [f"{found[chosen]}：{message}" for message in error.messages]
                ) from error
        return shares
