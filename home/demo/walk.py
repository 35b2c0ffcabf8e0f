"""The demonstration's papers, taken through the real flow: none of them could not have happened."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from activity.models import Assignment, Notice
from attachments.flow import receive
from documents.deadlines import handling_deadline
from documents.flow import incoming as flow
from documents.models import Channel, Duty, IncomingPaper, State, Urgency
from documents.numbers import LAST_WORDS
from home.demo import clock, pdf
from home.demo.letters import Letter, letters
from home.demo.people import CITY
from organization import people
from organization.actor import Actor
from organization.calendar import Calendar
from organization.models import Department, Marking, Post, Procuratorate, Role
from organization.models.post import LEADERS

URGENCIES = {"加急": Urgency.URGENT, "特急": Urgency.MOST_URGENT}
# How far each paper got, the newest first, and how many working days ago it came.
PLAN = (
    *[(State.SIGNED_FOR, 0)] * 3,
    *[(State.REGISTERED, 0)] * 2,
    *[(State.PROPOSED, 1)] * 4,
    *[(State.INSTRUCTED, 1)] * 2,
    *[(State.HANDLING, 3)] * 3,
    *[(State.HANDLING, 8)] * 3,
    *[(State.HANDLING, 14)] * 2,
    *[(State.REPORTED, 9)] * 2,
    *[(State.CLOSED, days) for days in (12, 14, 15, 17, 18, 20, 22, 25, 28)],
)


@dataclass
class Walk:
    """One paper on its way, with the people who move it."""

    letter: Letter
    office: "Staff"
    calendar: Calendar
    began: int  # working days ago
    paper: IncomingPaper = field(init=False)

    def to(self, goal: State) -> IncomingPaper:
        """Take every step up to `goal`, each at its own time."""
        for state, step, days, minutes in self._way():
            with clock.at(clock.working_moment(self.calendar, max(self.began - days, 0), minutes)):
                step()
            if state == goal:
                break
        return self.paper

    def _way(self) -> Iterator[tuple[State | None, Callable[[], None], int, int]]:
        spread = len(self.letter.title) % 17  # minutes, so that not all happens at once
        yield State.SIGNED_FOR, self.sign_for, 0, 5 + spread
        yield State.REGISTERED, self.register, 0, 25 + spread
        yield State.PROPOSED, self.propose, 0, 60 + spread
        yield State.INSTRUCTED, self.instruct, 1, 40 + spread
        yield State.HANDLING, self.assign, 1, 120 + spread
        yield None, self.divide, 1, 200 + spread
        yield State.REPORTED, self.report, 6, 90 + spread
        yield State.CLOSED, self.close, 7, 30 + spread

    def sign_for(self) -> None:
        number = self.letter.sender_number
        scanned = self.office.dice.random() < 0.2
        content = pdf.scan(self.letter) if scanned else pdf.render(self.letter)
        name = f"{self.letter.title}.{'jpg' if scanned else 'pdf'}"
        arrival = flow.Arrival(
            sender=self.letter.sender,
            title=self.letter.title,
            channel=Channel.EXCHANGE if number else Channel.POST,
            copies=self.office.dice.choice([1, 1, 1, 2, 3]),
        )
        file = receive(ContentFile(content), name, by=self.office.clerk)
        self.paper = flow.sign_for(arrival, by=self.office.clerk, files=[file])

    def register(self) -> None:
        received = timezone.localdate(self.paper.signed_for_at)
        data = flow.Registration(
            title=self.letter.title,
            sender=self.letter.sender,
            sender_class=self.letter.sender_class,
            sender_number=self.letter.sender_number,
            kind=LAST_WORDS[self.letter.kind],
            written_on=min(self.letter.written_on, received),
            urgency=URGENCIES.get(self.letter.urgency, Urgency.NONE),
            marking=Marking.INTERNAL,
            copies=self.paper.copies,
        )
        flow.register(self.paper, data, by=self.office.clerk)

    def propose(self) -> None:
        leader = self.office.dice.choice(self.office.leaders)
        opinion = f"拟请{leader.user.name}同志阅示，{self._lead().name}承办，有关部门阅知。"
        flow.propose(self.paper, by=self.office.director, opinion=opinion, leaders=[leader])

    def instruct(self) -> None:
        said = self.office.dice.choice(
            [
                "同意。",
                "同意，请抓紧办理。",
                f"请{self._lead().name}牵头办理，按时反馈。",
                "已阅，按拟办意见办理。",
            ]
        )
        flow.instruct(self.paper, by=self.office.holder(self.paper, Duty.INSTRUCT), opinion=said)

    def assign(self) -> None:
        due = handling_deadline(self.paper, timezone.now(), self.calendar).due_on
        others = [head for head in self.office.heads if head.department != self._lead()]
        readers = self.office.dice.sample(others, k=min(2, len(others)))
        plan = flow.Plan(lead=self._lead(), due_on=due, readers=readers)
        flow.assign(self.paper, plan, by=self.office.clerk)

    def divide(self) -> None:
        head = self.office.holder(self.paper, Duty.HANDLE)
        colleagues = [
            post
            for post in self.office.staff
            if post.department_id == head.posts[0].department_id and post.user != head.user
        ]
        if colleagues and self.office.dice.random() < 0.7:
            to = self.office.dice.choice(colleagues)
            flow.divide(self.paper, by=head, to=to, opinion=f"请{to.user.name}办理。")

    def report(self) -> None:
        handler = self.office.holder(self.paper, Duty.HANDLE)
        said = "已按来文要求办理，材料已于今日报送，有关情况留存备查。"
        flow.report(self.paper, by=handler, opinion=said)

    def close(self) -> None:
        flow.close(self.paper, by=self.office.clerk, result="已办结，材料按期报送，原件入卷。")

    def _lead(self) -> Department:
        heads = self.office.heads
        department = heads[len(self.letter.title) % len(heads)].department
        assert department
        return department


class Staff:
    """Who does what in one procuratorate."""

    def __init__(self, procuratorate: Procuratorate, dice: random.Random) -> None:
        self.procuratorate, self.dice = procuratorate, dice
        self.posts = people.holders(procuratorate, timezone.localdate(), *Role)
        self.leaders = [post for post in self.posts if post.role in LEADERS]
        self.staff = [post for post in self.posts if post.role == Role.STAFF]
        heads = {Role.DEPARTMENT_HEAD, Role.OFFICE_DIRECTOR}
        self.heads = [post for post in self.posts if post.role in heads]
        self.clerk = self._first(Role.RECORDS_CLERK)
        self.director = self._first(Role.OFFICE_DIRECTOR)

    def holder(self, paper: IncomingPaper, duty: Duty) -> Actor:
        """Whoever has this duty on the paper now."""
        row = Assignment.objects.about(paper).open().filter(duty=duty).first()
        assert row
        return Actor(row.post.user, self.procuratorate, (row.post,))

    def _first(self, role: Role) -> Actor:
        post: Post = next(post for post in self.posts if post.role == role)
        return Actor(post.user, self.procuratorate, (post,))


def walk(procuratorate: Procuratorate) -> int:
    """Give one procuratorate its papers; returns how many."""
    dice = random.Random(procuratorate.name)  # noqa: S311  # a demonstration keeps no secret
    calendar = Calendar.load(procuratorate.pk)
    office = Staff(procuratorate, dice)
    written = _newest_first(procuratorate)
    planned = list(zip(PLAN, written, strict=False))
    for (goal, days), letter in reversed(planned):  # the oldest first, so that numbers rise
        Walk(letter, office, calendar, days).to(goal)
    _read_old_notices(procuratorate, calendar)
    return len(planned)


def _newest_first(procuratorate: Procuratorate) -> list[Letter]:
    today = timezone.localdate()
    county = procuratorate.name.removesuffix("人民检察院")
    city = CITY.name.removesuffix("人民检察院")
    until = today - timedelta(days=1)
    year = until.year
    found = letters(year, 120, 7, city, "" if county == city else county, until)
    if len(found) < len(PLAN):  # early in January
        found = letters(year - 1, 120, 7, city, "" if county == city else county) + found
    return found[::-1]


def _read_old_notices(procuratorate: Procuratorate, calendar: Calendar) -> None:
    """People have seen what happened before the last working day."""
    seen = clock.working_moment(calendar, 1, 0)
    old = Notice.objects.filter(procuratorate=procuratorate, event__at__lt=seen)
    old.update(read_at=seen)
