"""A release of published tables alone: what a letter can say when nothing was counted here.

Stands beside the real `disclosure.release` as the plain engine of the letter's own tests; every
query runs on the table it names, with the folder of the tables as working directory.
"""

from dataclasses import dataclass, field

from vertrouwd.disclosure.safe import Mark, Provenance, SafeFigure, Source
from vertrouwd.figures import published
from vertrouwd.figures.cells import Cell
from vertrouwd.figures.dimensions import SEXUAL, SUM_CATEGORY
from vertrouwd.publication.letter.catalogue import year_back
from vertrouwd.schools.years import parse_year

COLUMNS = ("sector", "category", "subcategory", "accused_role")


@dataclass
class HandMadeRelease:
    year: str
    changed: dict[str, int] = field(default_factory=dict)  # cell id -> another count
    invented: set[str] = field(default_factory=set)  # cell ids marked invented
    mismatches: tuple = ()
    policy: None = None

    @property
    def is_childcare(self) -> bool:
        return "-" not in self.year

    @property
    def provenance(self) -> Provenance:
        return Provenance("hand-made", {}, is_demonstration=True)

    def figure(self, measure="dossiers", *, year=0, **codes):
        name = year_back(self.year, -year)
        if codes.get("category") == SUM_CATEGORY:
            parts = [
                self.figure(measure, year=year, **{**codes, "category": one}) for one in SEXUAL
            ]
            return None if None in parts else self._sum(parts)
        cell = self._cell(name, measure, codes)
        counts = {row.cell: row for row in published.rows(parse_year(name))}
        if cell not in counts and cell.id not in self.changed:
            return None
        count = self.changed.get(cell.id, counts[cell].count if cell in counts else 0)
        where = " AND ".join(
            f"coalesce({column}, '') = '{getattr(cell, column)}'"
            for column in (*COLUMNS, "other_dimension", "other_value", "measure")
        )
        file = f"{'kinderopvang-' if self.is_childcare else ''}{name}.csv"
        query = f"SELECT count::INT FROM read_csv('{file}', all_varchar=true) WHERE {where}"
        mark = Mark.INVENTED if cell.id in self.invented else Mark.PUBLISHED
        row = counts.get(cell)
        source = Source("published", file, "0" * 64, row.source_url if row else "", "")
        return SafeFigure(cell.id, count, query, mark, (source,), measure)

    def _cell(self, name, measure, codes):
        columns = {key: value for key, value in codes.items() if key in COLUMNS}
        other = [(key, value) for key, value in codes.items() if key not in COLUMNS]
        dimension, value = other[0] if other else ("", "")
        return Cell(name, measure, **columns, other_dimension=dimension, other_value=value)

    def _sum(self, parts):
        return SafeFigure(
            f"sum({', '.join(part.id for part in parts)})",
            sum(part.value for part in parts),
            "SELECT " + " + ".join(f"({part.query})" for part in parts),
            parts[0].mark,
            tuple(source for part in parts for source in part.sources),
            parts[0].unit,
        )

    def difference(self, a, b):
        return SafeFigure(
            f"difference({a.id}, {b.id})",
            a.value - b.value,
            f"SELECT ({a.query}) - ({b.query})",
            a.mark,
            a.sources + b.sources,
            a.unit,
        )

    def absolute(self, figure):
        return SafeFigure(
            f"absolute({figure.id})",
            abs(figure.value),
            f"SELECT abs(({figure.query}))",
            figure.mark,
            figure.sources,
            figure.unit,
        )

    def share(self, part, whole, decimals=1):
        value = int(1000 * part.value / whole.value + 0.5) / 10
        return SafeFigure(
            f"share({part.id}, {whole.id})",
            value,
            f"SELECT round(100.0 * ({part.query}) / ({whole.query}), {decimals})",
            part.mark,
            part.sources + whole.sources,
            "percent",
        )
