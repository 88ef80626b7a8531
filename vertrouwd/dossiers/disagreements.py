"""Dossiers whose reports disagree, and of which nobody decided the coding yet (domain rule C13)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from django.db.models import F, Q

from vertrouwd.dossiers.membership import first_cause
from vertrouwd.dossiers.models import Coding, Dossier, LedgerEvent, Report
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.schools.terms import Sector

AT_A_TIME = 1_000  # dossiers held in memory, and named in one query
Arrival = tuple[int, datetime]  # reports came into a dossier


@dataclass(frozen=True)
class Disagreement:
    """What the reports of a dossier, and the dossier itself, say: of one of these more than one."""

    dossier: int
    categories: tuple[str, ...]
    subcategories: tuple[str, ...]  # as «category: subcategory»
    sectors: tuple[str, ...]

    @property
    def reference(self) -> str:
        return Dossier(pk=self.dossier).reference


def disagreements(dossiers: Iterable[int] | None = None) -> list[Disagreement]:
    """The dossiers, all or these, that need a decision, in the order of their numbers.

    Reports disagree when they, or the report the dossier was opened with, name two categories, two
    subcategories or two sectors; an empty subcategory and «niet bekendgemaakt» disagree with
    nothing. A decision holds until another report comes in.
    """
    wanted = None if dossiers is None else set(dossiers)
    return [c for c in _undecided() if wanted is None or c.dossier in wanted]


def count_disagreements() -> int:
    """How many dossiers need a decision; memory does not grow with their number."""
    return sum(1 for _ in _undecided())


def _undecided() -> Iterator[Disagreement]:
    undone = list(_undone())
    disagreeing = _disagreeing()
    while found := list(islice(disagreeing, AT_A_TIME)):
        decided = _decided([each.dossier for each in found], undone)
        yield from (each for each in found if each.dossier not in decided)


def _disagreeing() -> Iterator[Disagreement]:
    suspects = Report.objects.filter(_differs_from_its_dossier()).values("dossier")
    fields = ("category", "subcategory", "sector")
    reports = (
        Report.objects.filter(dossier__in=suspects)
        .order_by("dossier")
        .values_list("dossier", *fields, *(f"dossier__{name}" for name in fields))
        .distinct()
    )
    for pk, rows in groupby(reports.iterator(AT_A_TIME), key=lambda row: row[0]):
        codings = [tuple(part) for _, *codes in rows for part in (codes[:3], codes[3:])]
        if found := disagreement(pk, codings):
            yield found


def disagreement(dossier: int, codings: Iterable[tuple[str, ...]]) -> Disagreement | None:
    """What these codings (category, subcategory, sector) say otherwise, None when they agree.

    Give those of the reports and that of the dossier itself.
    """
    categories, subcategories, sectors = set(), set(), set()
    for category, subcategory, sector in codings:
        categories.add(category)
        if subcategory:
            subcategories.add(f"{category}: {subcategory}")
        if sector != Sector.WITHHELD:
            sectors.add(sector)
    said = (categories, subcategories, sectors)
    if all(len(values) <= 1 for values in said):
        return None
    return Disagreement(dossier, *(tuple(sorted(values)) for values in said))


def coding_of(coded: Dossier | Report) -> tuple[str, ...]:
    """The coding of a dossier or a report, as `disagreement` compares it."""
    return coded.category, coded.subcategory, coded.sector


def _differs_from_its_dossier() -> Q:
    return (
        ~Q(category=F("dossier__category"))
        | (~Q(subcategory="") & ~Q(subcategory=F("dossier__subcategory")))
        | (~Q(sector=Sector.WITHHELD) & ~Q(sector=F("dossier__sector")))
    )


def _decided(dossiers: list[int], undone: list[Arrival]) -> set[int]:
    """Those with a decision that is not older than the last event that brought reports in."""
    decisions = dict(
        Coding.objects.filter(dossier__in=dossiers).order_by("at").values_list("dossier", "at")
    )
    came = LedgerEvent.objects.filter(
        kind__in=[LedgerKind.JOINED, LedgerKind.SEPARATED], dossier__in=decisions
    )
    last: dict[int, datetime] = {}
    for pk, at in (*came.values_list("dossier", "at"), *undone):
        last[pk] = max(at, last.get(pk, at))
    return {pk for pk, at in decisions.items() if pk not in last or at >= last[pk]}


def _undone() -> Iterator[Arrival]:
    """When an undo of a join or a separation brought reports back."""
    for event in LedgerEvent.objects.filter(kind=LedgerKind.UNDONE):
        cause = first_cause(event)
        if cause.kind != LedgerKind.NOT_THE_SAME:
            yield from ((pk, event.at) for pk in (cause.source_id, cause.dossier_id) if pk)
