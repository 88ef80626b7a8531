"""The page of work that could not be done: what an administrator decides about it.

It says of what kind a job is, when and where in the program it failed, and never about whom.
"""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import SignedInRequest
from vertrouwd.audit.record import LIST, look
from vertrouwd.desk.fields import LARGEST
from vertrouwd.jobs.actions import NotPossible, retry_job, set_aside_job
from vertrouwd.jobs.reading import dead_letters, set_aside_jobs

FAILED_JOBS = "/taken/mislukt"
DECISIONS = {"opnieuw": retry_job, "terzijde": set_aside_job}


class DecisionForm(forms.Form):
    """Try a job again, or set it aside."""

    number = forms.IntegerField(min_value=1, max_value=LARGEST)
    decision = forms.ChoiceField(choices=[(each, each) for each in DECISIONS])


@requires(Permission.KEEP_SETTINGS)
@require_safe
def failed_jobs(request: SignedInRequest) -> HttpResponse:
    """Work that failed as often as it was tried, and what was set aside."""
    dead, aside = dead_letters(), set_aside_jobs()
    look(by=request.user, kind="job", action=LIST, count=len(dead) + len(aside))
    return render(request, "desk/failed_jobs.html", {"dead": dead, "aside": aside})


@requires(Permission.KEEP_SETTINGS)
@require_POST
def decide_on_job(request: SignedInRequest) -> HttpResponse:
    """Let one job be tried again, or set it aside."""
    form = DecisionForm(request.POST)
    if form.is_valid():
        decision = form.cleaned_data["decision"]
        try:
            DECISIONS[decision](form.cleaned_data["number"], by=request.user)
            messages.success(request, _done(decision))
        except NotPossible as reason:
            messages.error(request, str(reason))
    return HttpResponseRedirect(FAILED_JOBS)


def _done(decision: str) -> str:
    if decision == "opnieuw":
        return gettext("De taak wordt opnieuw geprobeerd.")
    return gettext("De taak is terzijde gelegd.")
