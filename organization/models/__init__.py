from organization.models.calendar import CalendarDay
from organization.models.deadline_rule import DeadlineRule, Direction, Unit
from organization.models.delegation import Delegation
from organization.models.post import Post, Role
from organization.models.procuratorate import Department, Level, Procuratorate
from organization.models.serial import LedgerEntry, LedgerState, Serial, Series
from organization.models.succession import Succession
from organization.models.user import Marking, User

__all__ = [
    "CalendarDay",
    "DeadlineRule",
    "Delegation",
    "Department",
    "Direction",
    "LedgerEntry",
    "LedgerState",
    "Level",
    "Marking",
    "Post",
    "Procuratorate",
    "Role",
    "Serial",
    "Series",
    "Succession",
    "Unit",
    "User",
]
