"""The pages of advice, below the page of the dossier."""

from django.urls import path

from vertrouwd.desk.advice import views

urlpatterns = [
    path("dossiers/<str:reference>/advies", views.advice, name="dossier_advice"),
    path(
        "dossiers/<str:reference>/advies/bevestiging",
        views.confirmation,
        name="dossier_confirmation",
    ),
]
