"""审核, 办结, 答复: what was done is judged, the matter is closed, the sender is answered."""

from datetime import date

from django.utils import timezone

from activity.ways_back import go_straight_back
from documents.flow.incoming.asking import clerks, tell_who_decided
from documents.flow.incoming.steps import ANSWER, CLOSE, REVIEW
from documents.models import AnswerMeans, Duty, IncomingPaper
from organization.actor import Actor


def review(paper: IncomingPaper, *, by: Actor, opinion: str) -> None:
    """The office director finds that what was asked for was done; if not, it is sent back."""
    with REVIEW.taken(paper, by=by) as trace:
        trace.details["opinion"] = opinion
        if not go_straight_back(trace):
            trace.ask_any(clerks(paper), Duty.CLOSE)


def close(paper: IncomingPaper, *, by: Actor, result: str, no_answer: str = "") -> None:
    """The matter is done (办结): the result goes onto the processing sheet.

    `no_answer` says why a sender who wanted an answer gets none.
    """
    with CLOSE.taken(paper, by=by) as trace:
        paper.result = result
        paper.closed_at = timezone.now()
        trace.details |= {"opinion": result, "no_answer": no_answer}
        tell_who_decided(paper, trace)


def answer(
    paper: IncomingPaper,
    *,
    by: Actor,
    answered_on: date,
    means: str,
    number: str = "",
    told: str = "",
    opinion: str = "",
) -> None:
    """The sender was answered (答复): when, how, under which number, and who else was told."""
    with ANSWER.taken(paper, by=by) as trace:
        paper.answered_on = answered_on
        paper.answer_means = AnswerMeans(means)
        paper.answer_number = number
        trace.details |= {
            "answered_on": answered_on.isoformat(),
            "means": f"answer.{means}",
            "number": number,
            "told": told,
            "opinion": opinion,
        }
