"""What the pages of files read."""

from collections.abc import Iterable
from dataclasses import dataclass

from attachments.models import Attachment, SecrecyStop, Upload
from attachments.models.stop import WHO_RELEASE
from organization.actor import Actor


def same_elsewhere(upload: Upload, actor: Actor) -> Attachment | None:
    """The newest record the actor may see that carries the same content already."""
    same = Attachment.objects.visible_to(actor).filter(content=upload.content_id)
    return same.prefetch_related("target").order_by("-pk").first()


@dataclass(frozen=True)
class StopLine:
    """A stop in the list, and whether the reader may release it."""

    stop: SecrecyStop
    opens: bool


def stop_lines(stops: Iterable[SecrecyStop], actor: Actor) -> list[StopLine]:
    """One query, whatever the number of stops; says what `access.may_release` would say."""
    shown = list(stops)
    digests = [stop.digest for stop in shown]
    mine = SecrecyStop.objects.filter(procuratorate=actor.procuratorate, stopped_for=actor.user)
    sent = set(mine.filter(digest__in=digests).values_list("digest", flat=True))
    may = actor.holds(*WHO_RELEASE)
    return [
        StopLine(stop, may and stop.released_at is None and stop.digest not in sent)
        for stop in shown
    ]
