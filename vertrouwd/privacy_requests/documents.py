"""What is kept in a dossier, document by document: name, kind and day, never what it says.

The list follows from what is sealed, so that a text of whichever chapter is on it. Beside the texts
stand the coded answers of each report and dossier, the facts of the duties, and what was advised.
What was destroyed is not there to be given. A draft has a record of its own and is no part of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from vertrouwd.advice.entries import KINDS
from vertrouwd.dossiers.casework_terms import PARTICULARS
from vertrouwd.dossiers.models import Correction, Dossier, Opinion, Report
from vertrouwd.dossiers.whereabouts import merged_into
from vertrouwd.duties.models import DutyAssessment, TrackStep
from vertrouwd.privacy_requests.access import dossiers_of
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.standing import Piece
from vertrouwd.privacy_requests.terms import DocumentKind, RequestKind
from vertrouwd.sealing.models import DataKey, SealedText
from vertrouwd.sealing.terms import Purpose

K = DocumentKind
KIND_OF = {
    "note": K.NOTE,
    "task": K.TASK,
    "message": K.MESSAGE,
    "opinion": K.OPINION,
    "weighing": K.WEIGHING,
    "step": K.STEP,
    "advice": K.ADVICE,
    "assist": K.ASSISTANCE,
    "event": K.LEDGER,
    "glass": K.GLASS,
}
CODED, DUTIES, ADVISED, PERSON, WHOLE = "coded", "duties", "advised", "person", "whole"
STORY = "narrative"


@dataclass(frozen=True)
class Document:
    """One document. `fields` are the sealed texts under `record`; empty: it is coded."""

    reference: str  # of the report or the dossier that it belongs to
    name: str  # of it in there
    kind: DocumentKind
    on: date
    version: int
    dossier: Dossier  # through whose door it is opened
    record: str
    fields: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How a weighing names it."""
        return f"{self.reference}.{self.name}"

    @property
    def piece(self) -> Piece:
        """It, as the rule of what stands knows it."""
        return Piece(self.key, self.version)


def documents_of(request: PrivacyRequest) -> list[Document]:
    """What is to be weighed: every document for access, else each dossier as a whole."""
    dossiers = dossiers_of(request)
    if request.kind != RequestKind.ACCESS:
        return [
            Document(d.reference, WHOLE, K.WHOLE, _day(d.opened_at), 1, d, d.record)
            for d in dossiers
        ]
    every = [document for dossier in dossiers for document in _in_dossier(dossier)]
    found = {document.key: document for document in every}  # a part is in the whole too
    return sorted(found.values(), key=lambda each: (each.on, each.reference, each.name))


@dataclass(frozen=True)
class Owner:
    """Whose texts stand under a record; `name`: all of them are one document, called so."""

    reference: str
    name: str = ""


def _in_dossier(dossier: Dossier) -> Iterator[Document]:
    parts = [dossier, *merged_into(dossier)]
    reports = list(dossier.reports.order_by("pk"))
    owners = {each.record: Owner(each.reference) for each in parts}
    owners |= {each.record: Owner(each.reference) for each in reports}
    owners |= {
        each.record: Owner(each.dossier.reference, f"opinion-{each.pk}")
        for each in Opinion.objects.filter(dossier__in=parts).select_related("dossier")
        if each.dossier is not None
    }
    yield from _files(owners, dossier)
    yield from _texts(owners, dossier, received={each.record: each.received_on for each in reports})
    advised = _advised(reports)
    corrected = _corrected(reports, parts)
    for report in reports:
        yield Document(
            report.reference,
            CODED,
            K.CODED,
            report.received_on,
            1 + corrected[report.record],
            dossier,
            report.record,
        )
        if report.pk in advised:
            on, times = advised[report.pk]
            yield Document(report.reference, ADVISED, K.ADVICE, on, times, dossier, report.record)
    coded = _counted(parts)
    duties = _duties(parts)
    for part in parts:
        yield Document(
            part.reference, CODED, K.CODED, _day(part.opened_at),
            1 + coded[part.pk] + corrected[part.record], dossier, part.record,
        )  # fmt: skip
        if part.pk in duties:
            on, times = duties[part.pk]
            yield Document(part.reference, DUTIES, K.DUTIES, on, times, dossier, part.record)


