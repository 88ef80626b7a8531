"""The pages of who looks after the rules: broken glass, looks, the log, special rights."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vertrouwd.accounts.gates import requires
from vertrouwd.accounts.people.actions import NotPossible
from vertrouwd.accounts.people.rights import decide_on_right, quarter_of, special_rights
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.signed_in import OpenedRequest, SignedInRequest
from vertrouwd.accounts.terms import RightsDecision
from vertrouwd.audit import reading
from vertrouwd.audit.record import LIST, SEARCH, look, refuse
from vertrouwd.desk import looks
from vertrouwd.desk.colleagues import who_may
from vertrouwd.desk.forms import JudgementForm, LogForm, LooksForm, RightsForm
from vertrouwd.desk.log_words import in_words
from vertrouwd.dossiers.access import glass_to_review, one_glass_to_review
from vertrouwd.dossiers.assigning import review_glass
from vertrouwd.dossiers.terms import Judgement

P = Permission


@requires(P.REVIEW_ACCESS)
@require_safe
def glass_reviews(request: SignedInRequest) -> HttpResponse:
    """The broken glass that waits for a second person."""
    waiting = list(glass_to_review(request.user).order_by("opened_at"))
    look(by=request.user, kind="glass", action=LIST, count=len(waiting))
    return render(request, "desk/glass_reviews.html", {"waiting": waiting})


@requires(P.REVIEW_ACCESS, unlocked=True)
@require_http_methods(["GET", "HEAD", "POST"])
def glass_review(request: OpenedRequest, number: int) -> HttpResponse:
    """One broken glass: the reason, what was looked at, and the judgement."""
    form = JudgementForm(request.POST or None)
    if form.is_valid():
        judgement = Judgement(form.cleaned_data["judgement"])
        review_glass(number, judgement=judgement, by=request.user)
        messages.success(request, gettext("Uw oordeel is vastgelegd."))
        return HttpResponseRedirect("/glas/nazien")
    broken = one_glass_to_review(number, by=request.user)
    look(by=request.user, kind="dossier", object=broken.dossier.reference, action="look_at_glass")
    context = looks.glass_page(broken, opened=request.opened) | {"form": form}
    return render(request, "desk/glass_review.html", context)


@requires(P.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def my_looks(request: SignedInRequest) -> HttpResponse:
    """What one has looked at oneself; who reviews access may choose a colleague (by POST)."""
    team = who_may(P.HANDLE_CASES) if request.user.may(P.REVIEW_ACCESS) else [request.user]
    form = LooksForm(request.POST or None, people=team, initial={"person": request.user.pk})
    chosen = form.chosen if form.is_valid() else request.user
    before = form.cleaned_data["before"] if form.is_valid() else None
    page = looks.looks_for(request.user, of=chosen, before=before)
    look(by=request.user, kind="log", action=LIST, object=chosen.username, count=len(page))
    context = {"form": form, "chosen": chosen, "lines": page.lines, "older": page.older}
    return render(request, "desk/looks.html", context | {"may_choose": len(team) > 1})


@requires(P.READ_LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: SignedInRequest) -> HttpResponse:
    """The log, newest first; the filter is sent in the body, because it may name a person."""
    actors = [(each, each) for each in reading.actors()]
    actions = sorted(((each, in_words(each)) for each in reading.actions()), key=lambda one: one[1])
    form = LogForm(request.POST or None, actors=actors, actions=actions)
    asked = _asked(form.cleaned_data) if form.is_valid() else {}
    page = reading.lines(**asked)
    searched = bool(asked.keys() - {"before"})
    look(by=request.user, kind="log", action=SEARCH if searched else LIST, count=len(page))
    context = {"form": form, "page": page, "searched": searched}
    return render(request, "desk/log.html", context, status=400 if form.errors else 200)


@requires(P.REVIEW_RIGHTS)
@require_safe
def rights(request: SignedInRequest) -> HttpResponse:
    """Who has a special right, since when and by whom, and what was decided this quarter."""
    quarter = quarter_of(timezone.localdate())
    held = list(special_rights(quarter))
    left = sum(grant.decision is None for grant in held)  # type: ignore[attr-defined]
    look(by=request.user, kind="right", action=LIST, count=len(held))
    return render(request, "desk/rights.html", {"held": held, "left": left, "quarter": quarter})


@requires(P.REVIEW_RIGHTS)
@require_POST
def decide_right(request: SignedInRequest) -> HttpResponse:
    """Confirm or end one special right."""
    form = RightsForm(request.POST)
    if form.is_valid():
        decision = RightsDecision(form.cleaned_data["decision"])
        try:
            decide_on_right(form.cleaned_data["grant"], decision=decision, by=request.user)
            messages.success(request, gettext("De beslissing is vastgelegd."))
        except NotPossible as reason:
            right = str(form.cleaned_data["grant"])
            refuse(by=request.user, action="review_right", kind="right", object=right)
            messages.error(request, str(reason))
    return HttpResponseRedirect("/rechten")


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    """What `reading.lines` is asked: what was filled in; days become moments."""
    asked = {name: value for name, value in given.items() if value}
    if "about" in asked:
        asked["object"] = asked.pop("about")
    if "since" in asked:
        asked["since"] = _start(asked["since"])
    if "until" in asked:
        asked["until"] = _start(asked["until"] + timedelta(days=1))
    return asked


def _start(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
