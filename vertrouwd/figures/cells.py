"""One number of a table, named by the columns of the published tables. No Django here."""

from dataclasses import dataclass, fields
from enum import StrEnum


class Measure(StrEnum):
    """What is counted."""

    DOSSIERS = "dossiers"  # cases; the unit of the overview
    REPORTS = "reports"  # unique reports (meldingen)
    REFERRALS = "referrals"  # dossiers in which the reporter was referred to the (vice) police


@dataclass(frozen=True, order=True)
class Cell:
    """A cell of a table: a measure in a year, broken down by the dimensions that are not empty.

    The fields are the columns of the published tables, spelled the same; `category` may be the sum
    `seksueel misbruik + seksuele intimidatie`.
    """

    school_year: str
    measure: str
    sector: str = ""
    category: str = ""
    subcategory: str = ""
    accused_role: str = ""
    other_dimension: str = ""
    other_value: str = ""

    @property
    def codes(self) -> dict[str, str]:
        """The dimensions this cell is broken down by, with their codes; other_dimension by name."""
        found = {
            name: getattr(self, name)
            for name in ("sector", "category", "subcategory", "accused_role")
            if getattr(self, name)
        }
        if self.other_dimension:
            found[self.other_dimension] = self.other_value
        return found

    @property
    def id(self) -> str:
        """A stable, readable name: `2022-2023/dossiers/sector=vo/category=discriminatie`."""
        return "/".join(
            [self.school_year, self.measure, *(f"{k}={v}" for k, v in self.codes.items())]
        )


COLUMNS = tuple(field.name for field in fields(Cell))
