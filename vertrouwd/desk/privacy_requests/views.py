"""Requests of those concerned: the list, a new one, one request, and the acts around it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest, SignedInRequest
from vertrouwd.audit.record import LIST, look
from vertrouwd.desk.forms import ReferenceForm
from vertrouwd.desk.privacy_requests import lists, pages
from vertrouwd.desk.privacy_requests.answers import back_to, carry_out, show, too_late
from vertrouwd.desk.privacy_requests.forms import (
    CorrectForm,
    ExtendForm,
    IdentityForm,
    RegisterForm,
    WithdrawForm,
)
from vertrouwd.dossiers.access import access_dossier
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.privacy_requests import actions, mending
from vertrouwd.privacy_requests.access import access_request, may_register_without_dossier
from vertrouwd.privacy_requests.terms import Asker

P = Permission
ANY = ["GET", "HEAD", "POST"]
ON_A_PAGE = 25


@requires(P.HANDLE_CASES)
@require_safe
def requests(request: SignedInRequest) -> HttpResponse:
    """The requests this person may open: those to be answered by their last day, then the rest."""
    waiting = lists.rows_of(lists.to_answer(request.user), with_stage=True)
    ended = Paginator(lists.ended(request.user), ON_A_PAGE).get_page(request.GET.get("pagina"))
    look(by=request.user, kind="request", action=LIST, count=len(waiting) + len(ended))
    context = {"waiting": waiting, "page": ended}
    return render(request, "desk/privacy_requests/list.html", context)


@requires(P.OVERSEE_REQUESTS)
@require_safe
def overseen(request: SignedInRequest) -> HttpResponse:
    """Every request with its clock, for who watches over it: no dossier, no name, no content."""
    found = Paginator(lists.overseen(request.user), ON_A_PAGE).get_page(request.GET.get("pagina"))
    look(by=request.user, kind="request", action=LIST, count=len(found), detail={"content": False})
    rows = lists.rows_of(found, with_stage=False)
    context = {"page": found, "rows": rows, "late": lists.late(request.user)}
    return render(request, "desk/privacy_requests/overseen.html", context)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def new(request: OpenedRequest) -> HttpResponse:
    """Write down who asks what, and of which dossier."""
    needs = not may_register_without_dossier(request.user)
    begin = lists.begins_with(request.user, dossier=request.GET.get("dossier", ""))
    form = RegisterForm(request.POST or None, needs_dossier=needs, initial=begin)
    if form.is_valid():
        try:
            made = _register(request, form)
            return back_to(made)
        except Http404:
            form.add_error("reference", gettext("Dit dossier is er niet."))
        except Refused as reason:
            form.add_error(None, str(reason))
    return show(request, "new.html", form, {})


@requires(P.HANDLE_CASES, unlocked=True)
@require_safe
def request(request: OpenedRequest, reference: str) -> HttpResponse:
    """How one request stands: the clock, what is next, each document by name, the four eyes."""
    found = access_request(reference, by=request.user)
    page = pages.request_page(found, by=request.user, opened=request.opened)
    return render(request, "desk/privacy_requests/request.html", {"page": page, "asked": found})


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def identity(request: OpenedRequest, reference: str) -> HttpResponse:
    """How it was checked who asks, and of who asks for another by what right."""
    found = access_request(reference, by=request.user)
    if back := too_late(request, found):
        return back
    form = IdentityForm(request.POST or None, is_for_another=Asker(found.asker).is_for_another)
    return carry_out(request, found, form, "identity.html", actions.check_identity)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def dossiers(request: OpenedRequest, reference: str) -> HttpResponse:
    """Add a dossier that the request is about, by its number."""
    found = access_request(reference, by=request.user)
    if back := too_late(request, found):
        return back
    form = ReferenceForm(request.POST or None)
    if form.is_valid():
        try:
            dossier = access_dossier(form.cleaned_data["reference"], by=request.user)
            actions.add_dossier(found, dossier, by=request.user)
            return back_to(found)
        except Http404:
            form.add_error("reference", gettext("Dit dossier is er niet."))
        except Refused as reason:
            form.add_error("reference", str(reason))
    return show(request, "dossiers.html", form, {"asked": found})


@requires(P.HANDLE_CASES, unlocked=True)
@require_POST
def take_out(request: OpenedRequest, reference: str) -> HttpResponse:
    """A dossier was added by mistake."""
    found = access_request(reference, by=request.user)
    form = ReferenceForm(request.POST)
    if form.is_valid():
        dossier = access_dossier(form.cleaned_data["reference"], by=request.user)
        _try(request, lambda: actions.take_out_dossier(found, dossier, by=request.user))
    return back_to(found)


@requires(P.HANDLE_CASES, unlocked=True)
@require_POST
def nothing(request: OpenedRequest, reference: str) -> HttpResponse:
    """It was searched, and there is no dossier about the asker."""
    found = access_request(reference, by=request.user)
    _try(request, lambda: actions.find_nothing(found, by=request.user))
    return back_to(found)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def extend(request: OpenedRequest, reference: str) -> HttpResponse:
    """Two months more, told to the asker within the first month with the reason."""
    found = access_request(reference, by=request.user)
    if back := too_late(request, found):
        return back
    if found.extended_on and request.method != "POST":
        messages.error(request, gettext("Dit verzoek is al een keer verlengd. Vaker mag niet."))
        return back_to(found)
    form = ExtendForm(request.POST or None)
    act = _with_opened(request, actions.extend_request)
    return carry_out(request, found, form, "extend.html", act, **lists.to_extend(found))


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def withdraw(request: OpenedRequest, reference: str) -> HttpResponse:
    """The asker took it back."""
    found = access_request(reference, by=request.user)
    if back := too_late(request, found):
        return back
    form = WithdrawForm(request.POST or None)
    return carry_out(request, found, form, "withdraw.html", actions.withdraw_request)


@requires(P.HANDLE_CASES, unlocked=True)
@require_POST
def take_back(request: OpenedRequest, reference: str) -> HttpResponse:
    """The asker did not withdraw it after all."""
    found = access_request(reference, by=request.user)
    _try(request, lambda: mending.take_back_withdrawal(found, by=request.user))
    return back_to(found)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def correct(request: OpenedRequest, reference: str) -> HttpResponse:
    """What was written down wrongly: who asks what, and since when."""
    found = access_request(reference, by=request.user)
    if back := too_late(request, found):
        return back
    begin = pages.written_down_on(found, by=request.user, opened=request.opened)
    form = CorrectForm(request.POST or None, initial=begin)
    act = _with_opened(request, mending.correct_request)
    return carry_out(request, found, form, "correct.html", act)


def _register(request: OpenedRequest, form: RegisterForm) -> Any:
    asked = dict(form.cleaned_data)
    named = asked.pop("reference")
    dossier: Dossier | None = access_dossier(named, by=request.user) if named else None
    asked["after"] = asked["after"] or 0
    return actions.register_request(
        dossier=dossier, by=request.user, opened=request.opened, **asked
    )


def _with_opened(request: OpenedRequest, act: Callable[..., object]) -> Callable[..., object]:
    return lambda found, **facts: act(found, opened=request.opened, **facts)


def _try(request: OpenedRequest, act: Callable[[], object]) -> None:
    try:
        act()
        messages.success(request, gettext("Dat is vastgelegd."))
    except Refused as reason:
        messages.error(request, str(reason))
