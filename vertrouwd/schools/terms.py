"""Words of the institutions: English name for us, official Dutch value for the law."""

from enum import StrEnum


class Sector(StrEnum):
    """Where the institution belongs; sbo counts as po (docs: domain, codes)."""

    PRIMARY = "po"  # primair onderwijs
    SPECIAL = "so"  # (voortgezet) speciaal onderwijs
    SECONDARY = "vo"  # voortgezet onderwijs
    VOCATIONAL = "mbo"  # middelbaar beroepsonderwijs
    HIGHER = "ho"  # hoger onderwijs: hbo and wo
    CHILDCARE = "kinderopvang"  # counted apart, by calendar year
    WITHHELD = "niet bekendgemaakt"  # the reporter did not want to say


class Setting(StrEnum):
    """Kind of childcare (opvangvoorziening); education has none."""

    DAY_CARE = "kinderdagverblijf"
    OUT_OF_SCHOOL = "buitenschoolse opvang"
    CHILDMINDER = "gastouderopvang"
    UNKNOWN = "onbekend"


class RegisterCode(StrEnum):
    """Which register gave the institution its number."""

    BRIN = "brin"  # DUO: education
    LRK = "lrk"  # Landelijk Register Kinderopvang
    NONE = "geen"  # outside both registers: it keeps the name it was given


class RegisterPart(StrEnum):
    """The parts in which the school register is published; each is complete in itself."""

    PRIMARY = "po"  # basisonderwijs
    SPECIAL_PRIMARY = "sbo"  # speciaal basisonderwijs, counts as po
    SPECIAL = "so"
    SECONDARY = "vo"

    @property
    def sector(self) -> Sector:
        return Sector.PRIMARY if self is RegisterPart.SPECIAL_PRIMARY else Sector(self.value)

    @property
    def usual_kind(self) -> str:
        """The type of school that a layout without a type column means."""
        return "basisschool" if self is RegisterPart.PRIMARY else ""
