from django.contrib.auth.views import PasswordChangeView
from django.urls import path

from organization import views
from organization.forms import OwnPasswordForm

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path(
        "password/",
        PasswordChangeView.as_view(
            template_name="registration/change_password.html",
            form_class=OwnPasswordForm,
            success_url="/",
        ),
        name="change_password",
    ),
    path("procuratorate/<int:pk>/", views.choose, name="choose_procuratorate"),
]
