"""How a file comes onto a record."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.core.files.storage import storages

from activity.wake import wake
from attachments.checks import inspect
from attachments.models import Attachment
from attachments.tasks import draw_pages
from organization.models import Post


def attach(file: File[bytes], record: Any, *, post: Post) -> Attachment:
    """Store `file` under its digest and hang it on `record`, inside the caller's transaction.

    The bytes come first and the row second: a failure leaves bytes nobody can see, never a row
    without bytes. Raises FileRefused.
    """
    facts = inspect(file)
    attachment = Attachment(
        procuratorate=record.procuratorate,
        target=record,
        name=file.name or "",
        digest=facts.digest,
        size=facts.size,
        type=facts.type,
        uploaded_by=post,
    )
    storages["default"].save(attachment.path, file)
    attachment.save()
    wake(draw_pages, attachment.pk)
    return attachment
