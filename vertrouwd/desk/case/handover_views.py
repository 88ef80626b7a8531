"""The dossiers of who leaves go to colleagues: choose, see what changes, do it, take it back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.audit.record import LIST, look
from vertrouwd.desk import dividing
from vertrouwd.desk.case.forms import EventForm, HandoverForm
from vertrouwd.desk.colleagues import who_may
from vertrouwd.dossiers.access import dossiers_to_divide
from vertrouwd.dossiers.handover import (
    Plan,
    hand_over,
    handover_of,
    last_handovers,
    plan_handover,
    undo_handover,
)
from vertrouwd.dossiers.refused import Refused

P = Permission
HERE = "/verdelen/overdracht"


@requires(P.DIVIDE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: SignedInRequest) -> HttpResponse:
    """Whose dossiers go to whom. By POST: the plan; with the plan that was looked at: do it."""
    leavers = dividing.who_handles(dossiers_to_divide(request.user))
    form = HandoverForm(request.POST or None, leavers=leavers, people=who_may(P.HANDLE_CASES))
    plan: Plan | None = None
    if form.is_valid():
        leaver, to = form.chosen
        try:
            plan = plan_handover(leaver, to=to, by=request.user)
            if seen := form.cleaned_data["seen"]:
                hand_over(leaver, to=to, by=request.user, seen=seen)
                messages.success(request, gettext("De dossiers zijn overgedragen."))
                return HttpResponseRedirect(HERE)
        except Refused as reason:
            form.add_error(None, str(reason))
    if plan:
        count = len(plan.moves)
        look(by=request.user, kind="dossier", action=LIST, count=count, detail={"content": False})
    context = {"form": form, "plan": plan, "done": last_handovers(request.user)}
    status = 400 if form.errors else 200
    return render(request, "desk/case/handover.html", context, status=status)


@requires(P.DIVIDE_WORK)
@require_POST
def undo(request: SignedInRequest) -> HttpResponse:
    """A handover that this person did is taken back."""
    form = EventForm(request.POST)
    found = handover_of(form.cleaned_data["event"], by=request.user) if form.is_valid() else None
    if found is not None:
        try:
            undo_handover(found, by=request.user)
            messages.success(request, gettext("Dat is ongedaan gemaakt."))
        except Refused as reason:
            messages.error(request, str(reason))
    return HttpResponseRedirect(HERE)
