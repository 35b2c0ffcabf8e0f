"""What is typed about a paper, and whether it is well formed."""

from documents.forms.act import ActForm
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

__all__ = [
    "ActForm",
    "AssignForm",
    "CloseForm",
    "DivideForm",
    "InstructForm",
    "ProposeForm",
    "ReadForm",
    "RegisterFilter",
    "RegisterForm",
    "ReportForm",
    "SignForForm",
]
