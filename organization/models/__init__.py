from organization.models.calendar import CalendarDay
from organization.models.deadline_rule import DeadlineRule, Direction, Unit
from organization.models.post import Post, Role
from organization.models.procuratorate import Department, Level, Procuratorate
from organization.models.serial import LedgerEntry, LedgerState, Serial, Series
from organization.models.user import Marking, User

__all__ = [
    "CalendarDay",
    "DeadlineRule",
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
    "Unit",
    "User",
]
