"""The pages of the casework process."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "vertrouwd.desk.answers.not_understood"
handler403 = "vertrouwd.desk.answers.forbidden"
handler404 = "vertrouwd.desk.answers.missing"
handler500 = "vertrouwd.desk.answers.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vertrouwd.project.plain_pages")),
    path("", include("vertrouwd.desk.urls")),
    path("", include("vertrouwd.desk.job_urls")),
    path("", include("vertrouwd.accounts.urls")),
    path("", include("vertrouwd.accounts.unlock.urls")),
]
