"""The pages of the public process."""

from django.urls import include, path

urlpatterns = [path("", include("vertrouwd.publication.urls"))]
