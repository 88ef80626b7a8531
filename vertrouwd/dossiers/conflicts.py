"""Dossiers whose reports disagree, and of which nobody decided the coding yet (domain rule C13)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from vertrouwd.dossiers.membership import first_cause
from vertrouwd.dossiers.models import Coding, Dossier, LedgerEvent, Report
from vertrouwd.dossiers.terms import LedgerKind
from vertrouwd.schools.terms import Sector


@dataclass(frozen=True)
class Conflict:
    """What the reports of one dossier, and the dossier itself, say; more than one is a conflict."""

    dossier: int
    categories: tuple[str, ...]
    subcategories: tuple[str, ...]  # as «category: subcategory»
    sectors: tuple[str, ...]

    @property
    def reference(self) -> str:
        return Dossier(pk=self.dossier).reference


def conflicts(dossiers: Iterable[int] | None = None) -> list[Conflict]:
    """The dossiers, all or these, that need a decision, in the order of their numbers.

    Reports disagree when they, or the report the dossier was opened with, name two categories, two
    subcategories or two sectors; an empty subcategory and «niet bekendgemaakt» disagree with
    nothing. A decision holds until another report comes in.
    """
    wanted = None if dossiers is None else set(dossiers)
    said = _what_reports_say(wanted)
    decided = _decided(said)
    return [
        Conflict(pk, *(tuple(sorted(values)) for values in said[pk]))
        for pk in sorted(said)
        if pk not in decided and any(len(values) > 1 for values in said[pk])
    ]


def _what_reports_say(wanted: set[int] | None) -> dict[int, tuple[set[str], set[str], set[str]]]:
    suspects = Report.objects.filter(_differs_from_its_dossier()).values("dossier")
    reports = Report.objects.filter(dossier__in=suspects)
    said: dict[int, tuple[set[str], set[str], set[str]]] = defaultdict(
        lambda: (set(), set(), set())
    )
    fields = ("category", "subcategory", "sector")
    for pk, *codes in reports.values_list(
        "dossier", *fields, *(f"dossier__{name}" for name in fields)
    ).distinct():
        if wanted is not None and pk not in wanted:
            continue
        for category, subcategory, sector in (codes[:3], codes[3:]):
            said[pk][0].add(category)
            if subcategory:
                said[pk][1].add(f"{category}: {subcategory}")
            if sector != Sector.WITHHELD:
                said[pk][2].add(sector)
    return said


def _differs_from_its_dossier() -> Q:
    return (
        ~Q(category=F("dossier__category"))
        | (~Q(subcategory="") & ~Q(subcategory=F("dossier__subcategory")))
        | (~Q(sector=Sector.WITHHELD) & ~Q(sector=F("dossier__sector")))
    )


def _decided(dossiers: Iterable[int]) -> set[int]:
    """Those with a decision that is not older than the last event that brought reports in."""
    pks = list(dossiers)
    decisions = dict(
        Coding.objects.filter(dossier__in=pks).order_by("at").values_list("dossier", "at")
    )
    last: dict[int, datetime] = {}
    for dossiers_of_event, at in _arrivals(decisions):
        for pk in dossiers_of_event:
            last[pk] = max(at, last.get(pk, at))
    return {pk for pk, at in decisions.items() if pk not in last or at >= last[pk]}


def _arrivals(dossiers: Iterable[int]) -> Iterator[tuple[set[int], datetime]]:
    """When reports came into dossiers: by a join, by a separation, or by an undo of one."""
    pks = set(dossiers)
    came = LedgerEvent.objects.filter(kind__in=[LedgerKind.JOINED, LedgerKind.SEPARATED])
    for dossier, at in came.filter(dossier__in=pks).values_list("dossier", "at"):
        yield {dossier}, at
    for event in LedgerEvent.objects.filter(kind=LedgerKind.UNDONE):
        cause = first_cause(event)
        if cause.kind != LedgerKind.NOT_THE_SAME:
            yield {pk for pk in (cause.source_id, cause.dossier_id) if pk} & pks, event.at
