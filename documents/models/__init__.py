from documents.models.incoming import AnswerMeans, Channel, Duty, IncomingPaper, SenderClass, State
from documents.models.paper import OF_PAPERS, OF_TELEGRAMS, DocumentKind, Paper, Urgency

__all__ = [
    "OF_PAPERS",
    "OF_TELEGRAMS",
    "AnswerMeans",
    "Channel",
    "DocumentKind",
    "Duty",
    "IncomingPaper",
    "Paper",
    "SenderClass",
    "State",
    "Urgency",
]
