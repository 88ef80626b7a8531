"""Decide on a request: weigh a document, look after all of them as the second, write the letter."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.desk.privacy_requests import letter_page, pages
from vertrouwd.desk.privacy_requests.content import open_document
from vertrouwd.desk.privacy_requests.deciding_forms import LetterForm, LookForm, WeighForm
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import Category
from vertrouwd.privacy_requests.access import access_request
from vertrouwd.privacy_requests.answering import send_answer
from vertrouwd.privacy_requests.second_look import LookedAtOlder
from vertrouwd.privacy_requests.second_look import look_after as look_after_request
from vertrouwd.privacy_requests.terms import RequestKind
from vertrouwd.privacy_requests.weighing import Changed, weigh_document

P = Permission
ANY = ["GET", "HEAD", "POST"]


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def weigh(request: OpenedRequest, reference: str) -> HttpResponse:
    """One document, opened through the door of its dossier, and what happens with it."""
    page, row = _document(request, reference)
    if row is None:
        messages.error(request, gettext("Dit stuk is er niet meer."))
        return _back(reference)
    content = open_document(row.document, of=page.request, by=request.user, opened=request.opened)
    form = _weigh_form(row, page, data=request.POST or None)
    changed = None
    if form.is_valid():
        try:
            weigh_document(
                page.request, row.key, by=request.user, opened=request.opened, **form.facts
            )
            return _on(request, reference)
        except Changed as other:
            changed, row, form = _again(request, reference, form, other)
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {"page": page, "row": row, "content": content, "form": form, "changed": changed}
    status = 409 if changed else 400 if form.errors else 200
    return render(request, "desk/privacy_requests/weigh.html", context, status=status)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def look_after(request: OpenedRequest, reference: str) -> HttpResponse:
    """All weighings with their grounds, for a second person: agree, or give them back."""
    page = _page(request, reference)
    form = LookForm(request.POST or None, initial={"seen": page.state.contents})
    has_changed = False
    if form.is_valid():
        try:
            look_after_request(
                page.request, by=request.user, opened=request.opened, **form.cleaned_data
            )
            messages.success(request, gettext("Uw oordeel is vastgelegd."))
            return _back(reference)
        except LookedAtOlder as older:
            form = LookForm(initial=form.cleaned_data | {"seen": older.state.contents})
            has_changed = True
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {"page": page, "form": form, "has_changed": has_changed}
    status = 409 if has_changed else 400 if form.errors else 200
    return render(request, "desk/privacy_requests/look_after.html", context, status=status)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def letter(request: OpenedRequest, reference: str) -> HttpResponse:
    """The letter, composed from what was decided; as it was sent once it was. To print or copy.

    By POST: shown as it was typed, which stores nothing; or recorded as sent, and sealed.
    """
    page = _page(request, reference)
    made = letter_page.letter_page(
        page, is_neutral=request.GET.get("neutraal") == "1", typed=request.POST.get("letter"),
        by=request.user, opened=request.opened,
    )  # fmt: skip
    begin = {"letter": made.text, "seen": page.state.contents, "warned": made.warning}
    is_sending = request.method == "POST" and "show" not in request.POST
    form = LetterForm(request.POST if is_sending else None, initial=begin)
    if form.is_valid() and _is_sent(request, page, form, made):
        messages.success(request, gettext("Het verzoek is beantwoord. De brief is verzegeld."))
        return _back(reference)
    context = {"page": page, "letter": made, "form": form}
    status = 400 if form.errors else 200
    return render(request, "desk/privacy_requests/letter.html", context, status=status)


def _is_sent(
    request: OpenedRequest, page: pages.RequestPage, form: LetterForm, made: letter_page.LetterPage
) -> bool:
    """Not while a blank is left; who was not warned of the names in it is warned first."""
    if made.blanks:
        form.add_error(
            "letter", gettext("Vul eerst in: %(blanks)s.") % {"blanks": ", ".join(made.blanks)}
        )
        return False
    asked = dict(form.cleaned_data)
    del asked["nobody_else"]
    if asked.pop("warned") != made.warning:
        shown = request.POST.copy()
        shown["warned"] = made.warning
        form.data = shown
        form.add_error("letter", gettext("Er staan namen uit het dossier in. Kijk of dat mag."))
        return False
    try:
        send_answer(page.request, by=request.user, opened=request.opened, **asked)
        return True
    except Refused as reason:
        form.add_error(None, str(reason))
        return False


def _page(request: OpenedRequest, reference: str) -> pages.RequestPage:
    found = access_request(reference, by=request.user)
    return pages.request_page(found, by=request.user, opened=request.opened)


def _document(
    request: OpenedRequest, reference: str
) -> tuple[pages.RequestPage, pages.DocumentRow | None]:
    page = _page(request, reference)
    return page, pages.row_of(page, request.GET.get("stuk", ""))


def _weigh_form(row: pages.DocumentRow, page: pages.RequestPage, *, data: Any) -> WeighForm:
    begin: dict[str, Any] = {"version": row.document.version, "seen": 0}
    if row.weighing is not None:
        begin |= {"seen": row.weighing.pk, **row.words}
        begin |= {"outcome": row.weighing.outcome, "ground": row.weighing.ground}
    kind, category = RequestKind(page.request.kind), Category(row.document.dossier.category)
    return WeighForm(data, kind=kind, category=category, initial=begin)


def _again(
    request: OpenedRequest, reference: str, form: WeighForm, other: Changed
) -> tuple[Changed, pages.DocumentRow, WeighForm]:
    """One's own words once more, beside what stands there now."""
    page, row = _document(request, reference)
    if row is None:
        raise Http404
    now = {"seen": row.weighing.pk if row.weighing else 0, "version": row.document.version}
    fresh = _weigh_form(row, page, data=None)
    fresh.initial = {**fresh.initial, **form.cleaned_data, **now}
    return other, row, fresh


def _on(request: OpenedRequest, reference: str) -> HttpResponseRedirect:
    """To the next document that waits, when that was asked; else to the request."""
    messages.success(request, gettext("Dat is vastgelegd."))
    page = _page(request, reference) if "next" in request.POST else None
    if page is not None and page.first_to_weigh:
        return HttpResponseRedirect(f"/verzoeken/{reference}/wegen?stuk={page.first_to_weigh}")
    return _back(reference)


def _back(reference: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"/verzoeken/{reference}")
