"""What is typed about a paper, and whether it is well formed."""

from documents.forms import deciding, finishing, handling, reading
from documents.forms.act import ActForm
from documents.forms.batch import BATCH_FORMS, BatchForm
from documents.forms.register import RegisterFilter, RegisterForm, SignForForm

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

__all__ = [
    "BATCH_FORMS",
    "FORMS",
    "ActForm",
    "BatchForm",
    "RegisterFilter",
    "RegisterForm",
    "SignForForm",
]
