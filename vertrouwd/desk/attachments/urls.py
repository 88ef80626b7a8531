"""The pages of a file. An address names a file by its number, which stays when dossiers are joined,
and says nothing about what is in it."""

from django.urls import path

from vertrouwd.desk.attachments import views

urlpatterns = [
    path("bestanden/<str:reference>", views.file, name="file"),
    path("bestanden/<str:reference>/openen", views.open_file, name="file_open"),
    path("bestanden/<str:reference>/beeld", views.picture, name="file_picture"),
    path("bestanden/<str:reference>/kopie", views.copy, name="file_copy"),
    path("bestanden/<str:reference>/origineel", views.original, name="file_original"),
]
