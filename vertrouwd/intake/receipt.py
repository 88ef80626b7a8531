"""The receipt: the reference and the code, shown once, to be written down and typed over.

The form that checks what was written down carries both sealed, so that a typing error does not
cost anybody the code. After `SHOWN_FOR` it carries nothing any more.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vertrouwd.duties.working_days import working_day_after
from vertrouwd.intake.form_key import form_key
from vertrouwd.intake.kept_records import KEPT_FOR
from vertrouwd.intake.receiving import Receipt
from vertrouwd.intake.surroundings import MAILBOX, around
from vertrouwd.sealing.form_state import open_state, seal_state

FORM = "ontvangst"
SHOWN_FOR = timedelta(minutes=30)  # since it was first shown; long enough to find pen and paper
COME_BACK_AFTER = 5  # working days; a house norm, «te controleren»
KEPT = "bewaard"


def receipt_page(
    request: HttpRequest,
    receipt: Receipt,
    *,
    first_shown: datetime | None = None,
    wrong: bool = False,
) -> HttpResponse:
    """Reference, code, and what to do with them. `wrong`: what was typed over is another code."""
    at = first_shown or timezone.now()
    today = timezone.localdate(at)
    page: dict[str, Any] = around(MAILBOX) | {
        "receipt": receipt,
        "wrong": wrong,
        "come_back_on": come_back_on(today),
        "kept_until": today + KEPT_FOR,
        "working_days": COME_BACK_AFTER,
        "state": _sealed(receipt, at),
    }
    return render(request, "intake/receipt.html", page, status=400 if wrong else 200)


def already_received_page(request: HttpRequest) -> HttpResponse:
    """This form was sent before; nothing of it is shown again."""
    return render(request, "intake/receipt_before.html", around(MAILBOX))


def come_back_on(day: date) -> date:
    """The day from which an answer may be there, for what is sent on `day`."""
    return working_day_after(day, COME_BACK_AFTER)


def shown_before(state: str, *, now: datetime) -> tuple[Receipt, datetime]:
    """The receipt on the page that was sent, and since when. Raises Forged and Expired."""
    values = open_state(
        state,
        key=form_key(),
        form=FORM,
        now=now,
        max_age=SHOWN_FOR,
    )
    receipt = Receipt(values["reference"], values["code"], values["kind"] == KEPT)
    return receipt, datetime.fromisoformat(values["at"])


def _sealed(receipt: Receipt, at: datetime) -> str:
    """Sealed at the moment it was first shown, so that typing it wrongly gives no more time."""
    values = {
        "reference": receipt.reference,
        "code": receipt.code,
        "kind": KEPT if receipt.is_kept else "",
        "at": at.isoformat(),
    }
    return seal_state(values, key=form_key(), form=FORM, now=at)
