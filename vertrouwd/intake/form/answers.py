"""The pages that the form answers with; each carries what was told so far, sealed."""

import secrets
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from vertrouwd.intake.carried import Carried, sealed
from vertrouwd.intake.checking import Page
from vertrouwd.intake.form.pages import frame, page_of, template_of
from vertrouwd.intake.form_key import form_key
from vertrouwd.intake.questions import Step
from vertrouwd.sealing.form_state import TooLarge

TOKEN_BYTES = 32
TRY_AGAIN_AFTER = 120  # seconds


def fresh() -> Carried:
    """A form of which nothing is filled in."""
    return Carried(today=timezone.localdate())


def answer(
    request: HttpRequest, carried: Carried, *, typed: Page | None = None, problem: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page of what is carried. `typed` was filled in on it; `problem` is the phrase that says
    what is wrong besides its fields."""
    carried = _with_token(carried)
    page = page_of(carried, language=_language(), typed=typed)
    if problem:
        page["problem"] = page["say"][problem]
    if problem or (typed and typed.mistakes):
        status = max(status, 400)
    return _sealed_page(request, carried, template_of(carried), page, status)


def again(request: HttpRequest, carried: Carried, step: Step, wrong: Page) -> HttpResponse:
    """Back on a page of which the answer cannot stay."""
    return answer(request, replace(carried.changing(step), shown=step), typed=wrong)


def not_received(request: HttpRequest, carried: Carried) -> HttpResponse:
    """Nothing was stored: says so, and keeps the answers on the page."""
    page = frame(carried, language=_language())
    response = _sealed_page(request, carried, "intake/form/not_received.html", page, 503)
    response["Retry-After"] = str(TRY_AGAIN_AFTER)
    return response


def other_content(request: HttpRequest, carried: Carried) -> HttpResponse:
    """This form was sent before and said something else: neither is shown."""
    return without_answers(request, "other_content", status=409, words=carried.words)


def without_answers(
    request: HttpRequest, name: str, *, status: int, words: str = ""
) -> HttpResponse:  # fmt: skip
    """A page that says something and shows nothing of what was told; one can begin anew."""
    carried = replace(fresh(), words=words)
    page = frame(carried, language=_language())
    return _sealed_page(request, carried, f"intake/form/{name}.html", page, status)


def _sealed_page(
    request: HttpRequest, carried: Carried, template: str, page: dict[str, Any], status: int
) -> HttpResponse:
    try:
        page["state"] = sealed(carried, key=form_key(), now=timezone.now())
    except TooLarge:
        return without_answers(request, "too_large", status=413, words=carried.words)
    return render(request, template, page, status=status)


def _with_token(carried: Carried) -> Carried:
    """The last page gets a token each time it is reached, which stays while one is on it."""
    if carried.shown is None and not carried.token:
        return replace(carried, token=secrets.token_bytes(TOKEN_BYTES))
    return carried


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
