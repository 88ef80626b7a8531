"""The addresses of the public pages (docs/contracts/public-site.md)."""

from django.urls import path

from vertrouwd.publication import views

urlpatterns = [
    path("", views.home, name="home"),
    path("cijfers", views.figures, name="figures"),
    path("cijfers/<str:year>", views.overview, name="overview"),
    path("cijfers/<str:year>/<path:name>", views.download, name="download"),
    path("theme.css", views.theme, name="theme"),
]
