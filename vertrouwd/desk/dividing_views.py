"""The pages of who divides the work: who handles what, conflicts of interest."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.audit.record import LIST, look, refuse
from vertrouwd.desk import dividing, institutions
from vertrouwd.desk.colleagues import shown, who_may
from vertrouwd.desk.forms import HandlerForm, SupervisionForm
from vertrouwd.desk.worklist.lists import without_handler
from vertrouwd.dossiers.access import dossiers_to_divide
from vertrouwd.dossiers.assigning import assign, end_assignment
from vertrouwd.dossiers.refused import Refused
from vertrouwd.schools import supervision

P = Permission
ON_A_PAGE = 25


@requires(P.DIVIDE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def divide(request: SignedInRequest) -> HttpResponse:
    """Which dossiers there are and who handles them, without their content. By POST: assign one."""
    form = HandlerForm(request.POST or None, people=who_may(P.HANDLE_CASES))
    if request.method == "POST":
        return _done(
            request, form, assign, "to", gettext("%(dossier)s is toegewezen aan %(person)s.")
        )
    every = request.GET.get("alle") == "1"
    found = (dossiers_to_divide if every else without_handler)(request.user)
    page = Paginator(dividing.for_a_list(found), ON_A_PAGE).get_page(request.GET.get("pagina"))
    look(by=request.user, kind="dossier", action=LIST, count=len(page), detail={"content": False})
    rows = dividing.with_handlers(page)
    context = {"page": page, "rows": rows, "every": every, "form": form, "where": _where(request)}
    return render(request, "desk/divide.html", context)


@requires(P.DIVIDE_WORK)
@require_POST
def end_handling(request: SignedInRequest) -> HttpResponse:
    """Somebody no longer handles a dossier."""
    people = dividing.who_handles(dossiers_to_divide(request.user))
    form = HandlerForm(request.POST, people=people)
    return _done(
        request, form, end_assignment, "of", gettext("%(person)s behandelt %(dossier)s niet meer.")
    )


@requires(P.DIVIDE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: SignedInRequest) -> HttpResponse:
    """Who supervises which institution. By POST: search an institution, then record it."""
    form = SupervisionForm(request.POST or None, people=who_may(P.HANDLE_CASES))
    choices: list[institutions.Choice] = []
    if form.is_valid():
        asked = form.cleaned_data
        what = institutions.chosen(asked["choice"])
        if what and _recorded(request, form, what):
            return HttpResponseRedirect("/belangen")
        choices = institutions.choices_for(asked["text"])
        if not choices:
            form.add_error("text", gettext("Wij vinden geen instelling. Probeer een ander woord."))
    context = {"form": form, "choices": choices, "held": dividing.interests(timezone.localdate())}
    return render(request, "desk/interests.html", context, status=400 if form.errors else 200)


@requires(P.DIVIDE_WORK)
@require_POST
def end_interest(request: SignedInRequest, number: int) -> HttpResponse:
    """A conflict of interest ends today."""
    try:
        supervision.end_supervision(number, until=timezone.localdate(), by=request.user)
        messages.success(request, gettext("Het belang is beëindigd."))
    except supervision.Refused as reason:
        refuse(by=request.user, action="end_supervision", kind="supervision")
        messages.error(request, str(reason))
    return HttpResponseRedirect("/belangen")


def _recorded(request: SignedInRequest, form: SupervisionForm, what: dict[str, Any]) -> bool:
    since = form.cleaned_data["since"]
    try:
        supervision.record_supervision(form.chosen, **what, since=since, by=request.user)
    except supervision.Refused as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, gettext("Het belang is vastgelegd."))
    return True


def _done(
    request: SignedInRequest, form: HandlerForm, act: Callable[..., object], whom: str, said: str
) -> HttpResponse:
    """Do the act with the chosen colleague, say so, and go back to the same page of the list."""
    back = HttpResponseRedirect(f"/verdelen{_where(request)}")
    if not form.is_valid():
        messages.error(request, gettext("Kies een collega."))
        return back
    reference = form.cleaned_data["reference"]
    try:
        act(reference, **{whom: form.chosen}, by=request.user)
        messages.success(request, said % {"dossier": reference, "person": shown(form.chosen)})
    except Refused as reason:
        refuse(by=request.user, action="divide", kind="dossier", object=reference)
        messages.error(request, str(reason))
    return back


def _where(request: SignedInRequest) -> str:
    """All dossiers or those without a handler, and the page of them, as a query."""
    asked = {name: request.GET.get(name, "") for name in ("alle", "pagina")}
    known = {name: value for name, value in asked.items() if re.fullmatch("[0-9]{1,6}", value)}
    return f"?{urlencode(known)}" if known else ""
