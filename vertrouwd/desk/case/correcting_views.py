"""Correct the coded answers of one report, and let the dossier say the same."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.desk.case import work
from vertrouwd.desk.case.correcting_form import CorrectionForm
from vertrouwd.desk.case.correcting_page import begins_with, form_after, in_words, page_of
from vertrouwd.dossiers.access import access_dossier, has_conflict
from vertrouwd.dossiers.correcting import Corrected, correct_report, take_over
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.dossiers.refused import Refused

P = Permission
SEARCH = "search"


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: OpenedRequest, reference: str) -> HttpResponse:
    """Correct a report; who is second sees what a colleague corrected and loses nothing."""
    found = access_dossier(reference, by=request.user)
    report = work.report_of(found, request.GET.get("melding", ""))
    if report is None:
        return HttpResponseRedirect(f"/dossiers/{found.reference}#meldingen")
    form = CorrectionForm(request.POST or None, initial=begins_with(report))
    context: dict[str, Any] = {"dossier": found}
    if request.POST.get("do") == SEARCH:
        form = CorrectionForm(initial=begins_with(report) | dict(request.POST.items()))
    elif form.is_valid():
        asked = form.cleaned_data
        try:
            correct_report(
                report, answers=form.answers, reason=asked["reason"], seen=asked["seen"] or 0,
                by=request.user,
            )  # fmt: skip
            return _corrected(request, found, report)
        except Corrected as corrected:
            report.refresh_from_db()
            form = form_after(form, report, corrected.since)
            context["corrected"] = in_words(corrected.since)
        except Refused as reason:
            form.add_error(None, str(reason))
    context |= {"form": form, "page": page_of(report, form, by=request.user)}
    wrong = 409 if "corrected" in context else 400 if form.errors else 200
    return render(request, "desk/case/correct.html", context, status=wrong)


@requires(P.HANDLE_CASES, unlocked=True)
@require_POST
def follow(request: OpenedRequest, reference: str) -> HttpResponse:
    """The dossier takes over the institution, or the kind of childcare, of one of its reports."""
    found = access_dossier(reference, by=request.user)
    report = work.report_of(found, request.POST.get("report", ""))
    if report is None:
        return HttpResponseRedirect(f"/dossiers/{found.reference}")
    try:
        take_over(found, of=report, field=request.POST.get("field", ""), by=request.user)
        messages.success(request, gettext("Het dossier is bijgewerkt."))
    except Refused as reason:
        messages.error(request, str(reason))
    return HttpResponseRedirect(_at(found, report))


def _corrected(request: OpenedRequest, dossier: Dossier, report: Report) -> HttpResponse:
    if has_conflict(request.user, dossier):
        messages.success(
            request,
            gettext(
                "De melding is verbeterd. U houdt toezicht op deze instelling: het dossier is niet "
                "meer van u. Wie het werk verdeelt, geeft het aan een collega."
            ),
        )
        return HttpResponseRedirect("/dossiers")
    messages.success(request, gettext("De melding is verbeterd."))
    return HttpResponseRedirect(_at(dossier, report))


def _at(dossier: Dossier, report: Report) -> str:
    return f"/dossiers/{dossier.reference}/verbeteren?melding={report.reference}"
