"""The figures a letter may name: declared in a TOML file, found in a release. No Django here."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vertrouwd.disclosure.safe import CORONA, Mark, SafeFigure
from vertrouwd.publication.dutch import dutch_number, year_back
from vertrouwd.publication.letter.wording import Point

if TYPE_CHECKING:
    from vertrouwd.disclosure.release import Release
    from vertrouwd.disclosure.safe import Point as SafePoint


@dataclass(frozen=True)
class Declared:
    """One figure of the TOML file: a cell, the sum of others, or the difference of two."""

    name: str
    label: str  # Dutch, for the list of gaps
    measure: str = ""  # empty: the unit of the year
    codes: Mapping[str, str] = field(default_factory=dict)
    of: str = ""  # the whole of its share
    others: tuple[str, ...] = ()  # other parts of that whole, excluding each other
    sum: tuple[str, ...] = ()
    difference: tuple[str, ...] = ()
    above: float = 50  # the limit of «voor het N-de jaar op rij», in percent
    compare: bool = True  # False: nobody compares it with the year before
    not_for: tuple[str, ...] = ()  # years whose published table meant something else by it


def read_figures(path: Path) -> dict[str, Declared]:
    """The declared figures by name. Raises ValueError for a name that is not declared."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    everywhere = tables.pop("everywhere", {})
    found = {}
    for name, table in tables.items():
        for key in ("others", "sum", "difference", "not_for"):
            table[key] = tuple(table.get(key, ()))
        found[name] = Declared(
            name=name, **{**table, "codes": {**everywhere, **table.get("codes", {})}}
        )
    for figure in found.values():
        for other in (*figure.others, *figure.sum, *figure.difference, figure.of):
            if other and other not in found:
                raise ValueError(f"{path.name}: {figure.name} names '{other}', not declared there")
    return found


def print_number(figure: SafeFigure) -> str:
    """As the letter prints it: 2152, 12.345, 22,9 (percent: one decimal, comma)."""
    if figure.unit == "percent":
        return dutch_number(float(figure.value))
    value = int(figure.value)
    return str(value) if abs(value) < 10_000 else dutch_number(value)


