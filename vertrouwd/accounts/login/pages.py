"""The login page, which more than one view answers with."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vertrouwd.accounts.login.attempts import minutes
from vertrouwd.accounts.login.forms import PasswordForm


def login_page(
    request: HttpRequest,
    form: PasswordForm | None = None,
    *,
    wrong: bool = False,
    locked: timedelta = timedelta(),
    problem: str = "",
) -> HttpResponse:
    """The page; `wrong`: name or password is not right; `locked`: for so long nothing is tried;
    `problem`: a sentence about a passkey or the organisation's login."""
    form = form or PasswordForm()
    page = {
        "form": form,
        "wrong": wrong,
        "minutes": minutes(locked),
        "problem": problem,
        "organisation": settings.VERTROUWD_ORGANISATION,
        "logged_out": request.method == "GET" and "uit" in request.GET and not problem,
        "next": request.GET.get("next", ""),
    }
    refused = form.is_bound or problem
    return render(request, "accounts/log_in.html", page, status=400 if refused else 200)
