"""Which tables a year has: dimensions, codes, Dutch titles and notes. No Django here."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from vertrouwd.dossiers.terms import Category
from vertrouwd.figures import dimensions as d
from vertrouwd.figures.cells import Cell, Measure
from vertrouwd.figures.code_lists import codes_in, subcategory_codes
from vertrouwd.schools.terms import Sector
from vertrouwd.schools.years import Year

COUNTING = d.Dimension("telling", "telling", ("dossiers", "meldingen"))
SEVERAL = "Een dossier kan in meer dan één rij tellen, dus de rijen tellen niet op tot het totaal."
SEVERAL_ACROSS = (
    "Een dossier kan in meer dan één kolom tellen, dus de kolommen tellen niet op tot het totaal."
)
IN_THE_YEAR = (
    "Een dossier telt in de maand van de eerste melding, een melding in de maand van ontvangst."
)
WITHHELD = (
    "«Niet bekendgemaakt»: de melder wilde niet zeggen om welke instelling of sector het ging."
)
REFERRED = "Geteld is de verwijzing, niet of er aangifte is gedaan."
YOUNGEST = (
    "De jongste leerling die bij het dossier betrokken is, als betrokkene of als beklaagde. "
    "Onbekend: geen leerling, of geen leeftijd genoemd."
)


@dataclass(frozen=True)
class TableSpec:
    """One table. `only` names the kind of year it is for: education, childcare, or both ('').

    `within` are codes that hold for the table as a whole, by name of their dimension.
    """

    name: str
    title: str
    dimensions: tuple[d.Dimension, ...]
    measure: Measure = Measure.DOSSIERS
    note: str = ""
    only: str = ""
    within: tuple[tuple[str, str], ...] = ()

    @property
    def parts_meet_total(self) -> bool:
        return all(dimension.parts_meet_total for dimension in self.dimensions)


SPECS = (
    TableSpec("category", "Dossiers per categorie", (d.CATEGORY,)),
    TableSpec("sector", "Dossiers per sector", (d.SECTOR,), note=WITHHELD, only="education"),
    TableSpec(
        "category-by-sector", "Dossiers per categorie en sector", (d.CATEGORY, d.SECTOR),
        note=WITHHELD, only="education",
    ),
    TableSpec(
        "subcategory-by-sector", "Dossiers per subcategorie en sector",
        (d.CATEGORY, d.SUBCATEGORY, d.SECTOR), note=WITHHELD, only="education",
    ),
    TableSpec(
        "subcategory", "Dossiers per subcategorie", (d.CATEGORY, d.SUBCATEGORY), only="childcare"
    ),
    TableSpec(
        "accused-role", "Dossiers naar rol van de beklaagde", (d.ACCUSED_ROLE,), note=SEVERAL
    ),
    TableSpec(
        "accused-role-by-category", "Dossiers per categorie en rol van de beklaagde",
        (d.CATEGORY, d.ACCUSED_ROLE), note=SEVERAL_ACROSS,
    ),
    TableSpec(
        "discrimination-ground-by-accused-role",
        "Dossiers over discriminatie naar grond en rol van de beklaagde",
        (d.GROUND, d.ACCUSED_ROLE), note=SEVERAL_ACROSS,
        within=((d.CATEGORY.name, Category.DISCRIMINATION.value),),
    ),
    TableSpec(
        "age", "Dossiers naar leeftijd van de jongste betrokken leerling", (d.YOUNGEST,),
        note=YOUNGEST,
    ),
    TableSpec("affected-age", "Dossiers naar leeftijd van de betrokkene", (d.AFFECTED_AGE,)),
    TableSpec("place", "Dossiers naar plaats van het voorval", (d.PLACE,), note=SEVERAL),
    TableSpec(
        "place-by-category", "Dossiers per categorie en plaats van het voorval",
        (d.CATEGORY, d.PLACE), note=SEVERAL_ACROSS,
    ),
    TableSpec("social-media", "Dossiers waarin sociale media een rol spelen", (d.SOCIAL_MEDIA,)),
    TableSpec(
        "month", "Dossiers en meldingen per maand", (d.MONTH, COUNTING), note=IN_THE_YEAR
    ),
    TableSpec(
        "police-referral", "Dossiers waarin naar de politie is verwezen",
        (d.Dimension(d.REFERRAL.name, "verwezen naar", (d.POLICE, "nee", d.UNKNOWN)),),
        note=REFERRED,
    ),
    TableSpec(
        "police-referral-by-category",
        "Verwijzingen naar de politie per categorie en rol van de beklaagde",
        (d.CATEGORY, d.ACCUSED_ROLE), measure=Measure.REFERRALS,
        note=f"{REFERRED} {SEVERAL_ACROSS}",
    ),
    TableSpec(
        "setting", "Dossiers per opvangvoorziening", (d.SETTING,), only="childcare"
    ),
    TableSpec(
        "setting-by-category", "Dossiers per categorie en opvangvoorziening",
        (d.CATEGORY, d.SETTING), only="childcare",
    ),
)  # fmt: skip


def specs_for(year: Year) -> list[TableSpec]:
    kind = "childcare" if year.is_childcare else "education"
    return [spec for spec in SPECS if spec.only in ("", kind)]


def rows_of(spec: TableSpec, year: Year) -> Iterator[tuple[tuple[str, ...], Cell]]:
    """The codes of each row, totals first, and the cell that is counted there; zeros too."""
    for codes in _codes_of(spec, year):
        named = dict(spec.within) | {
            dimension.name: code
            for dimension, code in zip(spec.dimensions, codes, strict=True)
            if code != d.TOTAL
        }
        yield codes, cell_for(year, spec.measure, **named)


def cell_for(year: Year, measure: str = Measure.DOSSIERS, **codes: str) -> Cell:
    """The cell of these codes, by name of their dimension, spelled as the published tables do.

    At most one dimension besides sector, category, subcategory and accused role. Childcare always
    has its sector; referrals always say to whom. Raises ValueError for a name or a code that does
    not exist.
    """
    measure = {"meldingen": "reports"}.get(codes.pop(COUNTING.name, measure), str(measure))
    codes = {name: code for name, code in codes.items() if code}
    columns = {dim.name: codes.pop(dim.name, "") for dim in d.COLUMN_DIMENSIONS}
    if measure not in set(Measure):
        raise ValueError(f"'{measure}' is not counted. Possible: {', '.join(Measure)}.")
    if year.is_childcare:
        columns["sector"] = columns["sector"] or Sector.CHILDCARE.value
    if d.GROUND.name in codes and not columns["category"]:
        columns["category"] = Category.DISCRIMINATION.value
    if measure == Measure.REFERRALS and d.REFERRAL.name not in codes:
        sexual = d.is_sexual(columns["category"])
        codes[d.REFERRAL.name] = d.VICE_POLICE if sexual else d.POLICE
    if len(codes) > 1:
        raise ValueError(f"{', '.join(codes)}: a figure has one dimension of this kind at most.")
    name, value = next(iter(codes.items()), ("", ""))
    if name and name not in d.OTHER_DIMENSIONS:
        raise ValueError(f"'{name}' is not a dimension. Possible: {', '.join(_all_names())}.")
    for dimension, code in [*zip(d.COLUMN_DIMENSIONS, columns.values(), strict=True)] + (
        [(d.OTHER_DIMENSIONS[name], value)] if name else []
    ):
        if code and dimension.codes is not None and code not in dimension.codes:
            raise ValueError(f"'{code}' is not a {dimension.name}: {', '.join(dimension.codes)}.")
    return Cell(str(year), measure, **columns, other_dimension=name, other_value=value)


def _codes_of(spec: TableSpec, year: Year) -> Iterator[tuple[str, ...]]:
    lists = [
        [d.TOTAL, *_all_subcategories()] if dimension == d.SUBCATEGORY else _codes(dimension, year)
        for dimension in spec.dimensions
    ]
    places = {dimension.name: place for place, dimension in enumerate(spec.dimensions)}
    for codes in product(*lists):
        if d.SUBCATEGORY.name in places:
            category = codes[places[d.CATEGORY.name]]
            subcategory = codes[places[d.SUBCATEGORY.name]]
            if subcategory not in (d.TOTAL, *_subcategories(category)):
                continue
        yield codes


def _codes(dimension: d.Dimension, year: Year) -> list[str]:
    """The rows a dimension gives, the total first; the sum of two categories is no row."""
    codes = [code for code in codes_in(dimension, year) if code != d.SUM_CATEGORY]
    return codes if dimension == COUNTING else [d.TOTAL, *codes]


def _subcategories(category: str) -> list[str]:
    return [] if category == d.TOTAL else subcategory_codes(category)


def _all_subcategories() -> list[str]:
    return list(
        dict.fromkeys(code for category in Category for code in subcategory_codes(category))
    )


def _all_names() -> list[str]:
    return [dim.name for dim in d.COLUMN_DIMENSIONS] + list(d.OTHER_DIMENSIONS)
