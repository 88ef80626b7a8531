"""What is kept in some dossiers, read at once: more dossiers ask no more of the database.

Rows and their days, never what they say. What was destroyed is not among it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from django.db.models import Count, Min, Model, Q, QuerySet
from django.utils import timezone

from vertrouwd.advice.entries import KINDS
from vertrouwd.dossiers.models import Coding, Correction, Dossier, Opinion, Report
from vertrouwd.dossiers.whereabouts import merged_into_each
from vertrouwd.duties.models import DutyAssessment, TrackStep
from vertrouwd.sealing.models import DataKey, SealedText
from vertrouwd.sealing.terms import Purpose

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Times:
    """Since when there is something, and how often it changed."""

    since: date
    changes: int

    def __add__(self, other: "Times") -> "Times":
        return Times(min(self.since, other.since), self.changes + other.changes)


@dataclass(frozen=True)
class TextKept:
    """One sealed field of a record."""

    field: str
    times: Times


@dataclass(frozen=True)
class Kept:
    """By number of the dossier or the report, or by record."""

    parts: dict[int, list[Dossier]]  # each dossier with what was merged into it
    reports: defaultdict[int, list[Report]]
    opinions: defaultdict[int, list[Opinion]]
    texts: defaultdict[str, list[TextKept]]
    files: defaultdict[str, list[tuple[int, date]]]  # number and day of each
    corrected: Counter[str]  # how often an answer of this record was
    coded: Counter[int]  # how often the coding was decided
    duties: dict[int, Times]
    advised: dict[int, Times]


def read_kept(dossiers: Iterable[Dossier]) -> Kept:
    """Read it all; nothing is asked where there is no dossier."""
    wholes = {each.pk: each for each in dossiers}
    merged = merged_into_each(wholes) if wholes else {}
    parts = {pk: [whole, *merged[pk]] for pk, whole in wholes.items()}
    among = {part.pk: part for each in parts.values() for part in each}
    reports = _by(Report.objects.filter(dossier__in=wholes).order_by("pk"), "dossier_id")
    opinions = _by(Opinion.objects.filter(dossier__in=among), "dossier_id")
    told = [report for each in reports.values() for report in each]
    asked = [opinion for each in opinions.values() for opinion in each]
    of_dossiers = [each.record for each in among.values()]
    records = [*of_dossiers, *(each.record for each in told), *(each.record for each in asked)]
    return Kept(
        parts=parts,
        reports=reports,
        opinions=opinions,
        texts=_texts(records),
        files=_files(records),
        corrected=_corrected(told, among),
        coded=_coded(among),
        duties=_duties(among),
        advised=_advised(told),
    )


def _by(rows: Iterable[Row], column: str) -> defaultdict[int, list[Row]]:
    found = defaultdict[int, list[Row]](list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _texts(records: Iterable[str]) -> defaultdict[str, list[TextKept]]:
    """What is known of a file is no text of its own."""
    rows = SealedText.objects.filter(data_key__record__in=records).order_by()
    rows = rows.exclude(data_key__purpose=Purpose.ATTACHMENT)
    found = defaultdict[str, list[TextKept]](list)
    counted = rows.values_list("data_key__record", "field").annotate(Min("made_at"), Count("pk"))
    for record, field, first, changes in counted:
        found[record].append(TextKept(field, Times(timezone.localdate(first), changes)))
    return found


def _files(records: Iterable[str]) -> defaultdict[str, list[tuple[int, date]]]:
    keys = DataKey.objects.filter(
        record__in=records, purpose=Purpose.ATTACHMENT, destroyed_at__isnull=True
    )
    found = defaultdict[str, list[tuple[int, date]]](list)
    for key in keys:
        found[key.record].append((key.number, timezone.localdate(key.made_at)))
    return found


def _corrected(reports: Iterable[Report], parts: Iterable[int]) -> Counter[str]:
    rows = Correction.objects.filter(Q(report__in=list(reports)) | Q(dossier__in=list(parts)))
    owners = rows.order_by().values_list("report__record", "dossier__record")
    return Counter(of_report or of_dossier for of_report, of_dossier in owners)


def _coded(parts: Iterable[int]) -> Counter[int]:
    rows = Coding.objects.filter(dossier__in=list(parts)).order_by()
    return Counter(rows.values_list("dossier", flat=True))


def _duties(parts: Iterable[int]) -> dict[int, Times]:
    """Each assessment and each step; a step that was withdrawn counts twice."""
    assessed = DutyAssessment.objects.filter(dossier__in=list(parts))
    steps = TrackStep.objects.filter(dossier__in=list(parts))
    withdrawn = steps.filter(withdrawn_at__isnull=False)
    at = "recorded_at"
    return _sum(_times(assessed, "dossier"), _times(steps, "dossier", at=at),
                _times(withdrawn, "dossier", at=at))  # fmt: skip


def _advised(reports: Iterable[Report]) -> dict[int, Times]:
    told = list(reports)
    kinds = (model._default_manager.filter(report__in=told) for model in KINDS.values())
    return _sum(*(_times(rows, "report") for rows in kinds))


def _times(rows: QuerySet[Any], owner: str, *, at: str = "at") -> list[tuple[int, Times]]:
    """Of each owner its first day and the number of its rows."""
    counted = rows.order_by().values_list(owner).annotate(Min(at), Count("pk"))
    return [(pk, Times(timezone.localdate(first), count)) for pk, first, count in counted]


def _sum(*times: list[tuple[int, Times]]) -> dict[int, Times]:
    found: dict[int, Times] = {}
    for pk, each in chain(*times):
        found[pk] = found[pk] + each if pk in found else each
    return found
