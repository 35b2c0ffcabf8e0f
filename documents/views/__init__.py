"""The pages of incoming papers, by subject."""

from documents.views.batches import batch, take_batch
from documents.views.mail_room import duplicates, sign_for
from documents.views.papers import (
    act,
    incoming,
    opened,
    printed,
    register_list,
    register_printed,
    return_slip,
)
from documents.views.steps import step

__all__ = [
    "act",
    "batch",
    "duplicates",
    "incoming",
    "opened",
    "printed",
    "register_list",
    "register_printed",
    "return_slip",
    "sign_for",
    "step",
    "take_batch",
]
