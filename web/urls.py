from django.urls import path

from web import appearance

app_name = "web"
urlpatterns = [
    path("language/", appearance.choose_language, name="choose_language"),
    path("type/", appearance.choose_type, name="choose_type"),
]
