from django.urls import path

from documents import views
from documents.flow import incoming as flow

app_name = "documents"
urlpatterns = [
    path("incoming/", views.register_list, name="register_list"),
    path("incoming/sign-for/", views.sign_for, name="sign_for"),
    path("incoming/duplicates/", views.duplicates, name="duplicates"),
    path("incoming/printed/", views.register_printed, name="register_printed"),
    path("incoming/<int:pk>/", views.incoming, name="incoming"),
    path("incoming/<int:pk>/opened/", views.opened, name="opened"),
    path("incoming/<int:pk>/printed/", views.printed, name="printed"),
    path("incoming/batch/<slug:name>/", views.batch, name="batch"),
    path("incoming/batch/<slug:name>/take/", views.take_batch, name="take_batch"),
    path("incoming/<int:pk>/return-slip/", views.return_slip, name="return_slip"),
    path("incoming/<int:pk>/act/<slug:name>/", views.act, name="act"),
    *[
        path(f"incoming/<int:pk>/{step.name}/", views.step(step.name), name=step.name)
        for step in flow.STEPS
        if step.name != "sign_for"
    ],
]
