"""What the pages of incoming papers read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.models import Assignment, Event, Outcome
from activity.steps import Step
from activity.trail import Line
from documents.flow import incoming as flow
from documents.models import Duty, IncomingPaper, State
from documents.models.incoming import IncomingPaperQuerySet
from organization.actor import Actor
from organization.calendar import Calendar
from organization.deadlines import OFFICE_TIME, end_of
from organization.lights import NEAR, Light, light
from organization.models import Role


@dataclass(frozen=True)
class RegisterLine:
    """One line of the register; a line that is only listed shows no title."""

    paper: IncomingPaper
    opens: bool
    light: Light | None


def register(actor: Actor, asked: Mapping[str, Any]) -> IncomingPaperQuerySet:
    """The register lines that match the filter row."""
    papers = IncomingPaper.objects.listed_for(actor).filter(_matching(asked))
    if asked.get("title"):  # a title that may not be read may not be searched either
        papers = papers.filter(title__icontains=asked["title"], marking__lte=actor.clearance)
    if asked.get("due"):
        calendar = Calendar.load(actor.procuratorate.pk)
        papers = papers.filter(pressing(asked["due"], timezone.localdate(), calendar))
    return papers.select_related("lead_department")


def pressing(how: str, today: date, calendar: Calendar) -> Q:
    """Papers in hand whose last day is over ("late") or within three working days ("near")."""
    in_hand = Q(state__in=IN_HAND)
    if how == "late":
        return in_hand & Q(due_on__lt=today)
    calm_from = calendar.add_workdays(today, NEAR + 1)
    return in_hand & Q(due_on__gte=today, due_on__lt=calm_from)


@dataclass(frozen=True)
class WatchedLine:
    """A paper somebody answers for who does not handle it: who has it, and how late it is."""

    paper: IncomingPaper
    light: Light | None
    holders: list[Assignment]


def watched(
    papers: IncomingPaperQuerySet, today: date, calendar: Calendar, most: int
) -> list[WatchedLine]:
    """The most pressing of these papers with whoever has them now: two queries."""
    shown = list(papers.select_related("lead_department").order_by("due_on", "pk")[:most])
    rows = Assignment.objects.open().filter(
        target_kind=ContentType.objects.get_for_model(IncomingPaper),
        target_id__in=[paper.pk for paper in shown],
        duty__in=[Duty.HANDLE, Duty.REASSIGN, Duty.REVIEW, Duty.CLOSE],
    )
    having: dict[int, list[Assignment]] = {}
    named = rows.with_delegates(today).select_related("post__user", "post__department")
    for row in named.order_by("pk"):
        having.setdefault(row.target_id, []).append(row)
    return [
        WatchedLine(paper, _light(paper, today, calendar), having.get(paper.pk, []))
        for paper in shown
    ]


def register_lines(papers: Iterable[IncomingPaper], actor: Actor) -> list[RegisterLine]:
    """The lines of one page: two queries, whatever its length."""
    shown = list(papers)
    visible = IncomingPaper.objects.visible_to(actor).filter(pk__in=[paper.pk for paper in shown])
    opens = set(visible.values_list("pk", flat=True))
    calendar, today = Calendar.load(actor.procuratorate.pk), timezone.localdate()
    return [
        RegisterLine(paper, paper.pk in opens, _light(paper, today, calendar)) for paper in shown
    ]


@dataclass(frozen=True)
class Box:
    """An opinion box of the processing sheet (文件处理单)."""

    name: Any
    lines: list[Line]


# A last day is set, and it is not closed.
IN_HAND = (State.HANDLING, State.REPORTED, State.REVIEWED)
READERS = 2  # the place of the readers' box on the sheet


def sheet(lines: Iterable[Line]) -> list[Box]:
    """The opinion boxes in their fixed order; in each box the senior comes first."""
    by_step: dict[str, list[Line]] = {}
    for line in lines:
        by_step.setdefault(line.event.verb.removeprefix("incomingpaper."), []).append(line)
    return [
        Box(label, sorted((line for name in names for line in by_step.get(name, [])), key=_place))
        for label, names in BOXES
    ]


# Which acts write into which box of the sheet (文件处理单).
BOXES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Proposed handling"), ("propose", "forward", "circulate")),
    (_("Leaders' instructions"), ("instruct",)),
    (_("Readers"), ("read",)),
    (_("Handling"), ("divide", "report")),
    (_("Review"), ("review",)),
    (_("Result"), ("close",)),
    (_("Answer to the sender"), ("answer",)),
)


def said(boxes: Iterable[Box]) -> list[Box]:
    """What whoever acts next should have read: every opinion so far, but the readers' remarks."""
    return [box for place, box in enumerate(boxes) if box.lines and place != READERS]


def assisting(paper: IncomingPaper) -> list[str]:
    """The names of the co-handling departments: those whose part is open or done."""
    rows = flow.handled_this_time(paper).filter(outcome__in=["", Outcome.DONE])
    others = rows.exclude(department=paper.lead_department).order_by("department__position")
    return list(others.values_list("department__name", flat=True).distinct())


def readers(paper: IncomingPaper) -> list[Assignment]:
    """Everybody it was given to for reading, in order; who need not read it is left out."""
    rows = Assignment.objects.about(paper).filter(duty=Duty.READ)
    rows = rows.exclude(outcome__in=[Outcome.CANCELLED, Outcome.RECALLED])
    people = rows.select_related("post__user", "post__department")
    return list(people.order_by("opening_event", "turn", "pk"))


