"""The first page of who works here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and what to do first."""
    return render(request, "desk/home.html")
