"""The address of the report form (docs/contracts/public-site.md)."""

from django.urls import path

from vertrouwd.intake.form.views import report_form

urlpatterns = [path("melden", report_form, name="report_form")]
