"""The address of the signpost (docs/contracts/public-site.md)."""

from django.urls import path

from vertrouwd.signpost import views

urlpatterns = [path("wegwijzer", views.signpost, name="signpost")]
