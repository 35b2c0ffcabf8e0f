from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from activity.record import record
from attachments.models import Attachment
from organization.actor import ActorRequest

SANDBOX = "default-src 'none'; sandbox"


def _attachment(request: ActorRequest, pk: int) -> Attachment:
    """A file on a record the actor cannot see does not exist for them."""
    return get_object_or_404(Attachment.objects.visible_to(request.actor), pk=pk)


@require_safe
def download(request: ActorRequest, pk: int) -> FileResponse:
    """The original bytes, always as a download, with the type we found ourselves."""
    attachment = _attachment(request, pk)
    assert attachment.target
    content = storages["default"].open(attachment.path)
    if request.method == "GET":  # HEAD sends nothing
        record(
            "attachment.download",
            attachment.target,
            by=request.actor,
            details={"file": attachment.name, "digest": attachment.digest},
        )
    response = FileResponse(
        content,
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.type,
    )
    response["Content-Security-Policy"] = SANDBOX
    return response


@require_safe
def page(request: ActorRequest, pk: int, number: int) -> FileResponse:
    """One page as the picture we drew of it."""
    attachment = _attachment(request, pk)
    path = attachment.page_path(number)
    if number not in attachment.pages or not storages["pages"].exists(path):
        raise Http404
    return FileResponse(storages["pages"].open(path), content_type="image/jpeg")


@require_safe
def preview(request: ActorRequest, pk: int) -> HttpResponse:
    """The pages of a file as a part of a page; asks again by itself until they are drawn."""
    attachment = _attachment(request, pk)
    return render(request, "attachments/_pages.html", {"attachment": attachment})
