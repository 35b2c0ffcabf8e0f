"""The demonstration's papers, taken through the real flow: none of them could not have happened."""

import heapq
import random
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.utils import timezone

from activity.models import Notice
from attachments.flow import receive
from documents.deadlines import assisting_deadline
from documents.flow import incoming as flow
from documents.models import Channel, IncomingPaper, State, Urgency
from documents.numbers import LAST_WORDS
from home.demo.clock import Days, moment, running
from home.demo.letters import Letter
from home.demo.phrases import Phrases
from home.demo.plan import Way
from home.demo.staff import Staff
from organization.models import Marking, Post

URGENCIES = {"加急": Urgency.URGENT, "特急": Urgency.MOST_URGENT}
_WANTED = re.compile(r"请.*?于(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日前")
_CHANNELS = {"superior": Channel.EXCHANGE, "subordinate": Channel.EXCHANGE, "other": Channel.POST}


class Happening(NamedTuple):
    at: datetime
    state: State  # how far a paper must get for it to happen
    step: Callable[[], None]


@dataclass(frozen=True)
class Copy:
    """The paper as it lies in the mail room."""

    content: Future[bytes]
    is_scan: bool


@dataclass
class Walk:
    """One paper on its way, with the people who move it."""

    letter: Letter
    copy: Copy
    way: Way
    office: Staff
    days: Days
    phrases: Phrases
    dice: random.Random
    paper: IncomingPaper = field(init=False)

    def happenings(self) -> Iterator[Happening]:
        """Each is asked for once the one before has happened."""
        for happening in self._in_turn():
            if self._reaches(happening.state):
                yield happening

    def _reaches(self, state: State) -> bool:
        states = list(State)
        return states.index(state) <= states.index(self.way.goal)

    def _in_turn(self) -> Iterator[Happening]:
        way, day, at = self.way, self.way.came, self.way.at
        yield Happening(moment(day, at), State.SIGNED_FOR, self.sign_for)
        yield Happening(moment(day, at + 25), State.REGISTERED, self.register)
        yield Happening(moment(day, at + 40), State.SCREENED, self.screen)
        if way.is_for_reading:
            yield Happening(moment(day, at + 75), State.CIRCULATING, self.circulate)
            yield from self._reading(day, at + 100)
            return
        yield Happening(moment(day, at + 70), State.PROPOSED, self.propose)
        if self.letter.urgency:
            at += 130
        else:
            day, at = self.days.later(day, 1), 20 + at // 2
        for number, name in enumerate(way.leaders):
            state = State.PROPOSED if name in way.instructed_by else State.INSTRUCTED
            yield Happening(moment(day, at + 9 * number), state, partial(self.instruct, name))
        yield Happening(moment(day, at + 60), State.HANDLING, self.assign)
        if self._reaches(State.HANDLING):
            yield from sorted(self._handling(day, at + 90), key=lambda each: each.at)

    def _reading(self, day: date, at: int) -> Iterator[Happening]:
        """One reader a day, until the last; then it is closed."""
        for name in self.way.readers:
            if name in self.way.unread_by:
                break
            day = self.days.later(day, 1)
            yield Happening(moment(day, at), State.CIRCULATING, partial(self.read, name))
        closed = moment(self.days.later(day, 1), 40 + self.way.at)
        yield Happening(closed, State.CLOSED, self.close)

    def _handling(self, day: date, at: int) -> Iterator[Happening]:
        """Division, reading, reports and the end: in what order, the days decide."""
        way = self.way
        if way.handler:
            yield Happening(moment(day, at), State.HANDLING, self.divide)
        for number, name in enumerate(way.readers):
            if name not in way.unread_by:
                read = moment(self.days.later(day, 1 + number), at + 40 * number)
                yield Happening(read, State.HANDLING, partial(self.read, name))
        reported = self._reported(day)
        for number, name in enumerate([*way.assisting, way.lead]):
            state = State.HANDLING if name in way.reported_by else State.REPORTED
            done = moment(reported, 330 + 30 * number)
            yield Happening(done, state, partial(self.report, name))
        reviewed = moment(reported, 425 + way.at // 5)
        yield Happening(reviewed, State.REVIEWED, self.review)
        closed = moment(self.days.later(reported, way.closed), 40 + way.at)
        yield Happening(closed, State.CLOSED, self.close)

    def _reported(self, assigned: date) -> date:
        if self.way.reported is not None:
            return self.days.ago(self.way.reported)
        assert self.paper.due_on
        return max(self.days.later(self.paper.due_on, -self.way.early), assigned)

    def sign_for(self) -> None:
        clerk = self.office.clerk(self.dice)
        arrival = flow.Arrival(
            sender=self.letter.sender,
            title=self.letter.title,
            channel=_CHANNELS.get(self.letter.sender_class, Channel.EXCHANGE),
            copies=self.dice.choice([1, 1, 1, 2, 3]),
        )
        name = f"{self.letter.title}.{'jpg' if self.copy.is_scan else 'pdf'}"
        file = receive(ContentFile(self.copy.content.result()), name, by=clerk)
        self.paper = flow.sign_for(arrival, by=clerk, files=[file])

    def register(self) -> None:
        data = flow.Registration(
            title=self.letter.title,
            sender=self.letter.sender,
            sender_class=self.letter.sender_class,
            sender_number=self.letter.sender_number,
            kind=LAST_WORDS[self.letter.kind],
            written_on=self.letter.written_on,
            urgency=URGENCIES.get(self.letter.urgency, Urgency.NONE),
            marking=Marking.SENSITIVE if self.way.is_sensitive else Marking.INTERNAL,
            copies=self.paper.copies,
            wanted_by=self._wanted_by(),
            for_reading=self.way.is_for_reading,
        )
        flow.register(self.paper, data, by=self.office.clerk(self.dice))

    def screen(self) -> None:
        answers = dict.fromkeys(flow.QUESTIONS, True)
        flow.screen(self.paper, by=self.office.clerk(self.dice), answers=answers)

    def circulate(self) -> None:
        flow.circulate(
            self.paper,
            by=self.office.director,
            readers=[self.office.by_name[name] for name in self.way.readers],
            in_order=self.way.in_order,
            opinion=self.phrases.one("circulate", **self._words()),
        )

    def _wanted_by(self) -> date | None:
        """The day the letter names, unless another was written down."""
        if self.way.wanted is not None:
            return self.days.later(self.days.morning, self.way.wanted)
        found = _WANTED.search("\n".join(self.letter.paragraphs))
        if not found:
            return None
        year, month, day = found.groups()
        return date(int(year or self.letter.written_on.year), int(month), int(day))

    def propose(self) -> None:
        leaders = [self.office.by_name[name] for name in self.way.leaders]
        opinion = self.phrases.one("propose", **self._words())
        flow.propose(
            self.paper,
            by=self.office.director,
            opinion=opinion,
            leaders=leaders,
            in_order=self.way.in_order,
        )

    def instruct(self, name: str) -> None:
        said = self.phrases.one("instruct", **self._words())
        flow.instruct(self.paper, by=self.office.actor(self.office.by_name[name]), opinion=said)

    def assign(self) -> None:
        proposed = self.office.due_on(self.paper, self.days)
        wanted = self.paper.wanted_by
        today = timezone.localdate()
        clerk = self.office.clerk(self.dice)
        in_time = wanted and self.days.calendar.workday_on_or_before(wanted)
        plan = flow.Plan(
            lead=self.office.department(self.way.lead),
            due_on=min(proposed, in_time) if in_time and in_time > today else proposed,
            assisting=[self._share(name) for name in self.way.assisting],
            readers=[self.office.by_name[name] for name in self.way.readers],
            chaser=clerk.posts[0] if self.paper.is_urgent else None,
        )
        flow.assign(self.paper, plan, by=clerk)

    def _share(self, department: str) -> flow.Share:
        calendar = self.days.calendar
        due_on = assisting_deadline(self.paper, timezone.now(), calendar).due_on
        return flow.Share(self.office.department(department), due_on)

    def divide(self) -> None:
        head, to = self.office.heads[self.way.lead], self._handler(self.way.lead)
        opinion = self.phrases.one("divide", handler=to.user.name)
        flow.divide(self.paper, by=self.office.actor(head), to=to, opinion=opinion)

    def read(self, name: str) -> None:
        reader = self.office.actor(self.office.by_name[name])
        flow.read(self.paper, by=reader, opinion=self.phrases.one("read"))

    def report(self, department: str) -> None:
        holder = self.office.actor(self._handler(department))
        act = "report" if department == self.way.lead else "assist"
        said = self.phrases.one(act, self.letter.kind, **self._words())
        flow.report(self.paper, by=holder, opinion=said)

    def review(self) -> None:
        flow.review(self.paper, by=self.office.director, opinion=self.phrases.one("review"))

    def _handler(self, department: str) -> Post:
        """Whoever has the department's work in the end. Of a namesake elsewhere nobody thinks."""
        head = self.office.heads[department]
        if not self.way.handler or department != self.way.lead:
            return head
        colleagues = self.office.colleagues(head)
        return next(post for post in colleagues if post.user.name == self.way.handler)

    def close(self) -> None:
        kind = "" if self.way.is_for_reading else self.letter.kind
        result = self.phrases.one("known" if self.way.is_for_reading else "close", kind)
        flow.close(self.paper, by=self.office.clerk(self.dice), result=result)

    def _words(self) -> dict[str, str]:
        return {
            "leader": "、".join(self.way.leaders),
            "lead": self.way.lead,
            "sender": self.letter.sender,
        }


def play(walks: Sequence[Walk], end: datetime) -> None:
    """All papers of an office side by side, as the days pass.

    What would come after the end has not happened yet: that is the work that waits.
    """
    queue: list[tuple[datetime, int, Happening, Iterator[Happening]]] = []

    def put(number: int, happenings: Iterator[Happening]) -> None:
        following = next(happenings, None)
        if following:
            heapq.heappush(queue, (following.at, number, following, happenings))

    for number, walk in enumerate(walks):
        put(number, walk.happenings())
    with running() as clock:
        while queue and queue[0][0] <= end:
            clock.now, number, happening, happenings = heapq.heappop(queue)
            happening.step()
            put(number, happenings)


def read_old_notices(office: Staff, days: Days) -> None:
    """People have seen what happened before the last working day."""
    seen = moment(days.last, 0)
    old = Notice.objects.filter(procuratorate=office.procuratorate, event__at__lt=seen)
    old.update(read_at=seen)
