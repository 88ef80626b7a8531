"""The pages of the duties. An address names a dossier by its number, and nothing that was told."""

from django.urls import path

from vertrouwd.desk.duties import views

urlpatterns = [
    path("dossiers/<str:reference>/plichten", views.duties, name="duties"),
    path("dossiers/<str:reference>/plichten/feit", views.fact, name="duties_fact"),
    path("dossiers/<str:reference>/plichten/stap", views.step, name="duties_step"),
    path("dossiers/<str:reference>/plichten/terug", views.take_back, name="duties_take_back"),
    path("plichten/vergelijken", views.compare, name="duties_compare"),
]
