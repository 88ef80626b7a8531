"""Which institution a row means: by its number, by the register, or by its own name."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from vertrouwd.dossiers.reports_file.rows import Reason, Row
from vertrouwd.dossiers.reports_file.values import LRK
from vertrouwd.schools.models import Institution, Location
from vertrouwd.schools.terms import RegisterCode, Sector, Setting

# The register holds po, so and vo; the others keep the name or number they were given.
OUTSIDE_THE_REGISTER = (Sector.VOCATIONAL, Sector.HIGHER, Sector.CHILDCARE)
FICTITIOUS = "ZZ"
UNSAID = ("", Sector.WITHHELD)  # then the institution says it, when it is known

# (name, town, sector or None) -> the key of the institution that is certainly meant, or None.
Resolve = Callable[[str, str, str | None], int | None]


@dataclass(frozen=True)
class Known:
    """What a row needs of an institution. `sectors` are those of its locations too."""

    pk: int
    sector: str
    sectors: frozenset[str]
    setting: str
    is_invented: bool


@dataclass(frozen=True)
class Placed:
    """The institution of a row, None when unknown, and what follows from it."""

    institution: Known | None
    sector: str
    setting: str
    as_given: str = ""  # kept only when the institution stays unknown
    is_new: bool = False  # stored for this row


class Institutions:
    """All institutions, held in memory (some ten thousand), for as long as one file is read."""

    def __init__(self, resolve: Resolve) -> None:
        self.resolve = resolve
        of_locations: dict[int, set[str]] = defaultdict(set)
        for pk, sector in Location.objects.values_list("institution_id", "sector").distinct():
            of_locations[pk].add(sector)
        self.by_code: dict[str, Known] = {}
        self.by_name: dict[tuple[str, str, str], Known] = {}
        self.by_key: dict[int, Known] = {}
        for institution in Institution.objects.iterator():
            self._remember(institution, of_locations.get(institution.pk, set()))

    def place(self, row: Row) -> Placed | Reason:
        """The institution of a row; one outside the register is stored when it is new."""
        values = row.values
        if code := values["instelling_brin"]:
            return self._by_number(row, code)
        if name := values["instelling_naam"]:
            return self._by_name(values, name)
        return self._unknown(values, as_given=values["instelling_plaats"])

    def take_back(self, row: Row, placed: Placed) -> None:
        """The row is refused after all: an institution stored for it goes again."""
        known = placed.institution
        if known is None or not placed.is_new:
            return
        Institution.objects.filter(pk=known.pk).delete()
        del self.by_key[known.pk]
        values = row.values
        if code := values["instelling_brin"]:
            del self.by_code[code]
        else:
            name, town = values["instelling_naam"], values["instelling_plaats"]
            del self.by_name[_name_key(name, town, known.sector)]

    def _by_number(self, row: Row, code: str) -> Placed | Reason:
        values = row.values
        known = self.by_code.get(code)
        sector = values["sector"]
        if known is not None:
            # No register knows an invented institution: there is nothing to contradict.
            if sector not in (*UNSAID, *known.sectors) and not known.is_invented:
                expected = ", ".join(sorted(known.sectors))
                return Reason(
                    row.number, "sector", "contradicts the register", f"{expected}, or empty"
                )
            return self._placed(known, values)
        if LRK.fullmatch(code):
            return self._open(values, RegisterCode.LRK, Sector.CHILDCARE)
        if code.startswith(FICTITIOUS) or sector in OUTSIDE_THE_REGISTER:
            if sector in UNSAID:
                return Reason(
                    row.number, "sector", "is needed for a BRIN that is not in the register",
                    "po, so, vo, mbo, ho",
                )  # fmt: skip
            return self._open(values, RegisterCode.BRIN, sector)
        return Reason(
            row.number, "instelling_brin", "is not in the register of schools",
            "a BRIN of the register, or empty with name and town",
        )  # fmt: skip

    def _by_name(self, values: dict[str, Any], name: str) -> Placed:
        town, sector = values["instelling_plaats"], values["sector"]
        if sector in OUTSIDE_THE_REGISTER:
            known = self.by_name.get(_name_key(name, town, sector))
            if known is None:
                return self._open(values, RegisterCode.NONE, sector)
            return self._placed(known, values)
        wanted = None if sector in UNSAID else sector
        found = self.by_key.get(self.resolve(name, town, wanted) or 0)
        if found is None:
            return self._unknown(values, as_given=f"{name}, {town}" if town else name)
        return self._placed(found, values)

    def _unknown(self, values: dict[str, Any], *, as_given: str) -> Placed:
        sector = values["sector"] or Sector.WITHHELD
        return Placed(None, sector, _setting(values, sector, ""), as_given[:300])

    def _placed(self, known: Known, values: dict[str, Any]) -> Placed:
        sector = values["sector"]
        if sector in UNSAID:
            sector = known.sector
        return Placed(known, sector, _setting(values, sector, known.setting))

    def _open(self, values: dict[str, Any], register: RegisterCode, sector: str) -> Placed:
        code: str = values["instelling_brin"]
        stored = Institution.objects.create(
            register=register,
            code=code or None,
            name=values["instelling_naam"] or code,
            town=values["instelling_plaats"],
            sector=sector,
            setting=_setting(values, sector, ""),
            is_invented=code.startswith(FICTITIOUS),
        )
        return replace(self._placed(self._remember(stored, set()), values), is_new=True)

    def _remember(self, institution: Institution, sectors: set[str]) -> Known:
        known = Known(
            pk=institution.pk,
            sector=institution.sector,
            sectors=frozenset(sectors | {institution.sector}),
            setting=institution.setting,
            is_invented=institution.is_invented,
        )
        self.by_key[known.pk] = known
        if institution.code:
            self.by_code[institution.code] = known
        else:
            key = _name_key(institution.name, institution.town, institution.sector)
            self.by_name.setdefault(key, known)
        return known


def _setting(values: dict[str, Any], sector: str, of_institution: str) -> str:
    """The kind of childcare; education has none."""
    if sector != Sector.CHILDCARE:
        return ""
    return values["opvangvoorziening"] or of_institution or Setting.UNKNOWN


def _name_key(name: str, town: str, sector: str) -> tuple[str, str, str]:
    return (" ".join(name.split()).casefold(), " ".join(town.split()).casefold(), str(sector))
