"""Reporting from a safe place, what is kept of whom, who can use the site, and the quick exit."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from vertrouwd.accounts.gates import public
from vertrouwd.intake.postvak.cookie import take_away


@public
@require_safe
@gzip_page
def safely(request: HttpRequest) -> HttpResponse:
    """How to report from a device and a network that tell nobody, in words for a child too."""
    onion: str = settings.VERTROUWD_ONION  # type: ignore[misc]
    return render(request, "intake/plain/safely.html", {"onion": onion})


@public
@require_safe
@gzip_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a reporter, what is not, who reads it, and the rights of the AVG."""
    contact: str = settings.VERTROUWD_PRIVACY_CONTACT  # type: ignore[misc]
    return render(request, "intake/plain/privacy.html", {"contact": contact})


@public
@require_safe
@gzip_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what was measured, what was not, and what else there is."""
    contact: str = settings.VERTROUWD_ACCESS_CONTACT  # type: ignore[misc]
    return render(request, "intake/plain/accessibility.html", {"contact": contact})


@public
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit: leads to a page anybody may have open, and closes the mailbox.

    Through an address of our own, so that our pages name no third party. The history of the
    browser may keep pages that were read before.
    """
    elsewhere: str = settings.VERTROUWD_EXIT_URL  # type: ignore[misc]
    response = HttpResponseRedirect(elsewhere)
    response["Cache-Control"] = "no-store"
    return take_away(response, request)
