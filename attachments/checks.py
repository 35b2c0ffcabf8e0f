"""What is taken in, and the sentence for what is not. A file is opened by a child process only."""

import logging
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attachments import reading
from attachments.models import FileType

logger = logging.getLogger(__name__)
ELSE = _("The file could not be read. Please export it again, or save it as a PDF.")
UNSAFE = _("The file is built in an unusual way and is not taken. Please save it as a PDF.")
# By the code of reading.answers.CODES; {names} are filled in from its values.
SENTENCES: dict[str, Promise] = {
    "empty": _("The file is empty. Please scan or export it again."),
    "too_large": _("The file is larger than {limit_mb} MB. Please split it or scan it at 200 dpi."),
    "no_ending": _("The file name has no ending such as .pdf. Please rename it."),
    "wrong_ending": _(
        "The name ends in .{ending}, but the content is {kind}. Please rename or export it again."
    ),
    "unknown_kind": _(
        "Only PDF, Word, WPS, Excel, OFD, PNG, JPEG, TIFF and text are taken. "
        "Please save the paper as a PDF."
    ),
    "damaged": _("The file is damaged. Please export or scan it again."),
    "password": _("The file needs a password. Please save it without one."),
    "macros": _("The file holds macros. Please save it without them, or as a PDF."),
    "active_content": _("The file holds something that runs. Please save the paper as a PDF."),
    "polyglot": UNSAFE,
    "bomb": UNSAFE,
    "unsafe_names": UNSAFE,
    "doctype": UNSAFE,
    "no_pages": _("The file has no pages. Please export it again."),
    "too_many_pages": _("The file has more than {limit} pages. Please split it."),
    "too_many_pixels": _(
        "The picture has more than {limit} megapixels. Please scan it at 200 dpi."
    ),
    "timeout": _("The file takes too long to read. Please split it, or save it as a PDF."),
}


class FileRefused(Exception):
    """A file that is not taken in; the message says why and what to do."""


def examine(path: Path, name: str) -> reading.Found:
    """Type and first text of a received file. Raises FileRefused with a sentence."""
    try:
        return reading.inspect(path, name, limit=settings.UPLOAD_LIMIT_MB * 1024 * 1024)
    except reading.Refused as refusal:
        if refusal.code == "unavailable":
            logger.error("A file could not be read: %s", refusal.values)
        values = dict(refusal.values) | {"limit_mb": settings.UPLOAD_LIMIT_MB}
        if refusal.code == "wrong_ending":
            values["kind"] = str(FileType(values["kind"]).label)
        raise FileRefused(str(SENTENCES.get(refusal.code, ELSE)).format_map(values)) from refusal
