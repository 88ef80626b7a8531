"""The answers of a whole road as what was told; knows no Django."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vertrouwd.dossiers.casework_terms import Condition, Wish
from vertrouwd.dossiers.terms import (
    AccusedRole,
    AffectedRole,
    Answer,
    Category,
    Place,
    ReporterRole,
)
from vertrouwd.intake.days import read_day
from vertrouwd.intake.questions import (
    ASKERS,
    KEEP,
    MYSELF,
    ONE_DAY,
    PERIOD,
    SEVERAL,
    UNKNOWN,
    YES,
    Answers,
)
from vertrouwd.intake.told import Told
from vertrouwd.schools.terms import Sector, Setting

# The names under which it is sealed, by field: those of the phone intake.
IDENTITY = {
    "naam": "reporter_name",
    "bereik": "reporter_contact",
    "ander_naam": "accused_name",
    "ander_functie": "accused_function",
    "letters": "affected_initials",
}


@dataclass(frozen=True)
class Known:
    """An institution of the register that was chosen."""

    number: int
    sector: Sector
    setting: Setting | None


def told_of(answers: Answers, institution: Known | None) -> Told:
    """What was told; the answers are those of a road that has come to its end."""
    who = ASKERS[answers["rol"]].role
    sector = institution.sector if institution else Sector(answers["sector"])
    keeps = answers["afspraak"] == KEEP
    first, last = _days(answers)
    return Told(
        reporter_role=who,
        sector=sector,
        setting=_setting(answers, institution) if sector is Sector.CHILDCARE else None,
        institution=institution.number if institution else None,
        category=Category(answers["onderwerp"]),
        subcategory=_known(answers.get("nader", "")),
        accused_role=AccusedRole(answers["wie"]),
        accused_age=_age(answers["wie_leeftijd"]),
        affected_role=_affected(answers["om"], who),
        affected_age=_age(answers["om_leeftijd"]),
        happened_from=first,
        happened_until=last,
        place=Place(answers["waar"]),
        social_media=Answer(answers["media"]),
        referred_to_police=Answer(answers["politie"]),
        is_acute=answers["gevaar"] == YES,
        condition=Condition.NONE if keeps else Condition(answers["afspraak"]),
        keeps_to_self=keeps,
        wishes=frozenset(map(Wish, filter(None, answers["wensen"].split(SEVERAL)))),
        texts=dict(_texts(answers)),
        identity={key: answers[name] for name, key in IDENTITY.items() if answers[name]},
    )


def _texts(answers: Answers) -> Iterator[tuple[str, str]]:
    yield "narrative", answers["verhaal"]
    if answers["plek_naam"]:
        yield "institution", answers["plek_naam"]


def _setting(answers: Answers, institution: Known | None) -> Setting:
    if institution and institution.setting:
        return institution.setting
    return Setting(answers.get("soort", Setting.UNKNOWN))


def _known(subcategory: str) -> str:
    return "" if subcategory == UNKNOWN else subcategory


def _age(text: str) -> int | None:
    return int(text) if text else None


def _affected(value: str, who: ReporterRole) -> AffectedRole:
    """Who tells it of himself is what he said he is."""
    if value != MYSELF:
        return AffectedRole(value)
    if who is ReporterRole.LEARNER:
        return AffectedRole.LEARNER
    if who is ReporterRole.UNKNOWN:
        return AffectedRole.UNKNOWN
    at_work = who in (ReporterRole.STAFF, ReporterRole.HEAD, ReporterRole.ADVISER)
    return AffectedRole.ENTRUSTED if at_work else AffectedRole.OTHER


def _days(answers: Answers) -> tuple[date | None, date | None]:
    if answers["wanneer"] == ONE_DAY:
        return read_day(answers["dag"]), None
    if answers["wanneer"] == PERIOD:
        return read_day(answers["van"]), read_day(answers["tot"])
    return None, None
