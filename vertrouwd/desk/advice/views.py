"""Advice in a dossier: what the reporter may do, what was advised, and what may go further."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.advice.confirmation import confirmation as text_of_confirmation
from vertrouwd.desk.advice.forms import TakeBackForm
from vertrouwd.desk.advice.pages import Advised, advice_page, read_advice
from vertrouwd.desk.advice.sending import forms_for, row_named, send, take_back_row
from vertrouwd.dossiers.access import access_dossier
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.refused import Refused

P = Permission


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: OpenedRequest, reference: str) -> HttpResponse:
    """Conditions on top, options with pros and cons, texts to copy, and what was done for whom.

    By POST: one of the forms; of a case between staff there is advice only.
    """
    found = access_dossier(reference, by=request.user)
    if not found.reports.exists():  # they are elsewhere: the page of the dossier says where
        return HttpResponseRedirect(f"/dossiers/{found.reference}")
    advised = _read(request, found)
    if request.method == "POST":
        return _sent(request, advised)
    correcting = row_named(advised, request.GET.get("verbeter", ""))
    if correcting and correcting[1].report_id != advised.report.pk:
        advised = _read(request, found, chosen=correcting[1].report.reference)
    return _page(request, advised, forms_for(advised, correcting=correcting), open_for=correcting)


@requires(P.HANDLE_CASES, unlocked=True)
@require_safe
def confirmation(request: OpenedRequest, reference: str) -> HttpResponse:
    """The confirmation for the board, to print or copy: a day and a duty, no name, no fact."""
    found = access_dossier(reference, by=request.user)
    back = HttpResponseRedirect(f"/dossiers/{found.reference}/advies")
    if not found.reports.exists():
        return back
    papers = _read(request, found).done.confirmations
    if not papers:
        return back
    named = request.GET.get("nummer", "")
    paper = next((each for each in papers if str(each.pk) == named), papers[-1])
    text = text_of_confirmation(
        on=paper.on, made_on=timezone.localdate(paper.at), duty=paper.duty, article=paper.article
    )
    return render(request, "desk/advice/confirmation.html", {"dossier": found, "text": text})


def _read(request: OpenedRequest, found: Dossier, chosen: str = "") -> Advised:
    asked = request.POST.get("report") or request.GET.get("melding", "")
    return read_advice(
        found, chosen=chosen or asked, opened=request.opened, by=request.user,
        today=timezone.localdate(),
    )  # fmt: skip


def _sent(request: OpenedRequest, advised: Advised) -> HttpResponse:
    if request.POST.get("report") != advised.report.reference:  # it was taken out meanwhile
        messages.error(request, gettext("Die melding staat niet meer in dit dossier."))
        return _back(advised)
    act = request.POST.get("act", "")
    if act == "take_back":
        return _taken_back(request, advised)
    forms = forms_for(advised, act=act, data=request.POST)
    form = forms.get(act)
    if form is None:
        messages.error(request, gettext("Dat kan niet bij dit dossier."))
        return _back(advised)
    if form.is_valid():
        try:
            send(act, form, advised, by=request.user, opened=request.opened)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, gettext("Dat is vastgelegd."))
            return _back(advised)
    return _page(request, advised, forms, failed=form)


def _taken_back(request: OpenedRequest, advised: Advised) -> HttpResponse:
    form = TakeBackForm(request.POST)
    try:
        done = take_back_row(form, advised, by=request.user) if form.is_valid() else None
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        if done is not None:
            messages.success(request, gettext("Dat is teruggenomen. Het blijft wel bewaard."))
    return _back(advised)


def _page(
    request: OpenedRequest, advised: Advised, forms: Any, *, failed: Any = None,
    open_for: Any = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "page": advice_page(advised),
        "dossier": advised.dossier,
        "forms": forms,
        "form": failed,
        "correcting": open_for[0] if open_for else "",
    }
    return render(request, "desk/advice/page.html", context, status=400 if failed else 200)


def _back(advised: Advised) -> HttpResponse:
    place = f"/dossiers/{advised.dossier.reference}/advies"
    return HttpResponseRedirect(f"{place}?melding={advised.report.reference}#gedaan")
