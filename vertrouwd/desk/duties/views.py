"""The pages of the duties of a dossier: what the law asks, the road, and two rule sets compared."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest, SignedInRequest
from vertrouwd.audit.record import refuse
from vertrouwd.desk.duties import pages, road
from vertrouwd.desk.duties.comparison import comparison_page
from vertrouwd.desk.duties.forms import CompareForm, FactForm, RungForm, StepForm, WeighingForm
from vertrouwd.desk.duties.shown import SLUGS
from vertrouwd.dossiers.access import access_dossier
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.refused import Refused
from vertrouwd.duties import reassessing
from vertrouwd.duties.clocks import clocks
from vertrouwd.duties.known import known
from vertrouwd.duties.terms import RUNGS, AssessReason, Step

P = Permission
ANY = ["GET", "HEAD", "POST"]
KEYS = {slug: key for key, slug in SLUGS.items()}


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def duties(request: OpenedRequest, reference: str) -> HttpResponse:
    """What the law asks of a dossier, on which facts, and how far it is. By POST: assess again."""
    found = _through_the_door(request, reference)
    if request.method == "POST":
        reassessing.assess_again(found.pk, reason=AssessReason.ASKED, by=request.user)
        messages.success(request, gettext("De plichten zijn opnieuw beoordeeld."))
        return _back(found)
    page = pages.duties_page(found, by=request.user, opened=request.opened, now=timezone.now())
    return render(request, "desk/duties/duties.html", {"page": page, "dossier": found})


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def fact(request: OpenedRequest, reference: str) -> HttpResponse:
    """Answer one question about the case, or change the answer (`?welk=`)."""
    found = _through_the_door(request, reference)
    key = KEYS.get(request.POST.get("welk", request.GET.get("welk", "")))
    if key is None:
        return _back(found)
    now_known = known(found)
    form = FactForm(request.POST or None, key=key, initial=pages.initial_of(key, now_known))
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"] or 0
            reassessing.change_fact(found, key, form.value, seen=seen, by=request.user)
            messages.success(request, gettext("Dat is vastgelegd. De plichten zijn bijgewerkt."))
            return _back(found)
        except Refused as reason:  # shown beside how it stands now; what was typed stays
            typed = form.cleaned_data
            form = FactForm(None, key=key, initial={**typed, "seen": now_known.last})
            messages.error(request, str(reason))
    context = {
        "dossier": found, "form": form, "field": form[next(iter(form.fields))],
        "slug": SLUGS[key], "now": pages.fact_in_words(now_known.by_key[key]),
    }  # fmt: skip
    return _answer(request, "desk/duties/fact.html", form, context)


@requires(P.HANDLE_CASES, unlocked=True)
@require_http_methods(ANY)
def step(request: OpenedRequest, reference: str) -> HttpResponse:
    """Put down a step of the road (`?welk=`), with its day and for a weighing the grounds."""
    found = _through_the_door(request, reference)
    taken = road.STEPS.get(request.POST.get("welk", request.GET.get("welk", "")))
    if taken is None:
        return _back(found)
    form = _form_of(taken)(request.POST or None)
    if form.is_valid():
        try:
            _take(request, found, taken, form.cleaned_data)
            messages.success(request, gettext("De stap is vastgelegd."))
            return _back(found)
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {
        "dossier": found, "form": form, "slug": road.SLUGS[taken], "words": road.WORDS[taken],
        "hint": road.hint_of(taken, clocks(found)),
    }  # fmt: skip
    return _answer(request, "desk/duties/step.html", form, context)


@requires(P.HANDLE_CASES, unlocked=True)
@require_POST
def take_back(request: OpenedRequest, reference: str) -> HttpResponse:
    """A step was put down by mistake."""
    found = _through_the_door(request, reference)
    wanted = road.STEPS.get(request.POST.get("welk", ""))
    standing = clocks(found).track.get(wanted) if wanted else None
    if standing is None:
        messages.error(request, gettext("Deze stap staat er niet meer."))
        return _back(found)
    try:
        reassessing.take_step_back(standing, of=found, by=request.user)
        messages.success(request, gettext("De stap is teruggenomen."))
    except Refused as reason:
        messages.error(request, str(reason))
    return _back(found)


@requires(P.SEE_FIGURES)
@require_http_methods(ANY)
def compare(request: SignedInRequest) -> HttpResponse:
    """Two rule sets on one sheet of facts, for policy work. By POST; nothing of it is stored."""
    form = CompareForm(request.POST or None)
    page = comparison_page(form) if form.is_valid() else None
    return _answer(request, "desk/duties/compare.html", form, {"form": form, "page": page})


def _through_the_door(request: OpenedRequest, reference: str) -> Dossier:
    """A dossier that holds reports; of an emptied one the page of the dossier tells where they
    went."""
    found = access_dossier(reference, by=request.user)
    if not found.reports.exists():
        refuse(by=request.user, action="look", kind="dossier", object=found.reference)
        raise Http404
    return found


def _form_of(taken: Step) -> type[StepForm]:
    if taken is Step.WEIGHED:
        return WeighingForm
    return RungForm if taken in RUNGS.values() else StepForm


def _take(request: OpenedRequest, found: Dossier, taken: Step, asked: dict[str, Any]) -> None:
    empty = {"view_of_board": asked.get("view_of_board") or None} if "weighing" in asked else {}
    reassessing.take_step(
        found, step=taken, by=request.user, opened=request.opened, **(asked | empty)
    )


def _back(found: Dossier) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"/dossiers/{found.reference}/plichten")


def _answer(request: Any, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=400 if form.errors else 200)
