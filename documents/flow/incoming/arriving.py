"""签收, 登记, 初审: the paper comes in."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from activity.models import Assignment, Outcome
from activity.ways_back import go_straight_back
from attachments.flow import attach
from attachments.models import Upload
from documents.flow.given import NOTHING, Arrival, Compared, Registration
from documents.flow.incoming.asking import clerks, directors
from documents.flow.incoming.steps import REGISTER, SCREEN, SIGN_FOR
from documents.models import Duty, IncomingPaper, State
from organization.actor import Actor
from organization.models import Role
from organization.serials import next_number

SERIES = "incoming"


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
        trace.ask_any(clerks(paper), Duty.REGISTER)
    return paper


def register(
    paper: IncomingPaper,
    data: Registration,
    *,
    by: Actor,
    files: Sequence[Upload] = (),
    beside: Compared = NOTHING,
) -> None:
    """Write the paper into the register and give it its number, here and nowhere else.

    A paper that was sent back to be registered again keeps the number it has.
    """
    with REGISTER.taken(paper, by=by) as trace:
        for name, value in vars(data).items():
            setattr(paper, name, value)
        post = trace.row.post if trace.row else None
        if post:
            attach(files, paper, by=by, post=post)
        if not go_straight_back(trace):
            trace.ask_any(clerks(paper), Duty.SCREEN)
        elif paper.is_urgent and paper.lead_department_id:
            paper.chaser = paper.chaser or post  # it turned out to be urgent while in hand
        if not paper.number:
            paper.registered_at, paper.registered_by = timezone.now(), post
            entry = next_number(paper.procuratorate, SERIES, timezone.localdate().year)
            paper.number = entry.text
        trace.details["number"] = paper.number
        if beside:
            trace.details["beside"] = dict(beside)


def screen(
    paper: IncomingPaper, *, by: Actor, answers: Mapping[str, bool], opinion: str = ""
) -> None:
    """The pre-check (初审) by its five questions; one “no” returns the paper to the sender.

    党政机关公文处理工作条例 第二十四条第三项: 不符合规定的, 应当及时退回来文单位并说明理由.
    Raises ValueError without five answers, or without a reason when one is “no”.
    """
    passed = all(answers.values())
    if set(answers) != set(QUESTIONS) or not (passed or opinion):
        raise ValueError("The five questions are answered, and a return has its reason.")
    with SCREEN.taken(paper, by=by) as trace:
        verdict = "screen.passed" if passed else "screen.returned"
        trace.details |= {"answers": dict(answers), "opinion": opinion, "verdict": verdict}
        if not passed:
            paper.returned_at, paper.return_reason = timezone.now(), opinion
            trace.after = State.RETURNED
            others = Assignment.objects.about(paper).open().exclude(duty=Duty.SCREEN)
            trace.end(others.select_related("post"), Outcome.CANCELLED)
        elif not go_straight_back(trace):
            trace.ask_any(directors(paper), Duty.PROPOSE)


# 第二十四条第三项, in its order.
QUESTIONS = ("ours", "routing", "form", "agreed", "other")
