"""The pages of a phone call. An address names a draft by its number, never who or what."""

from django.urls import path

from vertrouwd.desk.intake import views

urlpatterns = [
    path("intake", views.intake, name="intake"),
    path("intake/bewaar", views.save, name="intake_save"),
    path("intake/scholen", views.schools, name="intake_schools"),
    path("intake/naast", views.aside, name="intake_aside"),
    path("intake/mening", views.asked, name="intake_asked"),
    path("mening", views.opinions, name="opinions"),
    path("intake/klad/<int:number>", views.draft, name="intake_draft"),
    path("intake/klad/<int:number>/weg", views.discard, name="intake_discard"),
]
