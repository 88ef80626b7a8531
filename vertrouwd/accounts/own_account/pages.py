"""The page of one's own account, which more than one view answers with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from vertrouwd.accounts.second_step import factors
from vertrouwd.accounts.signed_in import SignedInRequest


def account_page(request: SignedInRequest, *, problem: str = "") -> HttpResponse:
    """What one logs in with, and what may be changed."""
    page = {
        "problem": problem,
        "passkeys": factors.passkeys(request.user),
        "has_app": factors.has_codes(request.user),
        "codes_left": factors.recovery_codes_left(request.user),
        "roles": sorted(role.value for role in request.user.roles),
    }
    return render(request, "accounts/account.html", page, status=400 if problem else 200)


def say(request: SignedInRequest, text: str) -> None:
    """Show this on the next page."""
    messages.success(request, text)
