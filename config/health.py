"""Is every part of the product alive? For monitors: names parts, never data."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from activity.heartbeat import silent_parts


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when web, database, worker and scheduler are alive; else 503 naming what is not."""
    try:
        silent = silent_parts(timezone.now())
    except DatabaseError:
        silent = ["database"]
    text = "".join(f"{part}: not alive\n" for part in silent) or "alive\n"
    return HttpResponse(text, status=503 if silent else 200, content_type="text/plain")
