"""What the pages of incoming papers read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.models import Assignment
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
        duty__in=[Duty.HANDLE, Duty.CLOSE],
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


IN_HAND = (State.HANDLING, State.REPORTED)  # a last day is set, and it is not closed
READERS = 2  # the place of the readers' box on the sheet


def sheet(lines: Iterable[Line]) -> list[Box]:
    """The opinion boxes in their fixed order; in the leaders' box the chief comes first."""
    by_verb: dict[str, list[Line]] = {}
    for line in lines:
        by_verb.setdefault(line.event.verb.removeprefix("incomingpaper."), []).append(line)
    return [
        Box(_("Proposed handling"), by_verb.get("propose", [])),
        Box(_("Leaders' instructions"), sorted(by_verb.get("instruct", []), key=_seniority)),
        Box(_("Readers"), by_verb.get("read", [])),
        Box(_("Handling"), by_verb.get("divide", []) + by_verb.get("report", [])),
        Box(_("Result"), by_verb.get("close", [])),
    ]


def said(boxes: Iterable[Box]) -> list[Box]:
    """What whoever acts next should have read: every opinion so far, but the readers' remarks."""
    return [box for place, box in enumerate(boxes) if box.lines and place != READERS]


def assisting(paper: IncomingPaper) -> list[str]:
    """The names of the co-handling departments."""
    rows = Assignment.objects.about(paper).filter(duty=Duty.HANDLE)
    others = rows.exclude(department=paper.lead_department).order_by("department__position")
    return list(others.values_list("department__name", flat=True).distinct())


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


WAY = (  # one step for each phase; the state it starts from is the phase
    flow.SIGN_FOR,
    flow.REGISTER,
    flow.PROPOSE,
    flow.INSTRUCT,
    flow.ASSIGN,
    flow.REPORT,
    flow.CLOSE,
)


def phases(
    paper: IncomingPaper, lines: Iterable[Line], holders: Iterable[Assignment]
) -> list[Phase]:
    """The way of the paper as it is drawn, and beside it the reading, if anybody reads."""
    lines, holders = list(lines), list(holders)
    here = list(State).index(State(paper.state)) + 1  # nobody waits in front of the mail room
    way = [
        _phase(
            step, "past" if place < here else "now" if place == here else "ahead", lines, holders
        )
        for place, step in enumerate(WAY)
    ]
    reading = replace(_phase(flow.READ, "beside", lines, holders), name=_("Readers"))
    return [*way, reading] if reading.passed or reading.holders else way


def _phase(step: Step, place: str, lines: list[Line], holders: list[Assignment]) -> Phase:
    return Phase(
        name=Duty(step.duty).label if step.duty else step.label,
        place=place,
        passed=[line for line in lines if line.event.verb == step.verb],
        holders=[row for row in holders if row.duty == step.duty],
    )


def _light(paper: IncomingPaper, today: date, calendar: Calendar) -> Light | None:
    if paper.due_on is None or paper.state not in IN_HAND:
        return None
    return light(paper.due_on, today, calendar)


def _seniority(line: Line) -> int:
    return 0 if line.event.post and line.event.post.role == Role.CHIEF else 1


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
