"""What may be chosen of the work list: which list, in which order, and coded filters.

An address holds only these codes. What is not one of them is as if it were not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext, gettext_lazy

from vertrouwd.dossiers.casework_terms import Status
from vertrouwd.dossiers.terms import Category
from vertrouwd.schools.terms import Sector


class List(StrEnum):
    """The lists, each a tab."""

    MINE = "mijn"
    NEWS = "nieuws"
    TEAM = "team"
    DUE = "termijn"
    WAITING = "wachten"
    UNASSIGNED = "niemand"
    CLOSED = "gesloten"


class Sort(StrEnum):
    """In which order dossiers stand; what is due has an order of its own."""

    NEWEST = "nieuw"
    OLDEST = "oud"


LISTS: dict[List, Any] = {
    List.MINE: gettext_lazy("Van mij"),
    List.NEWS: gettext_lazy("Nieuws van melders"),
    List.TEAM: gettext_lazy("Alles wat u mag zien"),
    List.DUE: gettext_lazy("Bijna aan de tijd"),
    List.WAITING: gettext_lazy("Wacht op melder"),
    List.UNASSIGNED: gettext_lazy("Nog van niemand"),
    List.CLOSED: gettext_lazy("Gesloten"),
}
SORTS: dict[Sort, Any] = {
    Sort.NEWEST: gettext_lazy("Nieuwste eerst"),
    Sort.OLDEST: gettext_lazy("Oudste eerst"),
}


@dataclass(frozen=True)
class Filter:
    """One field that may be filtered on: its word in the address, its column, its code -> value."""

    name: str
    column: str
    label: Any
    values: dict[str, str]


def _coded(terms: type[StrEnum]) -> dict[str, str]:
    return {str(each.value).replace(" ", "-"): str(each.value) for each in terms}


FILTERS = (
    Filter("sector", "sector", gettext_lazy("Sector"), _coded(Sector)),
    Filter("categorie", "category", gettext_lazy("Categorie"), _coded(Category)),
    Filter("stand", "status", gettext_lazy("Stand"), _coded(Status)),
)


@dataclass(frozen=True)
class Choice:
    """What somebody chose: a list, an order, and per filter a code."""

    list: List = List.MINE
    sort: Sort = Sort.NEWEST
    filters: dict[str, str] = field(default_factory=dict)  # name -> code

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Choice":
        """From the words of an address or a form."""
        chosen = {each.name: given.get(each.name, "") for each in FILTERS}
        return cls(
            list=_one_of(List, given.get("lijst", ""), List.MINE),
            sort=_one_of(Sort, given.get("volgorde", ""), Sort.NEWEST),
            filters={f.name: chosen[f.name] for f in FILTERS if chosen[f.name] in f.values},
        )

    @property
    def columns(self) -> dict[str, str]:
        """The filters as columns of a dossier and their values."""
        return {f.column: f.values[self.filters[f.name]] for f in FILTERS if f.name in self.filters}

    @property
    def query(self) -> str:
        """The words of the address, without what is chosen when nothing is said."""
        words: dict[str, str] = {}
        if self.list != List.MINE:
            words["lijst"] = self.list
        if self.sort != Sort.NEWEST:
            words["volgorde"] = self.sort
        return urlencode(words | self.filters)

    @property
    def address(self) -> str:
        """Where this choice is shown."""
        return f"/dossiers?{self.query}" if self.query else "/dossiers"

    @property
    def words(self) -> str:
        """What this choice is called: after what was chosen."""
        parts = [str(LISTS[self.list]), *(gettext(value) for value in self.columns.values())]
        if self.sort != Sort.NEWEST:
            parts.append(str(SORTS[self.sort]))
        return " · ".join(parts)

    def of(self, list_: List) -> "Choice":
        """The same filters on another list."""
        return Choice(list_, self.sort, self.filters)


def _one_of(terms: Any, word: str, otherwise: Any) -> Any:
    return terms(word) if word in list(terms) else otherwise
