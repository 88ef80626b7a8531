"""The pages of the public process."""

from django.urls import include, path

urlpatterns = [
    path("", include("vertrouwd.project.plain_pages")),
    path("", include("vertrouwd.signpost.urls")),
    path("", include("vertrouwd.intake.urls")),
    path("", include("vertrouwd.intake.postvak.urls")),
    path("", include("vertrouwd.intake.plain.urls")),
    path("", include("vertrouwd.publication.urls")),
]
