"""An office with so many rows on every page, all brought there by the real flow."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from activity import reminders
from activity.handover import flow as handovers
from activity.models import (
    ChannelKind,
    Handover,
    LadderStage,
    MessageKind,
    MessageStatus,
    OutboxMessage,
    Phrase,
)
from activity.models.phrase import MOST_CHARACTERS
from activity.phrases import MOST, keep
from attachments import stops
from attachments.checks import FileRefused
from attachments.flow import receive
from attachments.models import Content, SecrecyStop
from attachments.tasks import draw_pages, read_text
from documents.flow import incoming as flow
from documents.models import OF_PAPERS, IncomingPaper, State
from organization.models import CalendarDay, DeadlineRule, Delegation, Department, Series
from tests.administration import rows_of
from tests.documents.factories import ALL_YES, ORDER, arrival, pdf, registration
from tests.pages.people import found, hire
from tests.pages.table import ASIDES, NOBODY, Visit

AGE = timedelta(days=30)
DUE_IN = (-6, 1, 25)  # days from today: late, near, calm
TITLE = (
    "关于转发《丘陵市人民检察院、丘陵市司法局关于进一步加强和规范律师参与化解和代理涉法涉诉信访"
    "案件工作的实施意见（试行）》并做好贯彻落实情况定期报送工作的通知"
)
WORD = "DianZiGongWenJiaoHuanXiTong_V20260105_SaoMiaoJian_DingGao_FINAL.docx"
SENDER = "丘陵市人民检察院、丘陵市司法局、丘陵市律师协会联合工作领导小组办公室"
NUMBER = "丘检办〔2026〕8号"  # of every paper: to be registered, each looks like all the others
OPINION = "请第一检察部牵头办理，第二检察部协助，于限期前书面报告；重大情况随时报告检察长。" * 2
LONGEST = "".join(f"第{number}点，应当认真核查并如实回复。" for number in range(200))[:2000]


@dataclass
class Office:
    size: int
    people: SimpleNamespace
    things: dict[str, Any] = field(default_factory=dict)  # what an address may be about

    def address(self, visit: Visit) -> str:
        of = visit.view.of
        about = self.things.get(of, of)
        known = about if isinstance(about, tuple) else (about,)
        path = reverse(visit.door, args=known if of else [])
        query = visit.view.query.format(**self.things)
        return f"{path}?{query}" if query else path

    def user(self, who: str):
        return None if who == NOBODY else getattr(self.people, who).user


def furnished(name: str, size: int) -> Office:
    """`size` rows in every box, list and trail that is looked at."""
    office = Office(size, hire(found(name), size))
    with time_machine.travel(timezone.now() - AGE, tick=False):
        scan = pdf(2).read()
        _long_matters(office, scan)
        for number in range(1, size + 1):
            _papers(office, number)
            _stopped_files(office, number)
            receive(ContentFile(scan), f"待用_{number}_{WORD}.pdf", by=office.people.clerk)
    for content in Content.objects.filter(procuratorate=office.people.clerk.procuratorate):
        draw_pages(content.pk)
        read_text(content.pk)
    _own_phrases(office)
    _messages(office)
    reminders.scan(timezone.now())
    _administered_rows(office)
    _left(office)
    return office


def paper_at(office: Office, goal: State, number: int = 0, **how) -> IncomingPaper:
    """A paper with a hard title that got as far as `goal`; undivided, unless `divided`."""
    people = office.people
    title = f"{WORD}（{number}）" if number % 7 == 3 else f"{TITLE}（{number}）"
    leaders = how.get("leaders", [people.chief])
    paper = flow.sign_for(
        arrival(title=title, sender=SENDER, sender_number=NUMBER, copies=3),
        by=people.clerk,
        files=how.get("files", ()),
    )
    due_on = timezone.localdate() + AGE + timedelta(days=DUE_IN[number % 3])
    plan = flow.Plan(
        lead=people.departments["first"],
        assisting=[flow.Share(department, due_on) for department in how.get("assisting", ())],
        due_on=due_on,
        chaser=people.clerk.posts[0],
        readers=[reader.posts[0] for reader in how.get("readers", [people.reader])],
    )
    register = registration(title=title, sender=SENDER, urgency=OF_PAPERS[number % 3])
    steps = {
        State.REGISTERED: lambda: flow.register(paper, register, by=people.clerk),
        State.SCREENED: lambda: flow.screen(paper, by=people.clerk, answers=ALL_YES),
        State.PROPOSED: lambda: flow.propose(
            paper, by=people.director, opinion=OPINION, leaders=[one.posts[0] for one in leaders]
        ),
        State.INSTRUCTED: lambda: [
            flow.instruct(paper, by=leader, opinion=how.get("opinion", OPINION))
            for leader in leaders
        ],
        State.HANDLING: lambda: flow.assign(paper, plan, by=people.clerk),
        State.REPORTED: lambda: flow.report(
            paper, by=people.head, opinion=how.get("opinion", OPINION)
        ),
        State.REVIEWED: lambda: flow.review(paper, by=people.director, opinion=OPINION),
        State.CLOSED: lambda: flow.close(paper, by=people.clerk, result=OPINION),
    }
    for state, step in steps.items():
        if ORDER.index(state) <= ORDER.index(goal):
            step()
    return paper


def _papers(office: Office, number: int) -> None:
    """One more in the inbox of everybody, and one more among what they have done."""
    people = office.people
    for state in (State.SIGNED_FOR, State.REGISTERED, State.SCREENED, State.PROPOSED):
        paper_at(office, state, number)
    second = people.departments["second"]
    readers = [people.reader, people.late_reader]
    who = {"leaders": [people.vice_chief], "assisting": [second], "readers": readers}
    paper = paper_at(office, State.HANDLING, number, **who)
    flow.divide(paper, by=people.co_head, to=people.reader.posts[0])
    flow.read(paper, by=people.reader)


def _long_matters(office: Office, scan: bytes) -> None:
    """One paper in each state with leaders, readers and remarks; the closed one with many files."""
    people = office.people
    leaders = [people.chief, people.vice_chief, people.second_vice_chief]
    readers = [people.late_reader, *people.readers]
    for state in ORDER:
        many = 2 + office.size // 10 if state is State.CLOSED else 2
        files = [
            receive(ContentFile(scan), f"扫描件_{number}_{WORD}.pdf", by=people.clerk)
            for number in range(many)
        ]
        paper = paper_at(office, state, files=files, leaders=leaders, readers=readers)
        office.things[State(state).value] = paper.pk
    _other_ways(office, readers)
    longest = paper_at(office, State.CLOSED, opinion=LONGEST, leaders=leaders)
    office.things["longest"] = longest.pk
    for reader in people.readers:
        flow.read(paper, by=reader, opinion=OPINION)


def _other_ways(office: Office, readers: list) -> None:
    """A paper that is read one after the other, one that was returned, one with an extension."""
    people = office.people
    read = paper_at(office, State.SCREENED)
    posts = [reader.posts[0] for reader in readers]
    flow.circulate(read, by=people.director, readers=posts, in_order=True, opinion=OPINION)
    back = paper_at(office, State.REGISTERED)
    flow.screen(back, by=people.clerk, answers=ALL_YES | {"form": False}, opinion=OPINION)
    second = [people.departments["second"]]
    more = paper_at(office, State.HANDLING, 2, assisting=second, readers=readers)
    until = more.due_on + timedelta(days=40)
    flow.ask_extension(more, by=people.head, until=until, opinion=OPINION)
    office.things |= {"circulating": read.pk, "returned": back.pk, "extended": more.pk}
    for name in ASIDES:
        of = more if name not in {"add_leader", "remove_leader"} else office.things["proposed"]
        office.things[f"act {name}"] = (getattr(of, "pk", of), name)
    office.things["act send_back whole"] = (office.things["reported"], "send_back")
    papers = [paper_at(office, State.HANDLING, number).pk for number in range(office.size)]
    office.things["papers"] = "&".join(f"paper={pk}" for pk in papers)


def _stopped_files(office: Office, number: int) -> None:
    """One that waits, and one that was released."""
    people = office.people
    for mark in ("机密★1年", "秘密★2年"):
        with pytest.raises(FileRefused):
            receive(ContentFile(f"{mark} {number}".encode()), f"来文{number}.txt", by=people.clerk)
    newest = SecrecyStop.objects.filter(procuratorate=people.clerk.procuratorate).latest("pk")
    stops.release(newest, OPINION, by=people.director)


def _own_phrases(office: Office) -> None:
    """Of the clerk as many as anybody may keep, the others none."""
    for number in range(min(office.size, MOST)):
        kept = keep(f"{number}{LONGEST}"[:MOST_CHARACTERS], "", by=office.people.clerk)
        office.things["phrase"] = kept.pk


def _administered_rows(office: Office) -> None:
    """After everything else: rules and stages of one's own change what happens."""
    people = office.people
    place, soon = people.clerk.procuratorate, timezone.localdate() + AGE
    rows = rows_of(people, place, SimpleNamespace(**people.departments))
    office.things |= {label: row.pk for label, row in rows.items()}
    for number in range(office.size):
        own, day = {"procuratorate": place}, soon + timedelta(days=number)
        Department.objects.create(name=f"第{number}办案组（{TITLE[:20]}）", position=9, **own)
        CalendarDay.objects.create(date=day, is_workday=False, name=f"本地节日{number}", **own)
        DeadlineRule.objects.create(
            code="incoming.urgent",
            count=3,
            unit="working_day",
            basis=OPINION,
            valid_from=day,
            **own,
        )
        Series.objects.create(
            code=f"series{number}", name=f"字号{number}", pattern="办〔{year}〕{number}号", **own
        )
        LadderStage.objects.create(stage=-5 - number, audience="holder", **own)
        Phrase.objects.create(act="instruct", text=f"{OPINION[:50]}{number}", **own)
        _lent_once(office, timezone.localdate() - timedelta(days=20 + number))


