"""The address of one's own e-mails."""

from django.urls import path

from vertrouwd.desk.notices import views

urlpatterns = [path("mijn-account/e-mail", views.notices, name="notices")]
