from activity.models.assignment import Assignment, Kind, Outcome
from activity.models.draft import Draft
from activity.models.event import Event
from activity.models.handover import Handover, HandoverLine
from activity.models.heartbeat import Heartbeat
from activity.models.ladder import Audience, LadderStage
from activity.models.notice import Notice
from activity.models.outbox import (
    Channel,
    ChannelKind,
    MessageKind,
    MessageStatus,
    OutboxMessage,
)
from activity.models.phrase import Phrase
from activity.models.reminder import Reminder, ReminderOutcome
from activity.models.review import DeadlineReview

__all__ = [
    "Assignment",
    "Audience",
    "Channel",
    "ChannelKind",
    "DeadlineReview",
    "Draft",
    "Event",
    "Handover",
    "HandoverLine",
    "Heartbeat",
    "Kind",
    "LadderStage",
    "MessageKind",
    "MessageStatus",
    "Notice",
    "OutboxMessage",
    "Outcome",
    "Phrase",
    "Reminder",
    "ReminderOutcome",
]
