from documents.models.incoming import Channel, Duty, IncomingPaper, SenderClass, State
from documents.models.paper import DocumentKind, Paper, Urgency

__all__ = [
    "Channel",
    "DocumentKind",
    "Duty",
    "IncomingPaper",
    "Paper",
    "SenderClass",
    "State",
    "Urgency",
]
