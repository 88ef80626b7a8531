"""The report form: one address, one thing a page; nothing is kept before it is sent."""

from dataclasses import replace

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from vertrouwd.accounts.gates import public
from vertrouwd.advice.wording import CHILD, USUAL
from vertrouwd.attachments.not_taken import BrokeOff, FileTooLarge, NotTaken, TooManyFiles
from vertrouwd.attachments.uploading import files_of, takes_files
from vertrouwd.intake.carried import GOOD_FOR, Carried, opened, opened_last
from vertrouwd.intake.checking import Page, read
from vertrouwd.intake.form.answers import answer, fresh, without_answers
from vertrouwd.intake.form.sending import send
from vertrouwd.intake.form_key import form_key
from vertrouwd.intake.institutions import known
from vertrouwd.intake.questions import FIELDS, INSTITUTION, SEEN, Step
from vertrouwd.intake.receipt import already_received_page
from vertrouwd.intake.receiving import LAST_PAGE_GOOD_FOR, was_sent
from vertrouwd.sealing.form_state import Expired, Forged

FILES_WRONG = {TooManyFiles: "files_many", FileTooLarge: "files_large", BrokeOff: "files_broken"}


@public
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@gzip_page
@takes_files
def report_form(request: HttpRequest) -> HttpResponse:
    """Tell what happened: one thing a page, then all answers once more, then it is sent."""
    if request.method != "POST":
        return answer(request, fresh())
    try:
        carried = _carried(request)
    except RequestDataTooBig:
        return without_answers(request, "too_large", status=413)
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return without_answers(request, "broken", status=400)
    except Forged:
        return answer(request, fresh(), problem="unreadable")
    except Expired:
        return _too_late(request)
    if carried.shown is None:
        return _last_page(request, carried)
    return _page(request, carried, carried.shown)


def _carried(request: HttpRequest) -> Carried:
    """What our own page sent. Raises Forged for any other form, and Expired."""
    if len(request.POST.getlist("state")) != 1 or len(request.POST.getlist("ga")) > 1:
        raise Forged
    state, now, today = request.POST["state"], timezone.now(), timezone.localdate()
    try:
        carried = opened(state, key=form_key(), now=now, today=today)
    except Forged:
        carried = opened_last(
            state, key=form_key(), now=now, today=today, max_age=LAST_PAGE_GOOD_FOR
        )
    return carried.where_it_can_be()


def _too_late(request: HttpRequest) -> HttpResponse:
    """A last page too old to be sent shows its answers once more, with another token, within the
    day that every page is good for; so long it is known whether it was sent after all."""
    state, now, today = request.POST["state"], timezone.now(), timezone.localdate()
    try:
        carried = opened_last(state, key=form_key(), now=now, today=today, max_age=GOOD_FOR)
    except (Forged, Expired):
        return answer(request, fresh(), problem="expired")
    if was_sent(carried.token):
        return already_received_page(request)
    return answer(request, replace(carried, token=b"").where_it_can_be(), problem="stood_open")


def _button(request: HttpRequest) -> tuple[str, str]:
    """What the button asks, and of what."""
    verb, _, what = request.POST.get("ga", "").partition(":")
    return verb, what


def _page(request: HttpRequest, carried: Carried, step: Step) -> HttpResponse:
    """Do what the button of a page asks; any other button is «Verder»."""
    verb, what = _button(request)
    names = {field.name for field in FIELDS[step]}
    if request.FILES or not request.POST.keys() <= names | {"state", "ga"}:
        return answer(request, carried, problem="unknown_field")
    typed = read(step, dict(request.POST.lists()), carried.answers, today=carried.today)
    if verb == "terug" and typed.mistakes.get("verhaal") != "too_long":
        return answer(request, carried.with_values(_begun(typed)).back())
    if verb == "taal" or (verb == "woorden" and what in (CHILD, USUAL)):
        shown = replace(typed, mistakes={})
        return answer(request, _speaking(carried, what), typed=shown)
    if step is Step.INSTITUTION:
        if verb == "zoek" or _means_to_search(carried, typed):
            return _search(request, carried, typed)
        typed = _with_institution(typed)
    if typed.mistakes:
        return answer(request, carried, typed=typed)
    return answer(request, carried.answered(typed.values))


def _last_page(request: HttpRequest, carried: Carried) -> HttpResponse:
    """Do what the button of the last page asks. Its files are kept only when it is sent."""
    verb, what = _button(request)
    if not request.POST.keys() <= {"state", "ga", "bestand"}:
        return answer(request, carried, problem="unknown_field")
    if verb == "verstuur":
        try:
            return send(request, carried, files_of(request))
        except NotTaken as refusal:
            return answer(request, carried, problem=FILES_WRONG.get(type(refusal), "files_room"))
    if verb == "terug":
        return answer(request, carried.back())
    if verb == "wijzig":
        return answer(request, carried.changing(what))
    return answer(request, _speaking(carried, what))


def _speaking(carried: Carried, what: str) -> Carried:
    """In words for a child, or in usual words, when that was asked."""
    return replace(carried, words=what) if what in (CHILD, USUAL) else carried


def _begun(typed: Page) -> dict[str, str]:
    """What was filled in on a page that was left: what is open is asked again."""
    return {name: value for name, value in typed.good.items() if value not in ("", SEEN)}


def _means_to_search(carried: Carried, typed: Page) -> bool:
    """Whether somebody typed a name, chose nothing yet, and pressed Enter or «Verder»."""
    text = typed.values["zoek"]
    return bool(text) and not typed.values["plek"] and text != carried.answers.get("zoek")


def _search(request: HttpRequest, carried: Carried, typed: Page) -> HttpResponse:
    mistakes = {name: wrong for name, wrong in typed.mistakes.items() if name != "plek"}
    if not typed.values["zoek"]:
        mistakes.setdefault("zoek", "search_first")
    if mistakes:
        return answer(request, carried, typed=replace(typed, mistakes=mistakes))
    searched = carried.with_values({"zoek": typed.values["zoek"]})
    return answer(request, searched, typed=replace(typed, mistakes={}))


def _with_institution(typed: Page) -> Page:
    """An institution that is not there cannot be chosen."""
    chosen = typed.values["plek"]
    if not chosen.startswith(INSTITUTION) or known(chosen) is not None:
        return typed
    return replace(typed, mistakes={**typed.mistakes, "plek": "gone"})
