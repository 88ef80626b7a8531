"""The signpost: one address, one question a page; nothing is kept, nothing is logged of it."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from vertrouwd.accounts.gates import public
from vertrouwd.advice.wording import CHILD, USUAL
from vertrouwd.sealing.form_state import Expired, Forged
from vertrouwd.signpost.carried import Carried, opened, sealed
from vertrouwd.signpost.pages import page_of

FIELDS = {"state", "antwoord", "ga"}


def _key() -> bytes:
    """The form key, which the public process alone has."""
    key: bytes = settings.FORM_KEY  # type: ignore[misc]
    return key


@public
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@gzip_page
def signpost(request: HttpRequest) -> HttpResponse:
    """Where can I get help: questions one at a time, then at most three next steps."""
    if request.method != "POST":
        return _answer(request, Carried())
    try:
        carried = _carried(request.POST)
    except (Forged, Expired):
        return _answer(request, Carried(), wrong="unreadable")
    return _turn(request, carried)


def _turn(request: HttpRequest, carried: Carried) -> HttpResponse:
    """Do what the button asks."""
    verb, _, what = request.POST.get("ga", "").partition(":")
    chosen = request.POST.get("antwoord")
    if verb == "terug":
        return _answer(request, carried.back())
    if verb == "wijzig":
        return _answer(request, carried.changing(what))
    if verb == "opnieuw":
        return _answer(request, Carried(words=carried.words))
    if verb == "taal":
        return _answer(request, carried, chosen=chosen)
    if verb == "woorden" and what in (CHILD, USUAL):
        return _answer(request, replace(carried, words=what), chosen=chosen)
    question = carried.question
    if question is None:
        return _answer(request, carried)
    if question.option(chosen, carried.so_far.told) is None:
        return _answer(request, carried, wrong="choose")
    return _answer(request, carried.answered(chosen or ""))


def _carried(form: QueryDict) -> Carried:
    """What our own page sent. Raises Forged for any other form, and Expired."""
    if not form.keys() <= FIELDS or any(len(values) != 1 for _, values in form.lists()):
        raise Forged
    return opened(form.get("state", ""), key=_key(), now=timezone.now())


def _answer(
    request: HttpRequest, carried: Carried, *, wrong: str = "", chosen: str | None = None
) -> HttpResponse:
    """The page of what is carried; `chosen` was ticked, but not sent yet."""
    now = timezone.now()
    shown = carried
    if chosen and carried.shown:
        shown = replace(carried, answers={**carried.answers, carried.shown.value: chosen})
    language = get_language() or settings.LANGUAGE_CODE
    page = page_of(shown, language=language, today=timezone.localdate(now), wrong=wrong)
    page["state"] = sealed(carried, key=_key(), now=now)
    template = "signpost/question.html" if carried.question else "signpost/result.html"
    return render(request, template, page, status=400 if wrong else 200)
