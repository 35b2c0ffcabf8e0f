from django.urls import path

from activity import views
from activity.handover import views as handover
from activity.lending import views as lending

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
    path("phrases/", views.own_phrases, name="phrases"),
    path("phrases/add/", views.add_phrase, name="add_phrase"),
    path("phrases/keep/", views.keep_phrase, name="keep_phrase"),
    path("phrases/<int:pk>/change/", views.change_phrase, name="change_phrase"),
    path("phrases/<int:pk>/up/", views.move_phrase, {"places": -1}, name="move_phrase_up"),
    path("phrases/<int:pk>/down/", views.move_phrase, {"places": 1}, name="move_phrase_down"),
    path("phrases/<int:pk>/delete/", views.delete_phrase, name="delete_phrase"),
    path("delegations/", lending.delegations, name="delegations"),
    path("delegations/lend/", lending.lend, name="lend"),
    path("delegations/<int:pk>/give-back/", lending.give_back, name="give_back"),
    path("handovers/", handover.handovers, name="handovers"),
    path("handovers/of/<int:pk>/", handover.hand_over, name="hand_over"),
    path("handovers/<int:pk>/", handover.sheet, name="handover_sheet"),
    path("handovers/<int:pk>/printed/", handover.printed, name="handover_printed"),
    path("<slug:name>/", views.box, name="box"),
]
