"""What is typed about a paper, and whether it is well formed."""

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
]
