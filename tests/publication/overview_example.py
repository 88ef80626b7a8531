"""A hand-made release of 2022-2023: the published numbers are real, the others invented."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from vertrouwd.disclosure.safe import (
    Mark,
    Mismatch,
    Policy,
    Provenance,
    SafeFigure,
    SafeRow,
    SafeTable,
    Source,
)
from vertrouwd.figures.cells import Cell

INSPECTORATE = (
    "https://www.onderwijsinspectie.nl/onderwerpen/vertrouwensinspecteurs/nieuws/2024/01/22/"
    "stijgende-lijn-in-het-aantal-dossiers-bij-vertrouwensinspecteurs-zet-door"
)
NOVEMBER = (
    "https://www.onderwijsinspectie.nl/onderwijssectoren/hoger-onderwijs/documenten/publicaties/"
    "2022/11/16/meldingen-vertrouwensinspectie-schooljaar-2021-2022"
)
ASSOCIATION = "https://vtoi-nvtk.nl/actueel/nieuws/toename-van-het-aantal-dossiers-bij-de-vertrouwensinspectie"
LETTER = "Kamerstuk 29240 nr. 136 (letter to the House, 22 January 2024)"
POLICY = Policy(
    "inspectie-detail",
    "Gepubliceerd met het detail dat de Inspectie zelf ook publiceerde.",
    "docs/decisions/disclosure-boundary.md",
)
SNAPSHOT = "2022-2023 revisie 1"
PROVENANCE = Provenance(
    SNAPSHOT,
    {"dossiers.parquet": "a" * 64, "reports.parquet": "b" * 64},
    is_demonstration=True,
    changed_cells=(
        {
            "cell": "2022-2023/dossiers/category=overig",
            "published": 8,
            "drawn": 7,
            "why": "de categorieën tellen anders niet op tot het totaal",
        },
    ),
)
CATEGORIES = {
    "seksueel misbruik": 152,
    "seksuele intimidatie": 318,
    "psychisch geweld": 992,
    "fysiek geweld": 560,
    "discriminatie": 116,
    "radicalisering": 7,
    "overig": 7,
}
BEFORE = {
    "seksueel misbruik": 139,
    "seksuele intimidatie": 261,
    "psychisch geweld": 752,
    "fysiek geweld": 478,
    "discriminatie": 96,
    "radicalisering": 11,
    "overig": 6,
    "totaal": 1743,
}
LONG_AGO = {"seksueel misbruik": 91, "seksuele intimidatie": 176, "totaal": 1296}
SECTORS = {"po": 1005, "so": 121, "vo": 772, "mbo": 163, "ho": 83, "niet bekendgemaakt": 8}
ROLES = ("met taken belast persoon", "leerling", "ouder", "ander", "onbekend")
SUBCATEGORIES = {
    "seksueel misbruik": ("aanranding", "grooming", "ontucht", "verkrachting", "onbekend"),
    "seksuele intimidatie": ("grensoverschrijdend gedrag", "hinderlijke aanraking", "onbekend"),
    "psychisch geweld": ("bedreiging", "intimidatie op de werkvloer", "pesten", "onbekend"),
    "fysiek geweld": ("letsel door schuld", "mishandeling", "trekken en duwen", "onbekend"),
    "discriminatie": ("afkomst", "beperking", "geloof", "gender/seksuele gerichtheid", "onbekend"),
    "radicalisering": ("onbekend",),
    "overig": ("onbekend",),
}
MONTHS = [f"2022-{m:02}" for m in range(8, 13)] + [f"2023-{m:02}" for m in range(1, 8)]
PARTS = (61, 212, 205, 243, 198, 214, 172, 251, 176, 204, 158, 58)
REPORTS = (88, 309, 298, 350, 287, 311, 250, 366, 255, 297, 230, 84)


def published(*codes: str, value: int | None, source: str = INSPECTORATE) -> SafeRow:
    return SafeRow(codes, value, Mark.PUBLISHED, source if value is not None else "")


def invented(*codes: str, value: int) -> SafeRow:
    return SafeRow(codes, value, Mark.INVENTED, SNAPSHOT)


def table(name: str, title: str, dimensions: tuple[str, ...], rows: list[SafeRow], **more: object):
    return SafeTable(name, title, "dossiers", dimensions, tuple(rows), POLICY.name, **more)  # type: ignore[arg-type]


def spread(total: int, parts: int) -> list[int]:
    """A total over parts, the first the largest."""
    weights = [1 / (n + 1) for n in range(parts)]
    counts = [int(total * weight / sum(weights)) for weight in weights]
    counts[0] += total - sum(counts)
    return counts


def tables() -> list[SafeTable]:
    category = [published(code, value=value) for code, value in CATEGORIES.items()]
    category[-1] = invented("overig", value=7)
    category.append(published("totaal", value=2152))
    sector = [
        published(code, value=value, source=ASSOCIATION)
        if code in ("po", "vo")
        else published(code, value=value)
        if code == "niet bekendgemaakt"
        else invented(code, value=value)
        for code, value in SECTORS.items()
    ]
    cross, fine = [], []
    for category_code, total in CATEGORIES.items():
        for sector_code, count in zip(SECTORS, spread(total, len(SECTORS)), strict=True):
            if (category_code, sector_code) == ("discriminatie", "vo"):
                cross.append(published(category_code, sector_code, value=57, source=LETTER))
            else:
                cross.append(invented(category_code, sector_code, value=count))
            codes = SUBCATEGORIES[category_code]
            fine += [
                invented(category_code, code, sector_code, value=part)
                for code, part in zip(codes, spread(count, len(codes)), strict=True)
            ]
    grounds = SUBCATEGORIES["discriminatie"]
    months = [
        invented(month, unit, value=count)
        for month, pair in zip(MONTHS, zip(PARTS, REPORTS, strict=True), strict=True)
        for unit, count in zip(("dossiers", "meldingen"), pair, strict=True)
    ]
    ages = [published("jonger dan 13", value=1105, source=LETTER)] + [
        invented(code, value=value)
        for code, value in (("13-15", 436), ("16-17", 287), ("18 en ouder", 121), ("onbekend", 203))
    ]
    return [
        table("category", "Dossiers per categorie", ("categorie",), category),
        table("sector", "Dossiers per sector", ("sector",), sector),
        table(
            "category-by-sector", "Categorie en sector", ("categorie", "sector"), cross
        ),
        table(
            "subcategory-by-sector",
            "Subcategorie en sector",
            ("categorie", "subcategorie", "sector"),
            fine,
        ),
        table(
            "accused-role",
            "Rol van de beklaagde",
            ("rol van de beklaagde",),
            [invented(r, value=n) for r, n in zip(ROLES, spread(2300, 5), strict=True)],
            parts_meet_total=False,
        ),
        table(
            "discrimination-ground-by-accused-role",
            "Discriminatie: grond en rol van de beklaagde",
            ("discriminatiegrond", "rol van de beklaagde"),
            [
                invented(ground, role, value=count)
                for ground, total in zip(grounds, spread(116, len(grounds)), strict=True)
                for role, count in zip(ROLES, spread(total, len(ROLES)), strict=True)
            ],
            parts_meet_total=False,
        ),
        table(
            "age",
            "Leeftijd van de jongste betrokken leerling",
            ("leeftijd van de jongste betrokken leerling",),
            ages,
        ),
        table(
            "place",
            "Plaats van het voorval",
            ("plaats",),
            [
                invented(code, value=count)
                for code, count in (
                    ("op school", 1702), ("onderweg", 88), ("buiten school", 164),
                    ("online", 240), ("onbekend", 121),
                )
            ],
            parts_meet_total=False,
        ),
        table(
            "social-media",
            "Sociale media",
            ("sociale media",),
            [invented(c, value=n) for c, n in (("ja", 311), ("nee", 1502), ("onbekend", 339))],
        ),
        table("month", "Dossiers en meldingen per maand", ("maand", "telling"), months),
        table(
            "police-referral",
            "Verwezen naar de politie",
            ("categorie",),
            [invented(code, value=value // 3) for code, value in CATEGORIES.items()],
        ),
    ]  # fmt: skip


def series() -> SafeTable:
    rows = []
    for code in (*CATEGORIES, "totaal"):
        rows.append(published(code, "2020-2021", value=LONG_AGO.get(code), source=INSPECTORATE))
        rows.append(published(code, "2021-2022", value=BEFORE[code], source=NOVEMBER))
        if code == "overig":
            rows.append(invented(code, "2022-2023", value=7))
        else:
            rows.append(published(code, "2022-2023", value=(CATEGORIES | {"totaal": 2152})[code]))
    return table("three-years", "Drie jaar naast elkaar", ("categorie", "jaar"), rows)


@dataclass
class ExampleRelease:
    """Has what the overview asks of a `disclosure.release.Release`."""

    year: str = "2022-2023"
    is_childcare: bool = False
    policy: Policy = POLICY
    provenance: Provenance = PROVENANCE
    tables: list[SafeTable] = field(default_factory=tables)
    series: SafeTable = field(default_factory=series)
    mismatches: list[Mismatch] = field(
        default_factory=lambda: [
            Mismatch(
                "In de publicatie over 2022-2023 tellen de categorieën niet op tot het totaal.",
                2152,
                {**CATEGORIES, "overig": 8},
                INSPECTORATE,
            )
        ]
    )

    @property
    def cells(self) -> list[tuple[Cell, int, Mark]]:
        return [
            (Cell(self.year, "dossiers"), 2152, Mark.PUBLISHED),
            (Cell(self.year, "dossiers", category="overig"), 7, Mark.INVENTED),
            (
                Cell(self.year, "dossiers", sector="vo", category="discriminatie"),
                57,
                Mark.PUBLISHED,
            ),
            (Cell(self.year, "reports"), 3125, Mark.PUBLISHED),
        ]

    before: int = 1743

    def figure(self, measure: str = "dossiers", *, year: int = 0, **codes: str):
        known = {
            ("dossiers", 0, ""): 2152,
            ("dossiers", -1, ""): self.before,
            ("reports", 0, ""): 3125,
            **{("dossiers", 0, code): n for code, n in CATEGORIES.items() if code != "overig"},
            ("dossiers", 0, "seksueel misbruik + seksuele intimidatie"): 470,
        }
        value = known.get((measure, year, codes.get("category", "")))
        if value is None:
            return None
        source = Source("published", "published/2022-2023.csv", "c" * 64, INSPECTORATE)
        name = f"{self.year}{year or ''}/{measure}/{codes.get('category', '')}"
        return SafeFigure(name, value, f"SELECT {value}", Mark.PUBLISHED, (source,), measure)

    def difference(self, a: SafeFigure, b: SafeFigure) -> SafeFigure:
        return self._made(f"difference({a.id},{b.id})", a.value - b.value, a, "dossiers")

    def share(self, part: SafeFigure, whole: SafeFigure, decimals: int = 1) -> SafeFigure:
        if part.value < 0:
            raise ValueError("no share")
        value = round(100 * part.value / whole.value + 1e-9, decimals)
        return self._made(f"share({part.id},{whole.id})", value, part, "percent")

    def absolute(self, figure: SafeFigure) -> SafeFigure:
        return self._made(f"absolute({figure.id})", abs(figure.value), figure, figure.unit)

    def _made(self, name: str, value: float, of: SafeFigure, unit: str) -> SafeFigure:
        return SafeFigure(name, value, f"SELECT {value}", of.mark, of.sources, unit)


def release_of_a_real_year() -> ExampleRelease:
    """The same numbers, as if they had been counted in real dossiers."""

    def counted(of: SafeTable) -> SafeTable:
        rows = tuple(
            replace(row, mark=Mark.COUNTED, source=SNAPSHOT) if row.mark is Mark.INVENTED else row
            for row in of.rows
        )
        return replace(of, rows=rows)

    return ExampleRelease(
        provenance=Provenance(SNAPSHOT, PROVENANCE.sha256),
        tables=[counted(of) for of in tables()],
        series=counted(series()),
    )
