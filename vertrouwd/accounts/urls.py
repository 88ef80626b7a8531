"""The addresses of logging in, of one's own account, and of the people who work here."""

from django.urls import path

from vertrouwd.accounts import login_views

urlpatterns = [
    path("inloggen", login_views.log_in, name="log_in"),
    path("inloggen/code", login_views.log_in_code, name="log_in_code"),
    path("uitloggen", login_views.log_out, name="log_out"),
]
