"""The addresses of the work list: codes and places, nothing that was typed."""

from django.urls import path

from vertrouwd.desk.worklist import views

urlpatterns = [
    path("dossiers", views.dossiers, name="dossiers"),
    path("dossiers/zoeken", views.search_texts, name="search_texts"),
    path("dossiers/keuzes", views.keep, name="keep_filter"),
    path("dossiers/keuzes/weg", views.drop, name="drop_filter"),
]
