"""The way of an incoming paper (收文办理, 党政机关公文处理工作条例 第二十四条).

签收 sign_for → 登记 register → 拟办 propose → 批示 instruct → 交办 assign → 承办 divide, report
→ 办结 close, with 传阅 read beside it. A number is given by `register` and nowhere else. One step,
one function.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.models import Assignment
from activity.steps import Step
from activity.trace import NobodyToAsk, Trace
from attachments.flow import attach
from attachments.models import Upload
from documents import access
from documents.deadlines import handling_deadline
from documents.flow.given import NOTHING, Compared
from documents.flow.given import Arrival as Arrival
from documents.flow.given import Plan as Plan
from documents.flow.given import Registration as Registration
from documents.models import Duty, IncomingPaper, State
from organization import people
from organization.actor import Actor
from organization.calendar import Calendar
from organization.models import Department, Post, Role
from organization.serials import next_number

KIND = "incomingpaper"
SERIES = "incoming"

SIGN_FOR = Step(
    KIND,
    "sign_for",
    before=(),
    after=State.SIGNED_FOR,
    allowed=access.may_sign_for,
    who=_("a records clerk (Regulations on Papers, art. 24 item 1)"),
    label=_("Sign for"),
    sentence=_("signed for {copies} copies"),
)
REGISTER = Step(
    KIND,
    "register",
    before={State.SIGNED_FOR},
    after=State.REGISTERED,
    duty=Duty.REGISTER,
    allowed=access.may_register,
    who=_("a records clerk (Regulations on Papers, art. 24 item 2)"),
    label=_("Register"),
    sentence=_("registered it as {number}"),
)
PROPOSE = Step(
    KIND,
    "propose",
    before={State.REGISTERED},
    after=State.PROPOSED,
    duty=Duty.PROPOSE,
    allowed=access.may_propose,
    who=_("the office director (Regulations on Papers, art. 24 item 4)"),
    label=_("Propose handling"),
    sentence=_("proposed the handling and asked {leaders} for instruction"),
)
INSTRUCT = Step(
    KIND,
    "instruct",
    before={State.PROPOSED},
    after=State.INSTRUCTED,
    duty=Duty.INSTRUCT,
    allowed=access.may_instruct,
    who=_("the leaders asked by the office director (Regulations on Papers, art. 24 item 4)"),
    label=_("Instruct"),
    sentence=_("gave an instruction"),
)
ASSIGN = Step(
    KIND,
    "assign",
    before={State.INSTRUCTED},
    after=State.HANDLING,
    duty=Duty.ASSIGN,
    allowed=access.may_assign,
    who=_("a records clerk (Regulations on Papers, art. 24 item 4)"),
    label=_("Assign"),
    sentence=_("assigned it: lead {lead}, assisting {assisting}, due {due_on}, readers {readers}"),
)
DIVIDE = Step(
    KIND,
    "divide",
    before={State.HANDLING},
    after=None,
    duty=Duty.HANDLE,
    allowed=access.may_divide,
    who=_("the head of a department that handles it (Regulations on Papers, art. 24 item 4)"),
    label=_("Pass to a colleague"),
    sentence=_("passed it to {to}"),
)
REPORT = Step(
    KIND,
    "report",
    before={State.HANDLING},
    after=State.REPORTED,
    duty=Duty.HANDLE,
    allowed=access.may_report,
    who=_("the people who handle it (Regulations on Papers, art. 24 item 4)"),
    label=_("Report back"),
    sentence=_("reported back"),
)
READ = Step(
    KIND,
    "read",
    before={State.HANDLING, State.REPORTED, State.CLOSED},
    after=None,
    duty=Duty.READ,
    allowed=access.may_read,
    who=_("the people it was passed to for reading (Regulations on Papers, art. 24 item 5)"),
    label=_("Mark as read"),
    sentence=_("has read it"),
)
CLOSE = Step(
    KIND,
    "close",
    before={State.REPORTED},
    after=State.CLOSED,
    duty=Duty.CLOSE,
    allowed=access.may_close,
    who=_("a records clerk (Regulations on Papers, art. 24 items 6 and 7)"),
    label=_("Close"),
    sentence=_("closed it"),
)
STEPS = [SIGN_FOR, REGISTER, PROPOSE, INSTRUCT, ASSIGN, DIVIDE, REPORT, READ, CLOSE]


def sign_for(
    arrival: Arrival, *, by: Actor, files: Sequence[Upload] = (), beside: Compared = NOTHING
) -> IncomingPaper:
    """Take in a paper at the mail room; any records clerk may then register it.

    Raises IntegrityError when the same form was sent before.
    """
    post = by.post_as(Role.RECORDS_CLERK)
    paper = IncomingPaper(
        procuratorate=by.procuratorate,
        sender=arrival.sender,
        sender_number=arrival.sender_number,
        title=arrival.title,
        channel=arrival.channel,
        copies=arrival.copies,
        signed_for_at=timezone.now(),
        signed_for_by=post,
        form_key=arrival.key,
    )
    with SIGN_FOR.begun(paper, by=by) as trace:
        trace.details["copies"] = arrival.copies
        if beside:
            trace.details["beside"] = dict(beside)
        if post:
            attach(files, paper, by=by, post=post)
        trace.ask_any(_clerks(paper), Duty.REGISTER)
    return paper


def register(
    paper: IncomingPaper,
    data: Registration,
    *,
    by: Actor,
    files: Sequence[Upload] = (),
    beside: Compared = NOTHING,
) -> None:
    """Write the paper into the register and give it its number, here and nowhere else."""
    with REGISTER.taken(paper, by=by) as trace:
        for name, value in vars(data).items():
            setattr(paper, name, value)
        paper.registered_at = timezone.now()
        paper.registered_by = trace.row.post if trace.row else None
        if paper.registered_by:
            attach(files, paper, by=by, post=paper.registered_by)
        trace.ask_any(_holders(paper, Role.OFFICE_DIRECTOR), Duty.PROPOSE)
        entry = next_number(paper.procuratorate, SERIES, timezone.localdate().year)
        paper.number = entry.text
        trace.details["number"] = entry.text
        if beside:
            trace.details["beside"] = dict(beside)


def propose(paper: IncomingPaper, *, by: Actor, opinion: str, leaders: Sequence[Post]) -> None:
    """The office director says how it should be handled, and asks one leader or several."""
    with PROPOSE.taken(paper, by=by) as trace:
        if not leaders:
            raise NobodyToAsk(paper, Duty.INSTRUCT)
        trace.details |= {"opinion": opinion, "leaders": _names(leaders)}
        for leader in leaders:
            trace.ask(leader, Duty.INSTRUCT)


def instruct(paper: IncomingPaper, *, by: Actor, opinion: str) -> None:
    """A leader writes what shall be done; after the last one the paper is assigned."""
    with INSTRUCT.taken(paper, by=by) as trace:
        trace.details["opinion"] = opinion
        if trace.moves:
            trace.ask_any(_clerks(paper), Duty.ASSIGN)


def assign(paper: IncomingPaper, plan: Plan, *, by: Actor) -> None:
    """Hand the paper out as instructed: departments with a deadline, readers beside them."""
    with ASSIGN.taken(paper, by=by) as trace:
        calendar = Calendar.load(paper.procuratorate_id)
        proposed = handling_deadline(paper, timezone.now(), calendar)
        deadline = proposed.set_by_hand(plan.due_on, calendar)
        for department in [plan.lead, *plan.assisting]:
            trace.ask(_head_of(paper, department), Duty.HANDLE, deadline)
        trace.ask_to_read(plan.readers, Duty.READ)
        paper.lead_department = plan.lead
        paper.due_on = deadline.due_on
        trace.details |= {
            "lead": plan.lead.name,
            "assisting": "、".join(department.name for department in plan.assisting),
            "due_on": deadline.due_on.isoformat(),
            "readers": _names(plan.readers),
        }


def divide(paper: IncomingPaper, *, by: Actor, to: Post, opinion: str = "") -> None:
    """A department head passes the department's part to a colleague; the deadline goes along."""
    if to.department is None:
        raise DIVIDE.refusal()
    with DIVIDE.taken(paper, by=by, department=to.department) as trace:
        trace.details |= {"opinion": opinion, "to": to.user.name}
        trace.move_to(to)