def _texts(
    owners: dict[str, Owner], dossier: Dossier, *, received: dict[str, date]
) -> Iterator[Document]:
    """The sealed texts, those that are one document together as one; what is known of a file is
    no document of its own."""
    rows = (
        SealedText.objects.filter(data_key__record__in=owners)
        .exclude(data_key__purpose=Purpose.ATTACHMENT)
        .order_by()
        .values("data_key__record", "field")
        .annotate(changes=Count("pk"), first=Min("made_at"))
    )
    together: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        name = owners[row["data_key__record"]].name or _name(row["field"])
        together.setdefault((row["data_key__record"], name), []).append(row)
    for (record, name), found in together.items():
        on = min(_day(row["first"]) for row in found)
        if name in (PERSON, STORY):
            on = received.get(record, on)
        yield Document(
            owners[record].reference, name, _kind(name), on, sum(row["changes"] for row in found),
            dossier, record, tuple(sorted({row["field"] for row in found})),
        )  # fmt: skip


def _files(owners: dict[str, Owner], dossier: Dossier) -> Iterator[Document]:
    """The attachments, of which there may be nothing but the sealed file."""
    keys = DataKey.objects.filter(
        record__in=owners, purpose=Purpose.ATTACHMENT, destroyed_at__isnull=True
    )
    for key in keys:
        yield Document(
            owners[key.record].reference, f"attachment-{key.number}", K.ATTACHMENT,
            _day(key.made_at), 1, dossier, key.record,
        )  # fmt: skip


def _name(field: str) -> str:
    if field in PARTICULARS:
        return PERSON
    match = re.match(r"[a-z_]+(?:-[0-9]+)?", field)  # the grounds of both parties are one weighing
    return match[0] if match else "text"


def _kind(name: str) -> DocumentKind:
    word = name.partition("-")[0]
    known = {STORY: K.STORY, PERSON: K.PERSON, "attachment": K.ATTACHMENT} | KIND_OF
    return known.get(word, K.OTHER)


def _corrected(reports: Iterable[Report], parts: Iterable[Dossier]) -> Counter[str]:
    """How often an answer of each was corrected, by record."""
    rows = Correction.objects.filter(Q(report__in=list(reports)) | Q(dossier__in=list(parts)))
    owners = rows.order_by().values_list("report__record", "dossier__record")
    return Counter(of_report or of_dossier for of_report, of_dossier in owners)


def _counted(parts: Iterable[Dossier]) -> dict[int, int]:
    """How often the coding of each was decided."""
    counted = Dossier.objects.filter(pk__in=[part.pk for part in parts])
    return dict(counted.annotate(n=Count("codings")).order_by().values_list("pk", "n"))


def _duties(parts: Iterable[Dossier]) -> dict[int, tuple[date, int]]:
    """Of each: since when there is something about its duties, and how often that changed."""
    numbers = [part.pk for part in parts]
    found: dict[int, tuple[date, int]] = {}
    for model, at in ((DutyAssessment, "at"), (TrackStep, "recorded_at")):
        rows = model.objects.filter(dossier__in=numbers).order_by().values("dossier")
        for row in rows.annotate(n=Count("pk"), first=Min(at), last=Max("pk")):
            on, times = found.get(row["dossier"], (_day(row["first"]), 0))
            found[row["dossier"]] = (min(on, _day(row["first"])), times + row["n"])
    withdrawn = TrackStep.objects.filter(dossier__in=numbers, withdrawn_at__isnull=False)
    for pk in withdrawn.values_list("dossier", flat=True):
        on, times = found[pk]
        found[pk] = (on, times + 1)
    return found


def _advised(reports: Iterable[Report]) -> dict[int, tuple[date, int]]:
    """Of each report: since when there is something about its advice, and how many rows."""
    numbers = [report.pk for report in reports]
    found: dict[int, tuple[date, int]] = {}
    for model in KINDS.values():
        rows = model._default_manager.filter(report__in=numbers).order_by().values("report")
        for row in rows.annotate(n=Count("pk"), first=Min("at")):
            on, times = found.get(row["report"], (_day(row["first"]), 0))
            found[row["report"]] = (min(on, _day(row["first"])), times + row["n"])
    return found


def _day(at: datetime) -> date:
    return timezone.localdate(at)
