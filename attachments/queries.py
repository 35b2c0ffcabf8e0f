"""What the pages of files read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from attachments.models import Attachment, SecrecyStop, Upload
from attachments.models.stop import WHO_RELEASE
from organization.actor import Actor


def with_same_elsewhere(uploads: Sequence[Upload], actor: Actor) -> Sequence[Upload]:
    """Each upload with `same`: the newest record the actor may see that carries this content."""
    contents = [upload.content_id for upload in uploads]
    if not contents:
        return uploads
    known = Attachment.objects.visible_to(actor).filter(content__in=contents).order_by("pk")
    records = {file.content_id: file.target for file in known.prefetch_related("target")}
    for upload in uploads:
        upload.same = records.get(upload.content_id)
    return uploads


def was_sent_before(upload: Upload, actor: Actor) -> bool:
    """Whether the same content waits already for a form of this person."""
    mine = Upload.objects.visible_to(actor).filter(content=upload.content_id)
    return mine.exclude(pk=upload.pk).exists()


@dataclass(frozen=True)
class StopLine:
    """A stop in the list, and whether the reader may release it."""

    stop: SecrecyStop
    opens: bool
    record: Any  # that carries the file, when it was shut later and the reader may see it


def stop_lines(stops: Iterable[SecrecyStop], actor: Actor) -> list[StopLine]:
    """A few queries, whatever the number of stops; says what `access.may_release` would say."""
    shown = list(stops)
    digests = [stop.digest for stop in shown]
    mine = SecrecyStop.objects.filter(procuratorate=actor.procuratorate, stopped_for=actor.user)
    sent = set(mine.filter(digest__in=digests).values_list("digest", flat=True))
    may = actor.holds(*WHO_RELEASE)
    shut = Attachment.objects.visible_to(actor).filter(content__in=[s.content_id for s in shown])
    records = {file.content_id: file.target for file in shut.prefetch_related("target")}
    return [
        StopLine(
            stop=stop,
            opens=may and stop.released_at is None and stop.digest not in sent,
            record=records.get(stop.content_id or 0),
        )
        for stop in shown
    ]
