from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activity.record import record
from attachments import access, flow, forms, queries
from attachments import stops as secrecy_stops
from attachments.answers import Answer, answer, sends_bytes
from attachments.checks import FileRefused
from attachments.models import Attachment, SecrecyStop
from attachments.names import disposition
from organization.actor import ActorRequest
from web.paging import Key, paginate

NEWEST = [Key("id", descending=True)]


def _attachment(request: ActorRequest, pk: int) -> Attachment:
    """A file on a record the actor cannot see does not exist for them; a shut one stays shut."""
    visible = Attachment.objects.visible_to(request.actor).select_related("content")
    attachment = get_object_or_404(visible, pk=pk)
    if attachment.content.shut_at:
        raise PermissionDenied(secrecy_stops.sentence_when_shut())
    return attachment


def _sentence(text: object, status: int) -> HttpResponse:
    return HttpResponse(str(text), status=status, content_type="text/plain; charset=utf-8")


@require_POST
def upload(request: ActorRequest) -> HttpResponse:
    """Take in one file; the answer is its line in the form, or a sentence why not."""
    if not access.may_upload(request.actor):
        raise PermissionDenied(access.WHO_UPLOADS)
    form = forms.UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _sentence(form.first_error(), 422)
    try:
        upload = flow.receive(form.cleaned_data["file"], form.name(), by=request.actor)
    except FileRefused as refusal:
        return _sentence(refusal, 422)
    except OSError:
        return _sentence(forms.DISK_FULL, 507)
    queries.with_same_elsewhere([upload], request.actor)
    context = {"upload": upload, "again": queries.was_sent_before(upload, request.actor)}
    return render(request, "attachments/_upload.html", context)


@require_safe
def download(request: ActorRequest, pk: int) -> Answer:
    """The original bytes, always as a download, with the type we found ourselves."""
    attachment = _attachment(request, pk)
    content, target = attachment.content, attachment.target
    assert target
    response = answer(
        request,
        storages["default"],
        content.path,
        etag=content.digest,
        content_type=content.type,
    )
    response["Content-Disposition"] = disposition(attachment.name)
    if sends_bytes(request, response):
        details: dict[str, Any] = {"file": attachment.shown_name, "digest": content.digest}
        if response.status_code == 206:
            details["range"] = response["Content-Range"]
        record("attachment.download", target, by=request.actor, details=details)
    return response


@require_safe
def page(request: ActorRequest, pk: int, number: int) -> Answer:
    """One page as the picture we drew of it."""
    content = _attachment(request, pk).content
    path, pages = content.page_path(number), storages["pages"]
    if number not in content.pages or not pages.exists(path):
        raise Http404
    etag = f"{content.digest}-{number}"
    return answer(request, pages, path, etag=etag, content_type="image/jpeg")


@require_safe
def preview(request: ActorRequest, pk: int) -> HttpResponse:
    """The pages or the text of a file as a part of a page; asks again until they are there."""
    attachment = _attachment(request, pk)
    return render(request, "attachments/_pages.html", {"attachment": attachment})


@require_safe
def stops(request: ActorRequest) -> HttpResponse:
    """Files that were stopped for a mark of secrecy: one's own, or all one may release."""
    released = "released" in request.GET
    mine = SecrecyStop.objects.visible_to(request.actor).filter(released_at__isnull=not released)
    page = paginate(mine.select_related("stopped_for", "released_by"), NEWEST, request.GET)
    lines = queries.stop_lines(page.rows, request.actor)
    context = {"page": page, "lines": lines, "released": released}
    return render(request, "attachments/stops.html", context)


@require_POST
def release(request: ActorRequest, pk: int) -> HttpResponse:
    """A second person releases a content that is not secret."""
    stop = get_object_or_404(SecrecyStop.objects.visible_to(request.actor), pk=pk)
    if not access.may_release(request.actor, stop):
        raise PermissionDenied(access.WHO_RELEASES)
    form = forms.ReleaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was released: please write the reason."))
        return redirect("attachments:stops")
    try:
        secrecy_stops.release(stop, form.cleaned_data["reason"], by=request.actor)
    except secrecy_stops.AlreadyReleased:
        messages.error(request, _("Somebody was quicker: this step has already been taken."))
    else:
        messages.success(request, _("Released. The file can now be sent again or opened."))
    return redirect("attachments:stops")
