"""The columns of the reports file: one table that reading, messages and documentation share."""

import difflib
from dataclasses import dataclass
from enum import StrEnum

from vertrouwd.dossiers.reports_file.values import (
    OLDEST_AGE,
    Reader,
    read_age,
    read_code,
    read_day,
    read_institution_number,
    read_required_day,
    read_text,
)
from vertrouwd.dossiers.terms import (
    AccusedRole,
    AffectedRole,
    Answer,
    Category,
    Channel,
    Place,
    ReporterRole,
)
from vertrouwd.schools.terms import Sector, Setting

DATES = "2023-04-17 or 17-4-2023, not in the future"
AGES = f"whole years from 0 to {OLDEST_AGE}, or empty"


@dataclass(frozen=True)
class Column:
    """One column: how a cell is read, and what is allowed in it, in words."""

    name: str
    read: Reader
    allowed: str
    required: bool = True  # must stand in the header


def _code(name: str, terms: type[StrEnum], *, empty: StrEnum | str | None, **more: bool) -> Column:
    allowed = ", ".join(term.value for term in terms)
    return Column(name, read_code(terms, empty=empty), allowed, **more)


COLUMNS: tuple[Column, ...] = (
    Column("melding_id", read_text(60), "a number or text of at most 60 characters, once a file"),
    Column("ontvangen_op", read_required_day, DATES),
    _code("kanaal", Channel, empty=None),
    _code("melder_rol", ReporterRole, empty=ReporterRole.UNKNOWN),
    Column(
        "instelling_brin",
        read_institution_number,
        "a BRIN of the register such as 16AH or 16AH00, an LRK number, or empty",
    ),
    Column("instelling_naam", read_text(300), "a name of at most 300 characters, or empty"),
    Column("instelling_plaats", read_text(100), "a name of at most 100 characters, or empty"),
    _code("sector", Sector, empty=""),
    _code("categorie", Category, empty=None),
    Column("subcategorie", read_text(60), "a subcategory of the category, or empty"),
    _code("beklaagde_rol", AccusedRole, empty=AccusedRole.UNKNOWN),
    Column("beklaagde_leeftijd", read_age, AGES, required=False),
    _code("betrokkene_rol", AffectedRole, empty=AffectedRole.UNKNOWN),
    Column("betrokkene_leeftijd", read_age, AGES),
    Column("voorval_van", read_day, f"{DATES}, or empty"),
    Column("voorval_tot", read_day, f"{DATES}, or empty"),
    _code("plaats_voorval", Place, empty=Place.UNKNOWN),
    _code("sociale_media", Answer, empty=Answer.UNKNOWN),
    _code("verwezen_politie", Answer, empty=Answer.UNKNOWN),
    Column("dossier", read_text(60), "a text of at most 60 characters, or empty", required=False),
    _code("opvangvoorziening", Setting, empty="", required=False),
)
BY_NAME = {column.name: column for column in COLUMNS}

# Narrative and identity: sealed to the team, never repeated.
SEALED = ("beklaagde_naam", "beklaagde_functie", "betrokkene_initialen", "toelichting")
# What a file of rejects adds; skipped when the corrected file comes back.
OF_REJECTS = ("rij", "reden")


class WrongHeader(ValueError):
    """The first row does not name the columns; the message says which and what is possible."""


@dataclass(frozen=True)
class Layout:
    """Where each column of a file stands. Indexes count cells from 0."""

    width: int
    places: dict[str, int]  # coded columns
    sealed: dict[str, int]
    unknown: tuple[str, ...]  # in the file, ignored

    @classmethod
    def of(cls, header: list[str]) -> "Layout":
        """Find the columns by name, in any order. Raises WrongHeader."""
        while header and not header[-1].strip():
            header = header[:-1]
        names = [column_name(text) for text in header]
        twice = sorted({name for name in names if name in KNOWN and names.count(name) > 1})
        if twice:
            raise WrongHeader(f"names a column twice: {', '.join(twice)}.")
        missing = [c.name for c in COLUMNS if c.required and c.name not in names]
        if missing:
            raise WrongHeader(_missing(missing, names))
        return cls(
            width=len(names),
            places={name: place for place, name in enumerate(names) if name in BY_NAME},
            sealed={name: place for place, name in enumerate(names) if name in SEALED},
            unknown=tuple(
                text.strip()
                for text, name in zip(header, names, strict=True)
                if name and name not in KNOWN
            ),
        )


KNOWN = frozenset((*BY_NAME, *SEALED, *OF_REJECTS))


def column_name(text: str) -> str:
    """The name a heading stands for: `Ontvangen op` is ontvangen_op."""
    return "_".join(text.replace("_", " ").casefold().split())


def _missing(missing: list[str], names: list[str]) -> str:
    required = [column.name for column in COLUMNS if column.required]
    if len(missing) == len(required):
        return (
            "does not name the columns of a reports file in its first row. "
            f"Required: {', '.join(required)}."
        )
    unknown = [name for name in names if name not in KNOWN]
    hints = [
        f"{name} (written as {close[0]}?)"
        if (close := difflib.get_close_matches(name, unknown, 1, 0.7))
        else name
        for name in missing
    ]
    return f"lacks required columns: {', '.join(hints)}."
