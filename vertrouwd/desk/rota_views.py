"""The rota: who is duty officer on which day, one day or several in one go."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.desk import dividing
from vertrouwd.desk.colleagues import who_may
from vertrouwd.desk.forms import DutiesForm, DutyForm
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.rota import RotaChanged, as_seen, set_duties

P = Permission
DAYS_AHEAD = 21
FARTHEST = timedelta(days=366)


@requires(P.DIVIDE_WORK)
@require_http_methods(["GET", "HEAD"])
def rota(request: SignedInRequest) -> HttpResponse:
    """Who is duty officer on which day, from today on."""
    days = dividing.rota(timezone.localdate(), days=DAYS_AHEAD)
    return render(request, "desk/rota.html", {"days": days})


@requires(P.DIVIDE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def duty_day(request: SignedInRequest, day: str) -> HttpResponse:
    """Who is duty officer on one day. Who is second sees what a colleague changed."""
    on = _day(day)
    now = {"people": [str(pk) for pk in dividing.on_duty(on)]}
    data = request.POST if request.method == "POST" else None
    form = DutyForm(data, among=who_may(P.HANDLE_CASES), initial=now)
    if form.is_valid() and _is_set([on], form, request, seen=form.cleaned_data["seen"] or None):
        return HttpResponseRedirect("/rooster")
    [there] = dividing.on_days([on])
    context = {"form": form, "day": on, "there": there.people, "seen": as_seen([on])}
    return render(request, "desk/duty_day.html", context, status=400 if form.errors else 200)


@requires(P.DIVIDE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def duty_days(request: SignedInRequest) -> HttpResponse:
    """Who is duty officer on several days: choose, look at what changes, store it."""
    data = request.POST if request.method == "POST" else None
    today = timezone.localdate()
    first = {"first": today, "last": today + timedelta(days=27)}
    form = DutiesForm(data, among=who_may(P.HANDLE_CASES), initial=first)
    days: list[date] = []
    if form.is_valid():
        days = _days(form)
        seen = form.cleaned_data["seen"]
        was_looked_at = bool(seen) and form.cleaned_data["chosen_as"] == form.choice
        if days and was_looked_at and _is_set(days, form, request, seen=seen):
            return HttpResponseRedirect("/rooster")
    context = {"form": form, "days": dividing.on_days(days), "people": form.chosen if days else []}
    if days:
        context |= {"seen": as_seen(days), "choice": form.choice}
    status = 400 if form.errors else 200
    return render(request, "desk/duty_days.html", context, status=status)


def _is_set(
    days: Sequence[date], form: DutyForm, request: SignedInRequest, *, seen: str | None
) -> bool:
    try:
        set_duties(days, people=form.chosen, by=request.user, seen=seen)
    except RotaChanged as reason:
        form.add_error(None, f"{reason} {gettext('Kijk het na en bewaar opnieuw.')}")
        return False
    except Refused as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, gettext("Het rooster is bewaard."))
    return True


def _days(form: DutiesForm) -> list[date]:
    """The chosen days; none, with what is wrong said in the form, when they cannot be planned."""
    try:
        days = form.days
    except Refused as reason:
        form.add_error("last", str(reason))
        return []
    today = timezone.localdate()
    if days[0] < today or days[-1] > today + FARTHEST:
        form.add_error("first", gettext("Kies dagen van vandaag tot over een jaar."))
        return []
    return days


def _day(text: str) -> date:
    """A day of the address that can be planned. Raises Http404."""
    try:
        on = parse_date(text)
    except ValueError:
        on = None
    today = timezone.localdate()
    if on is None or not today <= on <= today + FARTHEST:
        raise Http404
    return on
