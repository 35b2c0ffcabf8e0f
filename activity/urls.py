from django.urls import path

from activity import views

app_name = "activity"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_notices, name="read_notices"),
    path("outbox/", views.outgoing, name="outgoing"),
    path("outbox/retry/", views.retry_outgoing, name="retry_outgoing"),
    path("drafts/save/", views.save_draft, name="save_draft"),
    path("drafts/discard/", views.discard_draft, name="discard_draft"),
    path("recount/", views.recount_page, name="recount"),
    path("recount/sign/", views.sign_recount, name="sign_recount"),
    path("<slug:name>/", views.box, name="box"),
]
