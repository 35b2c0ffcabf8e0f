"""Addresses at which something goes wrong."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

handler400 = "web.views.bad_request"
handler403 = "web.views.permission_denied"
handler404 = "web.views.not_found"
handler500 = "web.views.server_error"


def failing(error):
    def view(request):
        raise error

    return login_not_required(view)


urlpatterns = [
    path("bad/", failing(BadRequest("secret detail"))),
    path("forbidden/", failing(PermissionDenied)),
    path("forbidden-because/", failing(PermissionDenied("这一行只能看，不能打开。"))),
    path("gone/", failing(Http404("secret detail"))),
    path("broken/", failing(RuntimeError("secret detail"))),
    path("post-only/", login_not_required(require_POST(lambda request: HttpResponse("完成")))),
]