def report(paper: IncomingPaper, *, by: Actor, opinion: str) -> None:
    """Say what was done; after the last department the paper can be closed."""
    with REPORT.taken(paper, by=by) as trace:
        trace.details["opinion"] = opinion
        if trace.moves:
            trace.ask_any(_clerks(paper), Duty.CLOSE)


def read(paper: IncomingPaper, *, by: Actor, opinion: str = "") -> None:
    """A reader has read it, and may add a remark."""
    with READ.taken(paper, by=by) as trace:
        trace.details["opinion"] = opinion


def close(paper: IncomingPaper, *, by: Actor, result: str) -> None:
    """The matter is done (办结): the result goes onto the processing sheet."""
    with CLOSE.taken(paper, by=by) as trace:
        paper.result = result
        paper.closed_at = timezone.now()
        trace.details["opinion"] = result
        _tell_who_decided(paper, trace)


def _holders(paper: IncomingPaper, role: Role) -> list[Post]:
    return people.holders(paper.procuratorate, timezone.localdate(), role)


def _clerks(paper: IncomingPaper) -> list[Post]:
    return _holders(paper, Role.RECORDS_CLERK)


def _head_of(paper: IncomingPaper, department: Department) -> Post:
    head = people.head_of(department, timezone.localdate(), paper.marking)
    if head is None:
        raise NobodyToAsk(paper, Duty.HANDLE)
    return head


def _names(posts: Sequence[Post]) -> str:
    return "、".join(post.user.name for post in posts)


def _tell_who_decided(paper: IncomingPaper, trace: Trace) -> None:
    rows = Assignment.objects.about(paper).filter(duty__in=[Duty.PROPOSE, Duty.INSTRUCT])
    trace.tell([row.post for row in rows.select_related("post")])
