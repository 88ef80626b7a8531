"""Notes and messages, and their drafts. An address names no draft: the form says which."""

from django.urls import path

from vertrouwd.desk.writing import views

urlpatterns = [
    path("dossiers/<str:reference>/aantekening", views.note, name="dossier_note"),
    path("dossiers/<str:reference>/bericht", views.message, name="dossier_message"),
    path("klad/bewaar", views.save, name="writing_save"),
    path("klad/weg", views.discard, name="writing_discard"),
]
