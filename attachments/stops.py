"""A file that bears a mark of secrecy is stopped; a second person may release it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.notices import notify, settle_notices
from activity.record import record as write_event
from attachments import access
from attachments.checks import FileRefused
from attachments.models import Attachment, Content, Place, SecrecyStop
from attachments.models.stop import WHO_RELEASE
from organization.actor import Actor
from organization.models import Post, Procuratorate, Role, User


class AlreadyReleased(Exception):
    """Somebody was quicker."""


def sentence_when_shut() -> str:
    return _("This file seems to bear a mark of secrecy. It is shut until a second person decides.")


def sentence(stop: SecrecyStop) -> str:
    return _(
        "This file seems to bear a mark of secrecy, so it was not kept (stop no. %(number)s). "
        "Secret papers may not come into this system: please register them on paper. If it only "
        "writes about such marks, ask the office director or a leader to look at it and release "
        "it, then send it again."
    ) % {"number": stop.pk}


def refuse_unless_released(digest: str, place: Place, by: Actor) -> None:
    """Write the stop down and tell who may release it. Raises FileRefused."""
    stops = SecrecyStop.objects.filter(procuratorate=by.procuratorate, digest=digest)
    if stops.filter(released_at__isnull=False).exists():
        return
    assert by.user
    with transaction.atomic():
        stop = _stop(by.procuratorate, digest, place, by.user, by=by)
    raise FileRefused(sentence(stop))


def place_of_open_stop(digest: str, by: Actor) -> Place | None:
    """These bytes were stopped before and not released: another name changes nothing."""
    stops = SecrecyStop.objects.filter(procuratorate=by.procuratorate, digest=digest)
    found = stops.open().values_list("place", flat=True).first()
    return Place(found) if found else None


def shut(content: Content, place: Place) -> None:
    """A mark was found, or may stand where nobody could read: from now on nobody opens it."""
    with transaction.atomic():
        content = Content.objects.select_for_update().get(pk=content.pk)
        stops = SecrecyStop.objects.filter(
            procuratorate=content.procuratorate_id, digest=content.digest
        )
        if content.shut_at or stops.filter(released_at__isnull=False).exists():
            return
        Content.objects.filter(pk=content.pk).update(shut_at=timezone.now())
        for user in _who_brought(content):
            system = Actor.system(content.procuratorate)
            _stop(content.procuratorate, content.digest, place, user, by=system, content=content)


def release(stop: SecrecyStop, reason: str, *, by: Actor) -> None:
    """A second person has looked at the file: it is not secret. Holds for this content only.

    Raises PermissionDenied for who may not, AlreadyReleased for who is too late.
    """
    with transaction.atomic():
        stop.refresh_from_db(from_queryset=SecrecyStop.objects.select_for_update())
        if stop.procuratorate_id != by.procuratorate.pk or not access.may_release(by, stop):
            raise PermissionDenied(access.WHO_RELEASES)
        if stop.released_at:
            raise AlreadyReleased
        now = timezone.now()
        same = SecrecyStop.objects.open().filter(
            procuratorate=stop.procuratorate_id, digest=stop.digest
        )
        same.update(released_at=now, released_by=by.user, reason=reason)
        Content.objects.filter(procuratorate=stop.procuratorate_id, digest=stop.digest).update(
            shut_at=None
        )
        settle_notices(stop, now)
        post = by.post_as(*WHO_RELEASE)
        details = {"opinion": reason, "digest": stop.digest}
        event = write_event("secrecystop.release", stop, by=by, post=post, details=details)
        notify(event, [stop.stopped_for_id])


def _stop(
    procuratorate: Procuratorate,
    digest: str,
    place: Place,
    user: User,
    *,
    by: Actor,
    content: Content | None = None,
) -> SecrecyStop:
    stop, new = SecrecyStop.objects.get_or_create(
        procuratorate=procuratorate,
        digest=digest,
        stopped_for=user,
        released_at=None,
        defaults={"place": place, "stopped_at": timezone.now(), "content": content},
    )
    event = write_event("secrecystop.stop", stop, by=by, details={"digest": digest})
    if new:
        who_did_not_see_it = {user.pk} if content else set()
        notify(event, _to_tell(procuratorate, user) | who_did_not_see_it)
    return stop


def _to_tell(procuratorate: Procuratorate, sender: User) -> set[int]:
    """Ids of the office director, and of the security administrator, who watches such cases.

    Leaders only when no director but the sender is there.
    """
    posts = Post.objects.held_on(timezone.localdate()).filter(procuratorate=procuratorate)

    def holders(*roles: Role) -> set[int]:
        return set(posts.filter(role__in=roles).values_list("user", flat=True))

    judges = holders(Role.OFFICE_DIRECTOR) - {sender.pk} or holders(*WHO_RELEASE) - {sender.pk}
    return judges | holders(Role.SECURITY_ADMIN)


def _who_brought(content: Content) -> list[User]:
    rows = Attachment.objects.filter(content=content).select_related("uploaded_by__user")
    found = {row.uploaded_by.user for row in rows}
    found |= {upload.user for upload in content.uploads.select_related("user")}
    return sorted(found, key=lambda user: user.pk)
