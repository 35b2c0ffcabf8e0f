"""What is typed about a paper, and whether it is well formed."""

from typing import Any

from documents.flow.incoming import STEPS
from documents.forms.act import ActForm
from documents.forms.duplicates import AskedForm, ComparedForm
from documents.forms.handling import (
    AssignForm,
    CloseForm,
    DivideForm,
    InstructForm,
    ProposeForm,
    ReadForm,
    ReportForm,
)
from documents.forms.register import RegisterFilter, RegisterForm, SignForForm
from web.forms import PhrasedBox

# By the name of the step each is for.
FORMS: dict[str, type[ActForm]] = {
    "register": RegisterForm,
    "propose": ProposeForm,
    "instruct": InstructForm,
    "assign": AssignForm,
    "divide": DivideForm,
    "report": ReportForm,
    "read": ReadForm,
    "close": CloseForm,
}


def acts_with_an_opinion() -> dict[str, Any]:
    """The steps whose form offers phrases, and what they are called."""
    return {step.name: step.label for step in STEPS if step.name in FORMS and _offers(step.name)}


def _offers(act: str) -> bool:
    return any(isinstance(box, PhrasedBox) for box in FORMS[act].base_fields.values())


__all__ = [
    "FORMS",
    "ActForm",
    "AskedForm",
    "AssignForm",
    "CloseForm",
    "ComparedForm",
    "DivideForm",
    "InstructForm",
    "ProposeForm",
    "ReadForm",
    "RegisterFilter",
    "RegisterForm",
    "ReportForm",
    "SignForForm",
    "acts_with_an_opinion",
]
