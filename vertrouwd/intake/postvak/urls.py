"""The address of the mailbox (docs/contracts/public-site.md)."""

from django.urls import path

from vertrouwd.intake.postvak import views

urlpatterns = [path("postvak", views.mailbox, name="mailbox")]
