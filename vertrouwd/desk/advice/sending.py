"""Which form of the page does which act, and what a form begins with."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from vertrouwd.accounts.models import User
from vertrouwd.advice.actions import advise, ask_reporter, record_choice, record_result, refer
from vertrouwd.advice.assisting import confirm_consultation, record_assist_step
from vertrouwd.advice.entries import KINDS, take_back
from vertrouwd.advice.models import Entry
from vertrouwd.desk.advice.forms import (
    AdviceForm,
    AskForm,
    AssistForm,
    ChoiceForm,
    ConfirmForm,
    EntryForm,
    ReferralForm,
    ResultForm,
    TakeBackForm,
)
from vertrouwd.desk.advice.pages import Advised
from vertrouwd.sealing.opening import Opened

KIND_OF = {
    "advise": "advice", "choose": "choice", "refer": "referral", "result": "result",
    "assist": "step", "confirm": "confirmation",
}  # fmt: skip
BETWEEN_STAFF = ("advise", "choose")  # the only forms there are in a case between staff
Forms = dict[str, EntryForm]


def forms_for(
    advised: Advised, *, correcting: tuple[str, Entry] | None = None, act: str = "",
    data: QueryDict | None = None,
) -> Forms:  # fmt: skip
    """The forms that this page offers; the one of `act` with what was sent."""
    made: dict[str, Callable[..., EntryForm]] = {
        "advise": lambda *a, **k: AdviceForm(*a, offers=advised.offers, named=advised.bodies, **k),
        "choose": lambda *a, **k: ChoiceForm(*a, offers=advised.offers, **k),
        "ask": AskForm,
        "refer": ReferralForm,
        "result": lambda *a, **k: ResultForm(*a, referrals=_referrals(advised), **k),
        "assist": AssistForm,
        "confirm": ConfirmForm,
    }
    offered = [name for name in made if _is_offered(name, advised)]
    return {
        name: made[name](data if name == act else None, initial=_initial(name, advised, correcting))
        for name in offered
    }


def rows_of(advised: Advised) -> dict[str, list[Any]]:
    """The rows that stand, by kind."""
    done = advised.done
    return {
        "advice": done.advice, "choice": done.choices, "referral": done.referrals,
        "result": done.results, "step": done.steps, "confirmation": done.confirmations,
    }  # fmt: skip


def row_named(advised: Advised, name: str) -> tuple[str, Entry] | None:
    """The row that `advice-12` names, when it stands in this dossier."""
    kind, _, number = name.partition("-")
    if kind not in KINDS or not number.isdecimal():
        return None
    return next(
        ((kind, row) for row in rows_of(advised)[kind] if str(row.pk) == number), None
    )  # fmt: skip


def send(act: str, form: EntryForm, advised: Advised, *, by: User, opened: Opened) -> object:
    """Do what a valid form asks. Raises Refused."""
    report, facts = advised.report, form.facts
    if act == "ask":
        return ask_reporter(report, by=by, **facts)
    number = form.cleaned_data["corrects"]
    found = row_named(advised, f"{KIND_OF[act]}-{number}") if number else None
    facts["corrects"] = found[1] if found else _gone(KIND_OF[act], number)
    acts: dict[str, Callable[..., object]] = {
        "advise": lambda **k: advise(report, by=by, opened=opened, **k),
        "choose": lambda **k: record_choice(report, by=by, **k),
        "refer": lambda **k: refer(report, by=by, **k),
        "result": lambda **k: record_result(report, by=by, **k),
        "assist": lambda **k: record_assist_step(
            report, by=by, opened=opened, demand=advised.demand, **k
        ),
        "confirm": lambda **k: confirm_consultation(
            report, by=by, duty=advised.duty[0], article=advised.duty[1], **k
        ),
    }  # fmt: skip
    return acts[act](**facts)


def take_back_row(form: TakeBackForm, advised: Advised, *, by: User) -> object:
    """What a page showed was a mistake; None when it stands no more. Raises Refused."""
    asked = form.cleaned_data
    found = row_named(advised, f"{asked['what']}-{asked['row']}")
    return take_back(found[1], by=by) if found else None


def _is_offered(name: str, advised: Advised) -> bool:
    if advised.is_between_staff:
        return name in BETWEEN_STAFF
    return name != "confirm" or advised.consulted is not None


def _referrals(advised: Advised) -> list[Any]:
    return [row for row in advised.done.referrals if row.report_id == advised.report.pk]


def _initial(name: str, advised: Advised, correcting: tuple[str, Entry] | None) -> dict[str, Any]:
    kind = KIND_OF.get(name, "")
    last = max((row.pk for row in rows_of(advised).get(kind, [])), default=0)
    initial: dict[str, Any] = {"report": advised.report.reference, "after": last}
    if name == "confirm":
        initial["on"] = advised.consulted
    if correcting and correcting[0] == kind:
        row: Any = correcting[1]
        for field in ("options", "body", "way", "came_of", "police", "feedback_on", "step", "on"):
            if hasattr(row, field):
                initial[field] = getattr(row, field)
        initial |= {
            "corrects": row.pk,
            "bodies_named": getattr(row, "bodies", None),
            "referral": str(getattr(row, "referral_id", "") or ""),
            "words": advised.words.get((row.report_id, getattr(row, "field", "")), ""),
        }
    return initial


def _gone(kind: str, number: int | None) -> Entry | None:
    """The row that was to be corrected although it stands no more: the act refuses it."""
    rows: Any = KINDS[kind]._default_manager
    return rows.filter(pk=number).select_related("report").first() if number else None
