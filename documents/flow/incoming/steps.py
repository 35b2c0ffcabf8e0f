"""The table of steps: from where, to where, with which duty, who may, and what the trail says.

党政机关公文处理工作条例 第二十四条 names them in its seven items.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activity.steps import Step
from activity.words import LABELS
from documents import access
from documents.flow.incoming import conditions
from documents.models import AnswerMeans, Duty, IncomingPaper, State
from organization.actor import Actor

KIND = "incomingpaper"
CLERK = _("a records clerk (Regulations on Papers, art. 24 items 1 to 4)")
DIRECTOR = _("the office director (Regulations on Papers, art. 24 item 4)")
LEADER = _("the leaders asked by the office director (Regulations on Papers, art. 24 item 4)")
HANDLER = _("the people who handle it (Regulations on Papers, art. 24 item 4)")
READER = _("the people it was passed to for reading (Regulations on Papers, art. 24 item 5)")
OFFICE = _("the records clerks and the office director (Regulations on Papers, art. 24)")
GIVEN_OUT = {State.CIRCULATING, State.HANDLING, State.REPORTED, State.REVIEWED, State.CLOSED}
NOT_ENDED = set(State) - {State.CLOSED, State.RETURNED}


def _step(
    name: str,
    before: Collection[str],
    after: str | None,
    allowed: Callable[[Actor, IncomingPaper], bool],
    who: Promise,
    label: Promise,
    sentence: Promise,
    *duties: str,
    **more: Any,
) -> Step:
    """The columns of the table, in the order in which they stand below."""
    return Step(KIND, name, before, after, allowed, who, label, sentence, duties, **more)


# fmt: off
SIGN_FOR = _step(
    "sign_for", (), State.SIGNED_FOR, access.may_sign_for, CLERK,
    _("Sign for"), _("signed for {copies} copies"),
)
REGISTER = _step(
    "register", {State.SIGNED_FOR}, State.REGISTERED, access.may_register, CLERK,
    _("Register"), _("registered it as {number}"),
    Duty.REGISTER,
)
SCREEN = _step(
    "screen", {State.REGISTERED}, State.SCREENED, access.may_screen, CLERK,
    _("Pre-check"), _("pre-checked it: {verdict}"),
    Duty.SCREEN,
)
PROPOSE = _step(
    "propose", {State.SCREENED}, State.PROPOSED, access.may_propose, DIRECTOR,
    _("Propose handling"), _("proposed the handling and asked {leaders} for instruction"),
    Duty.PROPOSE,
)
FORWARD = _step(
    "forward", {State.SCREENED}, State.INSTRUCTED, access.may_propose, DIRECTOR,
    _("Straight to the departments"), _("proposed the handling by the departments concerned"),
    Duty.PROPOSE,
)
CIRCULATE = _step(
    "circulate", {State.SCREENED, State.INSTRUCTED}, State.CIRCULATING, access.may_circulate,
    OFFICE, _("Send to readers"), _("sent it for reading to {readers}"),
    Duty.PROPOSE, Duty.ASSIGN,
)
INSTRUCT = _step(
    "instruct", {State.PROPOSED}, State.INSTRUCTED, access.may_instruct, LEADER,
    _("Instruct"), _("gave an instruction"),
    Duty.INSTRUCT,
)
ADD_LEADER = _step(
    "add_leader", {State.PROPOSED}, None, access.may_change_leaders, LEADER,
    _("Ask another leader"), _("asked {to} for instruction as well"),
)
REMOVE_LEADER = _step(
    "remove_leader", {State.PROPOSED}, None, access.may_change_leaders, LEADER,
    _("Take a leader out"), _("took {to} out of the leaders asked"),
    still=conditions.may_lose_a_leader,
)
ASSIGN = _step(
    "assign", {State.INSTRUCTED}, State.HANDLING, access.may_assign, CLERK,
    _("Assign"),
    _("assigned it: lead {lead}, due {due_on}; assisting {assisting}; readers {readers}"),
    Duty.ASSIGN,
)
DIVIDE = _step(
    "divide", {State.HANDLING}, None, access.may_divide,
    _("the head of a department that handles it (Regulations on Papers, art. 24 item 4)"),
    _("Pass to a colleague"), _("passed it to {to}"),
    Duty.HANDLE,
)
REPORT = _step(
    "report", {State.HANDLING}, State.REPORTED, access.may_report, HANDLER,
    _("Report back"), _("reported back"),
    Duty.HANDLE, branches=conditions.BEING_HANDLED,
)
REASSIGN = _step(
    "reassign", {State.HANDLING}, None, access.may_change_departments, OFFICE,
    _("Give to another department"), _("gave the part of {part} to {to}, due {due_on}"),
)
ADD_DEPARTMENT = _step(
    "add_department", {State.HANDLING}, None, access.may_change_departments, OFFICE,
    _("Add a co-handling department"), _("asked {to} to assist, due {due_on}"),
)
DROP_DEPARTMENT = _step(
    "drop_department", {State.HANDLING}, None, access.may_change_departments, OFFICE,
    _("Take a co-handling department out"), _("took out the part of {part}"),
    still=conditions.has_a_co_handler,
)
ASK_EXTENSION = _step(
    "ask_extension", {State.HANDLING}, None, access.may_ask_extension, HANDLER,
    _("Ask for an extension"), _("asked for an extension from {due_on} to {until_on}"),
    Duty.HANDLE, still=conditions.is_in_time, ends_work=False,
)
DECIDE_EXTENSION = _step(
    "decide_extension", {State.HANDLING}, None, access.may_decide_extension, DIRECTOR,
    _("Decide on the extension"), _("{verdict}: {part}, from {due_on} to {until_on}"),
    Duty.EXTEND,
)
REVIEW = _step(
    "review", {State.REPORTED}, State.REVIEWED, access.may_review, DIRECTOR,
    _("Review passed"), _("reviewed the handling and found it in order"),
    Duty.REVIEW,
)
CLOSE = _step(
    "close", {State.REVIEWED}, State.CLOSED, access.may_close, CLERK,
    _("Close"), _("closed it"),
    Duty.CLOSE,
)
ANSWER = _step(
    "answer", GIVEN_OUT, None, access.may_answer,
    _("the office and whoever handles it (Regulations on Papers, art. 24 item 7)"),
    _("Record the answer"), _("recorded the answer: {means}, {number}, {answered_on}; told {told}"),
)
READ = _step(
    "read", set(State) - {State.RETURNED}, None, access.may_read, READER,
    _("Mark as read"), _("has read it"),
    Duty.READ,
)
ADD_READERS = _step(
    "add_readers", GIVEN_OUT, None, access.may_change_readers, OFFICE,
    _("Add readers"), _("sent it for reading to {readers}"),
)
REMOVE_READER = _step(
    "remove_reader", GIVEN_OUT, None, access.may_change_readers, OFFICE,
    _("Take a reader out"), _("took {to} out of the readers"),
    still=conditions.has_readers,
)
SEND_BACK = _step(
    "send_back", NOT_ENDED, None, access.may_send_back, HANDLER,
    _("Send back"), _("sent it back to “{step}”, {straight}"),
    Duty.SCREEN, Duty.PROPOSE, Duty.INSTRUCT, Duty.ASSIGN, Duty.HANDLE, Duty.REVIEW, Duty.CLOSE,
)
RECALL = _step(
    "recall", NOT_ENDED, None, access.may_recall,
    _("whoever took the last step, while nobody has opened it"),
    _("Take back"), _("took back “{step}”"),
    still=conditions.is_not_opened,
)
CHASE = _step(
    "chase", NOT_ENDED | {State.CLOSED}, None, access.may_chase,
    _("the office, the leaders and whoever answers for it (Regulations on Papers, art. 24 item 6)"),
    _("Chase"), _("chased {holders}"),
    still=conditions.somebody_has_it,
)
# fmt: on
STEPS = [
    SIGN_FOR,
    REGISTER,
    SCREEN,
    PROPOSE,
    FORWARD,
    CIRCULATE,
    INSTRUCT,
    ADD_LEADER,
    REMOVE_LEADER,
    ASSIGN,
    REASSIGN,
    ADD_DEPARTMENT,
    DROP_DEPARTMENT,
    REPORT,
    DIVIDE,
    ASK_EXTENSION,
    DECIDE_EXTENSION,
    REVIEW,
    CLOSE,
    READ,
    ADD_READERS,
    REMOVE_READER,
    ANSWER,
    SEND_BACK,
    RECALL,
    CHASE,
]

# Values of `verdict`, `straight` and `means` in the details of events, in words.
LABELS |= {
    "screen.passed": _("all five points are in order"),
    "screen.returned": _("returned to the sender"),
    "extension.granted": _("granted the extension"),
    "extension.refused": _("did not grant the extension"),
    **{f"answer.{means.value}": means.label for means in AnswerMeans},
    "straight.yes": _("to come straight back"),
    "straight.no": _("to go on from there"),
}