def screening(paper: IncomingPaper) -> Event | None:
    """The pre-check by which the paper was returned, if it was."""
    events = Event.objects.about(paper).filter(details__verdict="screen.returned")
    return events.select_related("user", "acting_for__user").order_by("-pk").first()


# Two duties that are better not in one hand: the later one, the act that came before it, and why.
APART = (
    (Duty.INSTRUCT, "propose", _("You proposed the handling of this paper yourself.")),
    (Duty.REVIEW, "report", _("You reported on this paper yourself.")),
    (Duty.REVIEW, "divide", _("You handle this paper in your department yourself.")),
    (Duty.EXTEND, "ask_extension", _("You asked for this extension yourself.")),
    (Duty.CLOSE, "report", _("You reported on this paper yourself.")),
)


def conflict(duties: Collection[str], mine: Iterable[Event]) -> list[Any]:
    """Why the reader had better leave an open duty to somebody else: what they did before.

    Told by person, not by post: whoever holds two posts, or acts for another, is one person.
    """
    done = {event.verb.removeprefix("incomingpaper.") for event in mine}
    return [why for duty, act, why in APART if duty in duties and act in done]


def current_light(paper: IncomingPaper) -> Light | None:
    """The light of one paper, with the calendar of its procuratorate."""
    return _light(paper, timezone.localdate(), Calendar.load(paper.procuratorate_id))


@dataclass(frozen=True)
class Phase:
    """A phase on the drawn way of a paper: who has been through it, and in whose hands it is."""

    name: Any
    place: str  # "past", "now", "ahead", or "beside" for reading
    passed: list[Line]
    holders: list[Assignment]


# The way of a paper to be handled (办件) and of one to be known (阅件).
_ARRIVING = (flow.SIGN_FOR, flow.REGISTER, flow.SCREEN)
TO_HANDLE = (
    *_ARRIVING,
    flow.PROPOSE,
    flow.INSTRUCT,
    flow.ASSIGN,
    flow.REPORT,
    flow.REVIEW,
    flow.CLOSE,
)
TO_READ = (*_ARRIVING, flow.CIRCULATE, flow.READ, flow.CLOSE)
# Acts that stand beside another in its phase.
BESIDE = {
    "propose": ("forward",),
    "instruct": ("add_leader", "remove_leader"),
    "assign": ("circulate",),
}


def phases(
    paper: IncomingPaper, lines: Iterable[Line], holders: Iterable[Assignment]
) -> list[Phase]:
    """The way of the paper as it is drawn, and beside it the reading, if anybody reads.

    A paper that was returned ends at the pre-check.
    """
    lines, holders = list(lines), list(holders)
    way: tuple[Step, ...] = TO_READ if paper.for_reading else TO_HANDLE
    if paper.state == State.RETURNED:
        way = _ARRIVING
    here = next((n for n, step in enumerate(way) if _is_before(step, paper.state)), len(way))
    drawn = [
        _phase(
            step, "past" if place < here else "now" if place == here else "ahead", lines, holders
        )
        for place, step in enumerate(way)
    ]
    reading = _phase(flow.READ, "beside", lines, holders)
    beside = flow.READ not in way and (reading.passed or reading.holders)
    return [*drawn, reading] if beside else drawn


def _phase(step: Step, place: str, lines: list[Line], holders: list[Assignment]) -> Phase:
    acts = {f"incomingpaper.{name}" for name in (step.name, *BESIDE.get(step.name, ()))}
    return Phase(
        name=_name(step),
        place=place,
        passed=[line for line in lines if line.event.verb in acts],
        holders=[row for row in holders if row.duty in _duties_of(step)],
    )


def _name(step: Step) -> Any:
    """A phase is called by its duty, where there is one of its own."""
    if step == flow.READ:
        return _("Readers")
    return Duty(*step.duties).label if len(step.duties) == 1 else step.label


def _is_before(step: Step, state: str) -> bool:
    """Whether the paper waits for this step. Reading is possible in every state."""
    return state == State.CIRCULATING if step == flow.READ else state in step.before


def _duties_of(step: Step) -> Collection[str]:
    """What somebody has in hand while the paper is in front of this step."""
    if step == flow.REPORT:
        return (Duty.HANDLE, Duty.REASSIGN, Duty.EXTEND)
    return (Duty.PROPOSE,) if step == flow.CIRCULATE else step.duties


def _light(paper: IncomingPaper, today: date, calendar: Calendar) -> Light | None:
    if paper.due_on is None or paper.state not in IN_HAND:
        return None
    return light(paper.due_on, today, calendar)


_RANK = {Role.CHIEF: 0, Role.VICE_CHIEF: 1, Role.OFFICE_DIRECTOR: 2, Role.DEPARTMENT_HEAD: 2}


def _place(line: Line) -> tuple[int, int]:
    """Seniority of the post, then when it was said."""
    post = line.event.post
    return (_RANK.get(Role(post.role), 3) if post else 3, line.event.pk)


def _matching(asked: Mapping[str, Any]) -> Q:
    condition = Q()
    if asked.get("number"):
        condition &= Q(number__icontains=asked["number"]) | Q(
            sender_number__icontains=asked["number"]
        )
    if asked.get("sender"):
        condition &= Q(sender__icontains=asked["sender"])
    if asked.get("state"):
        condition &= Q(state=asked["state"])
    if asked.get("urgency") is not None:
        condition &= Q(urgency=asked["urgency"])
    if asked.get("since"):
        condition &= Q(signed_for_at__gte=_start_of(asked["since"]))
    if asked.get("until"):
        condition &= Q(signed_for_at__lte=end_of(asked["until"]))
    return condition


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OFFICE_TIME)
