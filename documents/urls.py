from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("incoming/", views.register_list, name="register_list"),
    path("incoming/sign-for/", views.sign_for, name="sign_for"),
    path("incoming/duplicates/", views.duplicates, name="duplicates"),
    path("incoming/printed/", views.register_printed, name="register_printed"),
    path("incoming/<int:pk>/", views.incoming, name="incoming"),
    path("incoming/<int:pk>/opened/", views.opened, name="opened"),
    path("incoming/<int:pk>/printed/", views.printed, name="printed"),
    path("incoming/<int:pk>/register/", views.register, name="register"),
    path("incoming/<int:pk>/propose/", views.propose, name="propose"),
    path("incoming/<int:pk>/instruct/", views.instruct, name="instruct"),
    path("incoming/<int:pk>/assign/", views.assign, name="assign"),
    path("incoming/<int:pk>/divide/", views.divide, name="divide"),
    path("incoming/<int:pk>/report/", views.report, name="report"),
    path("incoming/<int:pk>/read/", views.read, name="read"),
    path("incoming/<int:pk>/close/", views.close, name="close"),
]