class Figures:
    """The figures of one letter, by the slot names of its template; each found once."""

    def __init__(self, release: "Release", declared: Mapping[str, Declared]) -> None:
        self.release, self.declared = release, declared
        self._found: dict[str, SafeFigure | None] = {}

    @cached_property
    def unit(self) -> str:
        """`dossiers`, or `reports` in a year of which only reports may be said."""
        codes: dict[str, Any] = dict(self.declared["total"].codes)
        for measure in ("dossiers", "reports"):
            if self.release.figure(measure, **codes) is not None:
                return measure
        raise ValueError(
            f"no total of {self.release.year} was counted or published, and a letter needs one"
        )

    def knows(self, slot: str) -> bool:
        """Whether the slot names a figure (and not a reference)."""
        return slot.split()[0] in self.declared

    def get(self, slot: str) -> SafeFigure | None:
        """The figure of a slot such as `bullying share before`; None when it may not be said.

        Raises ValueError for a slot that is not in the language.
        """
        if slot not in self._found:
            figure = self._find(slot)
            if figure is not None and figure.mark is Mark.INVENTED:
                figure = None
            self._found[slot] = figure
        return self._found[slot]

    def _find(self, slot: str) -> SafeFigure | None:
        name, *words = slot.split()
        if name not in self.declared:
            raise ValueError(f"'{name}' is not a figure of this letter")
        match words:
            case []:
                return self._base(name, 0)
            case ["before"]:
                return self._base(name, 1)
            case ["share"]:
                return self._share(name, 0)
            case ["share", "before"]:
                return self._share(name, 1)
            case ["change"]:
                now, before = self.get(name), self.get(f"{name} before")
                if now is None or before is None:
                    return None
                return self.release.absolute(self.release.difference(now, before))
            case ["growth"]:
                change, before = self.get(f"{name} change"), self.get(f"{name} before")
                if change is None or before is None or before.value == 0:
                    return None
                return self.release.share(change, before)
            case _:
                raise ValueError(f"'{slot}' is not a slot: use before, change, growth or share")

    def _base(self, name: str, back: int) -> SafeFigure | None:
        declared = self.declared[name]
        if declared.sum:
            parts = [self._base(part, back) for part in declared.sum]
            known = [part for part in parts if part is not None]
            return self.release.total(known) if len(known) == len(parts) else None
        if declared.difference:
            first, second = (self._base(part, back) for part in declared.difference)
            if first is None or second is None:
                return None
            return self.release.absolute(self.release.difference(first, second))
        measure = declared.measure or self.unit
        codes: dict[str, Any] = dict(declared.codes)
        figure = self.release.figure(measure, year=-back, **codes)
        if figure is None or figure.mark is Mark.INVENTED:
            return None
        other_meaning = year_back(self.release.year, back) in declared.not_for
        return None if other_meaning and figure.mark is Mark.PUBLISHED else figure

    def _share(self, name: str, back: int) -> SafeFigure | None:
        part, of = self._base(name, back), self.declared[name].of
        if not of:
            raise ValueError(f"'{name}' has no share: it names no whole")
        whole = self._base(of, back)
        if part is None or whole is None or whole.value == 0:
            return None
        return self.release.share(part, whole)

    def points(self, about: str) -> list[Point]:
        """The series of a figure or its share, oldest year first.

        A year is broken when it is no base for a series (corona), when it counts another unit, or
        when the series breaks right after it.
        """
        name, _, share = about.partition(" ")
        parts = self._history(name)
        wholes = {point.year: point.figure for point in self._history(self.declared[name].of)}
        breaks = {point.year: point.breaks for point in parts}
        found = []
        for point in parts:
            figure = point.figure
            if figure is not None and share:
                whole = wholes.get(point.year)
                same_unit = whole is not None and whole.unit == figure.unit and whole.value > 0
                figure = self.release.share(figure, whole) if whole and same_unit else None
            after = breaks.get(year_back(point.year, -1), ())
            reasons = [one.text for one in point.breaks if one.kind == CORONA]
            reasons += [one.text for one in after if one.kind != CORONA]
            found.append(
                Point(point.year, None if figure is None else figure.value, " ".join(reasons))
            )
        return found

    def _history(self, name: str) -> "Sequence[SafePoint]":
        declared = self.declared.get(name)
        if declared is None or declared.sum or declared.difference:
            return ()
        codes: dict[str, Any] = dict(declared.codes)
        return self.release.history(declared.measure or self.unit, **codes)

    def breaks(self, name: str, year: str) -> list[str]:
        """The kinds of break in the series of a figure: between the year before and this one.

        Corona is said of the year itself.
        """
        return [
            one.kind for point in self._history(name) if point.year == year for one in point.breaks
        ]

    def label(self, slot: str) -> str:
        """What a slot is about, in Dutch."""
        return self.declared[slot.split()[0]].label

    def has_no_year_before(self, slot: str) -> bool:
        """A number by itself that a reader would compare, with nothing to compare it with."""
        declared = self.declared[slot.split()[0]]
        if slot != declared.name or not declared.of or not declared.compare:
            return False
        return self.get(slot) is not None and self.get(f"{slot} before") is None

    def why_missing(self, slot: str) -> str:
        """A Dutch sentence: why the figure of this slot may not be said."""
        name = slot.split()[0]
        if self.release.year in self.declared[name].not_for and self.get(name) is None:
            return f"in {self.release.year} betekent deze code iets anders dan in andere jaren"
        if self.get(name) is None:
            if self.release.provenance.is_demonstration:
                return (
                    f"van {self.release.year} is dit aantal niet gepubliceerd; "
                    "een verzonnen aantal komt niet in de brief"
                )
            return f"van {self.release.year} is dit aantal niet bekend"
        before = year_back(self.release.year, 1)
        if slot.endswith(" growth") and self._is_zero(f"{name} before"):
            return f"in {before} was dit aantal nul; van nul is geen groei in procenten te nemen"
        if slot.endswith(" share before") and self._is_zero(f"{self.declared[name].of} before"):
            return f"in {before} was het geheel nul; van nul is geen aandeel te nemen"
        return f"van {before} is geen vergelijkbaar aantal bekend"

    def _is_zero(self, slot: str) -> bool:
        figure = self.get(slot)
        return figure is not None and figure.value == 0
