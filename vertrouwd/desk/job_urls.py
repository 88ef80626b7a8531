"""The addresses of the pages about work that may wait."""

from django.urls import path

from vertrouwd.desk import job_views

urlpatterns = [
    path("taken/mislukt", job_views.failed_jobs, name="failed_jobs"),
    path("taken/mislukt/besluit", job_views.decide_on_job, name="decide_on_job"),
]
