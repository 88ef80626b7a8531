"""The addresses of the pages of the desk: nothing that was typed, nothing about a person."""

from django.urls import URLPattern, path

from vertrouwd.desk import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="desk_home"),
]
