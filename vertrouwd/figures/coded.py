"""A dossier as a row of coded answers: what a snapshot holds, and nothing more. No Django here.

Rules of docs/decisions (which date puts a dossier in a school year; what a snapshot holds): the
category, subcategory, sector and setting are those of the dossier; roles, places, ages, social
media and referral are the union over its reports (rule C13). `onbekend` is a code everywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from vertrouwd.dossiers.codes import subcategories
from vertrouwd.dossiers.terms import AccusedRole, AffectedRole, AgeBand, Answer
from vertrouwd.figures.dimensions import UNKNOWN
from vertrouwd.schools.terms import Sector

COUNTING_RULES = "2026-11"  # changes when a rule here, and so a count, can change


@dataclass(frozen=True)
class Coding:
    """The one coding of a dossier, or a report's own."""

    sector: str
    setting: str
    category: str
    subcategory: str


@dataclass(frozen=True)
class Told:
    """What one report says, in codes; ages in whole years at the time of the alleged act."""

    received_on: date
    channel: str
    reporter_role: str
    accused_role: str
    accused_age: int | None
    affected_role: str
    affected_age: int | None
    place: str
    social_media: str
    referred_to_police: str
    coding: Coding


@dataclass(frozen=True, order=True)
class CodedRow:
    """One row of dossiers.parquet, or the coded part of one of reports.parquet.

    `month` as 2022-09, of the first report; lists are sorted and hold no code twice. `sector` and
    `setting` are of the dossier, `setting` is empty outside childcare.
    """

    month: str
    sector: str
    category: str
    subcategory: str
    accused_roles: tuple[str, ...]
    affected_roles: tuple[str, ...]
    youngest_involved: str
    affected_age_band: str
    places: tuple[str, ...]
    social_media: str
    referred_to_police: str
    setting: str
    sector_withheld: str


def code_dossier(coding: Coding, reports: Sequence[Told]) -> CodedRow:
    """The row of a dossier with these reports (at least one), in any order."""
    return CodedRow(
        month=f"{min(told.received_on for told in reports):%Y-%m}",
        sector=coding.sector,
        category=coding.category,
        subcategory=_subcategory(coding),
        accused_roles=_known(told.accused_role for told in reports),
        affected_roles=_known(told.affected_role for told in reports),
        youngest_involved=_youngest(age for told in reports for age in _ages_of_learners(told)),
        affected_age_band=_youngest(told.affected_age for told in reports),
        places=_known(told.place for told in reports),
        social_media=_answer(told.social_media for told in reports),
        referred_to_police=_answer(told.referred_to_police for told in reports),
        setting=_setting(coding),
        sector_withheld=_yes_or_no(coding.sector == Sector.WITHHELD),
    )


def code_report(told: Told) -> CodedRow:
    """The row of one report, by its own coding."""
    return code_dossier(told.coding, [told])


def number_institutions(
    rows: Iterable[tuple[CodedRow, tuple[object, ...], int | None]],
) -> list[tuple[object, ...]]:
    """Rows in their lasting order, with institutions numbered 1, 2, ... for this snapshot only.

    `rows` holds (coded row, its further columns, key of the institution or None). Order and numbers
    follow from the coded content alone: the same content gives the same rows, whatever the order
    or the keys in the database, and neither can be read back. Institutions whose rows are alike
    are interchangeable. Result: (*coded columns, *further columns, number or None) per row.
    """
    keyed = [((*astuple(coded), *further), institution) for coded, further, institution in rows]
    content: dict[int, list[tuple[object, ...]]] = {}
    for key, institution in keyed:
        if institution is not None:
            content.setdefault(institution, []).append(key)
    in_order = sorted(content, key=lambda institution: sorted(content[institution]))
    number = {institution: place for place, institution in enumerate(in_order, start=1)}
    result = [
        (*key, None if institution is None else number[institution]) for key, institution in keyed
    ]
    return sorted(result, key=lambda row: (row[:-1], row[-1] or 0))


def _subcategory(coding: Coding) -> str:
    """A category that is not subdivided has none; elsewhere an empty one is unknown."""
    if coding.subcategory or not subcategories(coding.category):
        return coding.subcategory
    return UNKNOWN


def _setting(coding: Coding) -> str:
    if coding.sector != Sector.CHILDCARE:
        return ""
    return coding.setting or UNKNOWN


def _ages_of_learners(told: Told) -> Iterable[int | None]:
    if told.affected_role == AffectedRole.LEARNER:
        yield told.affected_age
    if told.accused_role == AccusedRole.LEARNER:
        yield told.accused_age


def _youngest(ages: Iterable[int | None]) -> str:
    return AgeBand.of(min((age for age in ages if age is not None), default=None)).value


def _known(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes) - {UNKNOWN, ""})) or (UNKNOWN,)


def _answer(answers: Iterable[str]) -> str:
    """One yes is a yes; a no counts when nobody said yes."""
    given = set(answers)
    for answer in (Answer.YES.value, Answer.NO.value):
        if answer in given:
            return answer
    return UNKNOWN


def _yes_or_no(fact: bool) -> str:
    return Answer.YES.value if fact else Answer.NO.value
