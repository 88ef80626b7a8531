"""Join and separate, from either side: choose, see what changes, confirm."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest
from vertrouwd.desk.case import joining_page, work
from vertrouwd.desk.case.forms import JoinForm, OtherForm, SeparateForm
from vertrouwd.desk.case.undo_views import word_left
from vertrouwd.desk.case.word_page import word_page
from vertrouwd.dossiers import joining, previews
from vertrouwd.dossiers.access import access_dossier
from vertrouwd.dossiers.casework_terms import TaskKind
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.duties import reassessing

P = Permission
ANY = ["GET", "HEAD", "POST"]


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def join(request: OpenedRequest, reference: str) -> HttpResponse:
    """Choose the other dossier (`?met=`), see what joining would change, and do it by POST."""
    here = access_dossier(reference, by=request.user)
    other, choose = _other(request, here)
    if other is None:
        context = {
            "dossier": here,
            "form": choose,
            "candidates": joining_page.candidates(here, by=request.user),
        }
        return render(request, "desk/case/join.html", context, status=400 if choose.errors else 200)
    pair = (here, other)
    if blocked := word_page(
        [here.pk, other.pk], kind=TaskKind.SAME_CASE, by=request.user, among=pair
    ):
        return word_left(request, here, blocked)
    source, into = joining_page.earlier_first(here, other)
    if request.GET.get("andersom") == "1":
        source, into = into, source
    page = joining_page.join_page(source, into)
    form = JoinForm(request.POST or None, initial={"seen": page.preview.contents})
    if form.is_valid():
        try:
            reassessing.join_dossiers(
                source, into=into, by=request.user, opened=request.opened, **form.cleaned_data
            )
            return HttpResponseRedirect(f"/dossiers/{into.reference}")
        except Refused as reason:
            form = JoinForm(None, initial={**form.cleaned_data, "seen": page.preview.contents})
            messages.error(request, str(reason))
    context = {"dossier": here, "other": other, "page": page, "form": form}
    return render(request, "desk/case/joining.html", context, status=400 if form.errors else 200)


@requires(P.HANDLE_CASES, unlocked=True)
@require_POST
def apart(request: OpenedRequest, reference: str) -> HttpResponse:
    """Remember that another dossier was looked at and is not the same case."""
    here = access_dossier(reference, by=request.user)
    form = OtherForm(request.POST, dossier=here)
    other = _found(request, form) if form.is_valid() else None
    if other is None:
        messages.error(request, gettext("Dit dossier is er niet."))
        return HttpResponseRedirect(f"/dossiers/{here.reference}/samenvoegen")
    try:
        joining.not_the_same(here, other, by=request.user)
    except Refused as reason:
        messages.error(request, str(reason))
    return HttpResponseRedirect(f"/dossiers/{here.reference}")


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def separate(request: OpenedRequest, reference: str) -> HttpResponse:
    """Choose a report (`?melding=`), see what taking it out would change, and do it by POST."""
    here = access_dossier(reference, by=request.user)
    report = work.report_of(here, request.GET.get("melding", ""))
    if report is None or here.reports.count() < 2:
        reports = here.reports.order_by("received_on", "pk")
        return render(request, "desk/case/separate.html", {"dossier": here, "reports": reports})
    if blocked := word_page([here.pk], kind=TaskKind.OTHER_CASE, by=request.user):
        about = gettext("Het gaat om %(report)s.") % {"report": report.reference}
        return word_left(request, here, blocked, words=about)
    preview = previews.of_separation(report)
    form = SeparateForm(request.POST or None, initial={"seen": preview.contents})
    if form.is_valid():
        try:
            reassessing.separate_report(
                report, by=request.user, opened=request.opened, **form.cleaned_data
            )
            return HttpResponseRedirect(f"/dossiers/{here.reference}")
        except Refused as reason:
            form = SeparateForm(None, initial={**form.cleaned_data, "seen": preview.contents})
            messages.error(request, str(reason))
    context: dict[str, Any] = {"dossier": here, "report": report, "preview": preview, "form": form}
    return render(request, "desk/case/separating.html", context, status=400 if form.errors else 200)


def _other(request: OpenedRequest, here: Dossier) -> tuple[Dossier | None, OtherForm]:
    """The other dossier that the address names, and the form to choose one with its mistake."""
    typed = request.GET.get("met")
    form = OtherForm({"reference": typed} if typed is not None else None, dossier=here)
    return (_found(request, form) if form.is_valid() else None), form


def _found(request: OpenedRequest, form: OtherForm) -> Dossier | None:
    """Through the door; not there and not for this person is one answer."""
    try:
        return access_dossier(form.cleaned_data["reference"], by=request.user)
    except Http404:
        form.add_error("reference", gettext("Dit dossier is er niet."))
        return None
