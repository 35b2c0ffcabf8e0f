"""The pages of activity, by subject."""

from activity.views.boxes import (
    box,
    discard_draft,
    notices,
    outgoing,
    read_notices,
    retry_outgoing,
    save_draft,
)
from activity.views.phrases import (
    add_phrase,
    change_phrase,
    delete_phrase,
    keep_phrase,
    move_phrase,
    own_phrases,
)
from activity.views.recount import recount_page, sign_recount

__all__ = [
    "add_phrase",
    "box",
    "change_phrase",
    "delete_phrase",
    "discard_draft",
    "keep_phrase",
    "move_phrase",
    "notices",
    "outgoing",
    "own_phrases",
    "read_notices",
    "recount_page",
    "retry_outgoing",
    "save_draft",
    "sign_recount",
]
