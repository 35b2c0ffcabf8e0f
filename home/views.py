from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home import workbench as desk
from organization.actor import ActorRequest


@require_safe
def workbench(request: ActorRequest) -> HttpResponse:
    """The first page after signing in: what waits, what is late, what came last."""
    return render(request, "home/workbench.html", desk.contents(request.actor))
