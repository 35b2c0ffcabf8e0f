"""What a person gives to a step of the way of an incoming paper, beside the paper itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID, uuid4

from django.utils.formats import date_format

from organization.models import Department, Post

# The papers it was compared with and found to be another one: their ids, and what they are called.
Compared = Mapping[str, str]
NOTHING: Compared = MappingProxyType({})


@dataclass(frozen=True)
class Arrival:
    """What is known in the mail room when a paper is signed for."""

    sender: str
    title: str
    channel: str
    copies: int = 1
    sender_number: str = ""
    key: UUID = field(default_factory=uuid4)  # sent twice, it is still one paper


@dataclass(frozen=True)
class Registration:
    """What is written into the register."""

    title: str
    sender: str
    sender_class: str
    sender_number: str
    kind: str
    written_on: date | None
    urgency: int
    marking: int
    copies: int
    wanted_by: date | None = None  # the day the sender wants an answer
    is_telegram: bool = False
    for_reading: bool = False  # 阅件: to be known, not to be handled
    wants_answer: bool = False


@dataclass(frozen=True)
class Share:
    """The part of a co-handling department (协办), with its own last day."""

    department: Department
    due_on: date

    def __str__(self) -> str:
        return f"{self.department}（{date_format(self.due_on)}）"


@dataclass(frozen=True)
class Plan:
    """Who handles a paper until when, and who else reads it. Exactly one department leads.

    `chaser` answers for chasing an urgent paper (党政机关公文处理工作条例 第二十四条第六项).
    """

    lead: Department
    due_on: date
    assisting: Sequence[Share] = field(default_factory=tuple)
    readers: Sequence[Post] = field(default_factory=tuple)
    in_order: bool = False  # the readers one after the other
    chaser: Post | None = None
