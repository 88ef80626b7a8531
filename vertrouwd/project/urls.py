"""The pages of the public process."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