def _left(office: Office) -> None:
    """The reader has left with all that was in hand; others did before, with nothing."""
    people = office.people
    successor, director = people.readers[1].posts[0], people.director
    plan = handovers.Plan(people.reader.user, successor)
    office.things["handover"] = handovers.hand_over(plan, by=director).pk
    office.things["late_reader"] = people.late_reader.user.pk
    for _ in range(office.size):
        Handover.objects.create(
            procuratorate=director.procuratorate,
            leaver=people.reader.user,
            posts=people.reader.posts[0].title,
            successor=successor,
            done_by=director.posts[0],
            witness=director.user,
        )


def _lent_once(office: Office, day: date) -> None:
    """The head's post, to the reader, for one day that is over."""
    head, reader = office.people.head.posts[0], office.people.reader.user
    days = {"starts_on": day, "ends_on": day}
    Delegation.objects.create(
        procuratorate=head.procuratorate, post=head, delegate=reader, reason=OPINION[:100],
        lent_by=head, **days,
    )  # fmt: skip


def _messages(office: Office) -> None:
    """Parked and waiting by turns; no row of the outbox needs a channel to be set up."""
    person, now = office.people.handler, timezone.now()
    for number in range(office.size):
        parked = number % 2 == 0
        OutboxMessage.objects.create(
            procuratorate=person.procuratorate,
            kind=MessageKind.MORNING,
            channel=ChannelKind.EMAIL,
            recipient=person.user,
            day=timezone.localdate() - timedelta(days=number),
            made_at=now,
            status=MessageStatus.PARKED if parked else MessageStatus.WAITING,
            next_attempt_at=None if parked else now,
            attempts=6 if parked else 2,
            last_error="SMTPServerDisconnected.ConnectionResetByPeerDuringHandshake"[:60],
        )
