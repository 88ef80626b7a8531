"""The dimensions a number can be broken down by: their codes, their Dutch names. No Django here.

A `Cell` names sector, category, subcategory and accused role in columns of their own; every other
dimension by name in `other_dimension`, as the published tables do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vertrouwd.dossiers.codes import UNKNOWN
from vertrouwd.dossiers.terms import AccusedRole, AgeBand, Answer, Category, Place
from vertrouwd.schools.terms import Sector, Setting

TOTAL = "totaal"
SEXUAL = (Category.SEXUAL_ABUSE.value, Category.SEXUAL_HARASSMENT.value)
SUM_CATEGORY = " + ".join(SEXUAL)  # the Letter's «seksueel geweld»
POLICE = "politie"
VICE_POLICE = "zedenpolitie"  # said of the two sexual categories only

# Grounds that older tables name, and the subcategories of discriminatie they cover.
OLDER_GROUNDS = {
    "migratieachtergrond": ("afkomst", "migratieachtergrond"),
    "ras of geloof": ("afkomst", "migratieachtergrond", "geloof"),
}


@dataclass(frozen=True)
class Dimension:
    """One way to break down: `codes` None means an open list (months, grounds, subcategories).

    `parts_meet_total` False: a dossier can have several codes (a cross attribute, rule C7).
    """

    name: str
    label: str  # Dutch, as a column heading
    codes: tuple[str, ...] | None
    parts_meet_total: bool = True


def _codes(terms: type[StrEnum]) -> tuple[str, ...]:
    return tuple(term.value for term in terms)


SECTOR = Dimension("sector", "sector", _codes(Sector))
CATEGORY = Dimension("category", "categorie", (*_codes(Category), SUM_CATEGORY))
SUBCATEGORY = Dimension("subcategory", "subcategorie", None)
ACCUSED_ROLE = Dimension(
    "accused_role", "rol van de beklaagde", _codes(AccusedRole), parts_meet_total=False
)
COLUMN_DIMENSIONS = (SECTOR, CATEGORY, SUBCATEGORY, ACCUSED_ROLE)

YOUNGEST = Dimension(
    "leeftijd_betrokken_leerling", "leeftijd van de jongste betrokken leerling", _codes(AgeBand)
)
AFFECTED_AGE = Dimension("leeftijd_betrokkene", "leeftijd van de betrokkene", _codes(AgeBand))
PLACE = Dimension("locatie", "plaats", _codes(Place), parts_meet_total=False)
SOCIAL_MEDIA = Dimension("sociale_media", "sociale media", _codes(Answer))
REFERRAL = Dimension(
    "verwezen_naar",
    "verwezen naar",
    (POLICE, VICE_POLICE, Answer.NO.value, UNKNOWN),
    parts_meet_total=False,
)
WITHHELD = Dimension("sector_niet_bekendgemaakt", "sector niet bekendgemaakt", ("ja", "nee"))
SETTING = Dimension("opvangvoorziening", "opvangvoorziening", _codes(Setting))
GROUND = Dimension("discriminatiegrond", "discriminatiegrond", None)
MONTH = Dimension("maand", "maand", None)
OTHER_DIMENSIONS = {
    dimension.name: dimension
    for dimension in (
        YOUNGEST, AFFECTED_AGE, PLACE, SOCIAL_MEDIA, REFERRAL, WITHHELD, SETTING, GROUND, MONTH,
    )
}  # fmt: skip


def sectors(*, childcare: bool) -> tuple[str, ...]:
    """The sectors a year counts: childcare is counted apart, by calendar year."""
    if childcare:
        return (Sector.CHILDCARE.value,)
    return tuple(code for code in SECTOR.codes or () if code != Sector.CHILDCARE.value)


def categories_of(category: str) -> Sequence[str]:
    """The categories a code stands for: itself, or the two of the sum."""
    return SEXUAL if category == SUM_CATEGORY else (category,)


def is_sexual(category: str) -> bool:
    """One of the two sexual categories, or their sum: where one refers to the vice police."""
    return set(categories_of(category)) <= set(SEXUAL)


def grounds_of(ground: str) -> Sequence[str]:
    """The subcategories of discriminatie a ground covers: itself, or those of an older name."""
    return OLDER_GROUNDS.get(ground, (ground,))
