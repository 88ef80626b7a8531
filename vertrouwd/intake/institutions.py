"""Which school or childcare is meant: searched in the register, by a name that may be mistyped."""

from dataclasses import dataclass

from vertrouwd.intake.questions import INSTITUTION, is_number
from vertrouwd.intake.telling import Known
from vertrouwd.schools.models import Institution
from vertrouwd.schools.terms import Sector, Setting

MOST = 8  # shown for one question
LONGEST_SEARCH = 200  # characters


@dataclass(frozen=True)
class Found:
    """One institution to choose: `value` is what the form sends back."""

    value: str
    name: str
    town: str


def found_for(text: str, *, chosen: str) -> list[Found]:
    """Those that the text may mean; the one that was chosen stays in the list, on top."""
    from vertrouwd.schools.meant import meant_by  # what compares names weighs much

    text = text[:LONGEST_SEARCH]
    found = {each.pk: each for each in meant_by(text, limit=MOST)} if text else {}
    if (kept := _institution(chosen)) is not None:
        found = {kept.pk: kept} | found
    return [Found(f"{INSTITUTION}{pk}", each.name, each.town) for pk, each in found.items()]


def known(value: str) -> Known | None:
    """The institution that was chosen, None for what names none."""
    if (found := _institution(value)) is None:
        return None
    setting = Setting(found.setting) if found.setting else None
    return Known(found.pk, Sector(found.sector), setting)


def name_of(value: str) -> str:
    """How the institution that was chosen is called; empty for what names none."""
    found = _institution(value)
    return ", ".join(filter(None, [found.name, found.town])) if found else ""


def _institution(value: str) -> Institution | None:
    number = value.removeprefix(INSTITUTION)
    if not value.startswith(INSTITUTION) or not is_number(number):
        return None
    return Institution.objects.filter(pk=number).first()
