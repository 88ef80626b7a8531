"""A file of a reporter: what became of it, its clean copy, and the original as evidence."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.attachments.access import access_file
from vertrouwd.attachments.cleaning.child import Busy
from vertrouwd.attachments.cleaning.copies import copy_of, picture_of, read_copy
from vertrouwd.attachments.cleaning.made import NotPossible
from vertrouwd.attachments.cleaning.opening import try_again
from vertrouwd.attachments.evidence import save_original
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.terms import Cleaning, Evidence
from vertrouwd.desk.attachments import answers
from vertrouwd.desk.attachments.forms import OriginalForm
from vertrouwd.desk.attachments.pages import facts_in_words, read_file
from vertrouwd.desk.kept import number_of
from vertrouwd.sealing.unreadable import Unreadable

P = Permission


@requires(P.HANDLE_CASES, unlocked=True)
@require_safe
def file(request: OpenedRequest, reference: str) -> HttpResponse:
    """One file: its clean copy, or why there is none."""
    return _page(request, access_file(reference, by=request.user))


@requires(P.HANDLE_CASES, unlocked=True)
@require_POST
def open_file(request: OpenedRequest, reference: str) -> HttpResponse:
    """Make the clean copy, the first time or again; scan what was not scanned."""
    found = access_file(reference, by=request.user)
    try:
        try_again(found, opened=request.opened, by=request.user)
    except Busy:
        words = gettext(
            "Er is al iemand met dit of met andere bestanden bezig. Kijk over een minuut nog eens."
        )
        messages.warning(request, words)
    except Unreadable:
        messages.error(request, gettext("Dit bestand is niet te openen."))
    return HttpResponseRedirect(f"/bestanden/{found.reference}")


@requires(P.HANDLE_CASES, unlocked=True)
@require_safe
def picture(request: OpenedRequest, reference: str) -> HttpResponse:
    """A page of the clean copy as a picture; never of the original."""
    number = number_of(request.GET.get("blad")) or 1
    found = access_file(reference, by=request.user, page=number)
    try:
        copy = copy_of(found, opener=request.opened)
        shown = picture_of(found, copy, number, opener=request.opened)
    except Busy:
        return HttpResponse(status=503)
    except (Unreadable, NotPossible):
        raise Http404 from None
    if shown is None:
        raise Http404
    return answers.picture(*shown)


@requires(P.HANDLE_CASES, unlocked=True)
@require_safe
def copy(request: OpenedRequest, reference: str) -> HttpResponseBase:
    """The clean copy, to save."""
    found = access_file(reference, by=request.user)
    try:
        made = copy_of(found, opener=request.opened)
    except Unreadable:
        raise Http404 from None
    pieces = read_copy(found, opener=request.opened)
    return answers.saved_copy(found.reference, made.type, made.size, pieces)


@requires(P.HANDLE_CASES, unlocked=True)
@require_POST
def original(request: OpenedRequest, reference: str) -> HttpResponseBase:
    """The original as evidence, to save, for a reason that is written down."""
    found = access_file(reference, by=request.user)
    form = OriginalForm(request.POST, is_harmful=found.cleaning == Cleaning.QUARANTINED)
    if not form.is_valid():
        return _page(request, found, form)
    reason = Evidence(form.cleaned_data["reason"])
    try:
        size, pieces = save_original(found, reason=reason, opened=request.opened, by=request.user)
    except Unreadable:
        form.add_error(None, gettext("Het origineel is niet te openen, of niet meer heel."))
        return _page(request, found, form)
    return answers.saved_original(found.reference, size, pieces)


def _page(
    request: OpenedRequest, found: Attachment, form: OriginalForm | None = None
) -> HttpResponse:
    number = number_of(request.GET.get("blad")) or 1
    page = read_file(
        found, number=number, as_words="tekst" in request.GET, opened=request.opened,
        now=timezone.now(),
    )  # fmt: skip
    form = form or OriginalForm(is_harmful=page.is_harmful)
    context = {"page": page, "facts": facts_in_words(page), "form": form}
    status = 400 if form.errors else 200
    return render(request, "desk/attachments/show.html", context, status=status)
