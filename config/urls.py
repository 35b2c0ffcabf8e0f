from django.urls import include, path

from config.health import healthz
from organization.site import site

handler400 = "web.views.bad_request"
handler403 = "web.views.permission_denied"
handler404 = "web.views.not_found"
handler500 = "web.views.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", site.urls),
    path("", include("organization.urls")),
    path("", include("home.urls")),
    path("appearance/", include("web.urls")),
    path("inbox/", include("activity.urls")),
    path("attachments/", include("attachments.urls")),
    path("documents/", include("documents.urls")),
]
