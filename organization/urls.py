from django.urls import path

from organization import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("password/", views.change_password, name="change_password"),
    path("procuratorate/<int:pk>/", views.choose, name="choose_procuratorate"),
    path("acting/<int:pk>/", views.act_for, name="act_for"),
    path("acting/myself/", views.act_for_oneself, name="act_for_oneself"),
]
