from activity.models.assignment import Assignment, Kind, Outcome
from activity.models.event import Event
from activity.models.heartbeat import Heartbeat
from activity.models.notice import Notice

__all__ = ["Assignment", "Event", "Heartbeat", "Kind", "Notice", "Outcome"]
