"""The mailbox opens with reference and code; whatever is wrong with them has one answer."""

from contextlib import suppress
from datetime import datetime
from hmac import compare_digest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vertrouwd.intake.form_key import form_key
from vertrouwd.intake.mailbox import WrongCode, open_mailbox
from vertrouwd.intake.postvak.acts import inside
from vertrouwd.intake.postvak.carried import Carried, opened, sealed
from vertrouwd.intake.postvak.cookie import Held
from vertrouwd.intake.postvak.visit import Visit, to_the_mailbox
from vertrouwd.intake.receipt import receipt_page, shown_before
from vertrouwd.intake.surroundings import MAILBOX, around
from vertrouwd.sealing.form_state import Expired, Forged, TooLarge
from vertrouwd.sealing.reporter_codes import Mistyped, read_code

WRONG, SHUT, OTHER, TOO_OLD = "wrong", "shut", "other", "too old"


def ask(
    request: HttpRequest, *, now: datetime, why: str = "", carried: Carried | None = None
) -> HttpResponse:
    """The form for reference and code. `carried`: what was written and can still be sent."""
    context: dict[str, Any] = around(MAILBOX) | {"why": why}
    if carried and carried.words:
        with suppress(TooLarge):  # more than any message
            context["state"] = sealed(carried, key=form_key(), now=now)
            context["sends"] = carried.at_once
    return render(request, "intake/postvak/open.html", context, status=400 if why else 200)


def ask_again(request: HttpRequest, *, now: datetime) -> HttpResponse:
    """The same form in the other language."""
    return ask(request, now=now, carried=carried_by(request, now=now))


def open_with_code(request: HttpRequest, *, now: datetime) -> HttpResponse:
    """What was typed opens a mailbox, or not."""
    waiting = carried_by(request, now=now)
    reference, code = request.POST.get("reference", ""), request.POST.get("code", "")
    try:
        mailbox = open_mailbox(reference, code)
    except WrongCode:
        return ask(request, now=now, why=WRONG, carried=waiting)
    if waiting and compare_digest(waiting.reference, mailbox.reference):
        going_on = "schrijf" if waiting.at_once else "toon"
        return inside(Visit(request, mailbox, waiting, now), going_on)
    return to_the_mailbox(Held(mailbox.reference, mailbox.key), now=now)


def confirm(request: HttpRequest, *, now: datetime) -> HttpResponse:
    """The code was typed over from paper: if it is the one, the mailbox opens."""
    try:
        receipt, first_shown = shown_before(request.POST.get("state", ""), now=now)
    except (Forged, Expired):
        return ask(request, now=now, why=TOO_OLD)
    if not _is_code(request.POST.get("code", ""), receipt.code):
        return receipt_page(request, receipt, first_shown=first_shown, wrong=True)
    try:
        mailbox = open_mailbox(receipt.reference, receipt.code)
    except WrongCode:  # it was thrown away meanwhile
        return ask(request, now=now, why=WRONG)
    return to_the_mailbox(Held(mailbox.reference, mailbox.key, "klopt"), now=now)


def receipt_again(request: HttpRequest, *, now: datetime) -> HttpResponse:
    """The receipt in the other language."""
    try:
        receipt, first_shown = shown_before(request.POST.get("state", ""), now=now)
    except (Forged, Expired):
        return ask(request, now=now, why=TOO_OLD)
    return receipt_page(request, receipt, first_shown=first_shown)


def carried_by(request: HttpRequest, *, now: datetime) -> Carried | None:
    """What a page of the mailbox carried; None: it is of no such page, or too old."""
    try:
        return opened(request.POST.get("state", ""), key=form_key(), now=now)
    except (Forged, Expired):
        return None


def _is_code(typed: str, code: str) -> bool:
    try:
        return compare_digest(read_code(typed), code)
    except Mistyped:
        return False
