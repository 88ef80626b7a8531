"""From the form that was handed in to a report, its dossier and the duties on what is known."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from vertrouwd.accounts.models import User
from vertrouwd.desk.intake.forms import CONSENTS, CallForm
from vertrouwd.desk.intake.known import counted_role, facts_of
from vertrouwd.desk.intake.schools import WITHHELD
from vertrouwd.desk.intake.sheet import Sheet
from vertrouwd.dossiers.calls import Call, Noted, note_call
from vertrouwd.dossiers.casework_terms import PARTICULARS, Condition, FoundUs, Wish
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.opinions import belongs_to
from vertrouwd.dossiers.terms import Answer, Channel
from vertrouwd.duties.actions import assess_dossier
from vertrouwd.schools.terms import Sector, Setting
from vertrouwd.sealing.opening import Opened


@transaction.atomic
def store(form: CallForm, sheet: Sheet, *, by: User, opened: Opened | None) -> Noted:
    """Note the call and assess the duties of its dossier. Raises Refused."""
    noted = note_call(call_of(form, sheet), token=sheet.token, by=by, opened=opened)
    if noted.is_new:
        belongs_to(noted.dossier, form=sheet.record, by=by, opened=opened)
        assess_dossier(noted.dossier, facts=facts_of(form.typed, form.found), by=by)
    return noted


def call_of(form: CallForm, sheet: Sheet) -> Call:
    """What the form says, once it is valid."""
    given = form.cleaned_data
    consents = {use: Answer(given[name]) for name, use in CONSENTS.items()}
    return Call(
        report=_report(form),
        began_at=sheet.began_at,
        is_anonymous=given["anonymous"] == Answer.YES,
        is_acute=given["is_acute"],
        found_us=FoundUs(given["found_us"]),
        condition=Condition(given["condition"]),
        call_back=form.call_back,
        wishes=frozenset(map(Wish, given["wishes"])),
        consents={use: said for use, said in consents.items() if said != Answer.UNKNOWN},
        told={"narrative": given["narrative"]},
        identity={name: given[name] for name in PARTICULARS if given[name]},
        question=given["question"],
        colleague=form.colleagues.get(given["colleague"]),
        wants_code=given["wants_code"],
    )


def _report(form: CallForm) -> Report:
    given, institution = form.cleaned_data, form.found
    return Report(
        received_on=timezone.localdate(),
        channel=Channel.PHONE,
        reporter_role=given["reporter_role"],
        institution=institution,
        institution_as_given="" if institution else _name_given(given),
        **_sector(form),
        category=given["category"],
        subcategory=given["subcategory"].partition(": ")[2],
        accused_role=counted_role(given["accused_party"]),
        accused_age=given["accused_age"],
        affected_role=given["affected_role"],
        affected_age=given["affected_age"],
        happened_from=given["happened_from"],
        happened_until=given["happened_until"],
        place=given["place"],
        social_media=given["social_media"],
        referred_to_police=given["police"],
    )


def _name_given(given: dict[str, Any]) -> str:
    return "" if given["institution"] == WITHHELD else str(given["given_name"])


def _sector(form: CallForm) -> dict[str, str]:
    """Of the institution; without one as the caller says, withheld when the caller does not."""
    given = form.cleaned_data
    sector = form.found.sector if form.found else given["sector"] or Sector.WITHHELD
    setting = form.found.setting if form.found and form.found.setting else given["setting"]
    if sector != Sector.CHILDCARE:
        return {"sector": sector, "setting": ""}
    return {"sector": sector, "setting": setting or Setting.UNKNOWN}
