"""What is typed about a paper, and whether it is well formed."""

from typing import Any

from documents.flow.incoming import STEPS
from documents.forms import deciding, finishing, handling, reading
from documents.forms.act import ActForm
from documents.forms.batch import BATCH_FORMS, BatchForm
from documents.forms.duplicates import AskedForm, ComparedForm
from documents.forms.register import RegisterFilter, RegisterForm, SignForForm
from web.forms import PhrasedBox

# By the name of the step each is for.
FORMS: dict[str, type[ActForm]] = {
    "register": RegisterForm,
    "screen": deciding.ScreenForm,
    "propose": deciding.ProposeForm,
    "forward": deciding.ForwardForm,
    "circulate": reading.CirculateForm,
    "instruct": deciding.InstructForm,
    "add_leader": deciding.AddLeaderForm,
    "remove_leader": deciding.RemoveLeaderForm,
    "assign": handling.AssignForm,
    "reassign": handling.ReassignForm,
    "add_department": handling.AddDepartmentForm,
    "drop_department": handling.DropDepartmentForm,
    "divide": handling.DivideForm,
    "report": handling.ReportForm,
    "ask_extension": handling.AskExtensionForm,
    "decide_extension": handling.DecideExtensionForm,
    "review": deciding.ReviewForm,
    "close": finishing.CloseForm,
    "answer": finishing.AnswerForm,
    "read": reading.ReadForm,
    "add_readers": reading.AddReadersForm,
    "remove_reader": reading.RemoveReaderForm,
    "send_back": finishing.SendBackForm,
    "recall": finishing.RecallForm,
    "chase": finishing.ChaseForm,
}


def acts_with_an_opinion() -> dict[str, Any]:
    """The steps whose form offers phrases, and what they are called."""
    return {step.name: step.label for step in STEPS if step.name in FORMS and _offers(step.name)}


def _offers(act: str) -> bool:
    return any(isinstance(box, PhrasedBox) for box in FORMS[act].base_fields.values())


__all__ = [
    "BATCH_FORMS",
    "FORMS",
    "ActForm",
    "AskedForm",
    "BatchForm",
    "ComparedForm",
    "RegisterFilter",
    "RegisterForm",
    "SignForForm",
    "acts_with_an_opinion",
]
