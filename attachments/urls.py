from django.urls import path

from attachments import views

app_name = "attachments"
urlpatterns = [
    path("upload/", views.upload, name="upload"),
    path("stops/", views.stops, name="stops"),
    path("stops/<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/", views.download, name="download"),
    path("<int:pk>/preview/", views.preview, name="preview"),
    path("<int:pk>/pages/<int:number>/", views.page, name="page"),
]
