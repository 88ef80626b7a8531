"""What is kept in a dossier, document by document: name, kind and day, never what it says.

The list follows from what is sealed, so that a text of whichever chapter is on it. Beside the texts
stand the coded answers of each report and dossier, the facts of the duties, and what was advised.
What was destroyed is not there to be given. A draft has a record of its own and is no part of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from vertrouwd.dossiers.casework_terms import PARTICULARS
from vertrouwd.dossiers.models import Dossier, Report
from vertrouwd.privacy_requests.access import dossiers_of_each
from vertrouwd.privacy_requests.kept import Kept, TextKept, Times, read_kept
from vertrouwd.privacy_requests.models import PrivacyRequest
from vertrouwd.privacy_requests.standing import Piece
from vertrouwd.privacy_requests.terms import DocumentKind, RequestKind

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
    """What is to be weighed: every document for access and erasure, else each dossier whole."""
    return documents_of_each([request], about=dossiers_of_each([request]))[request.pk]


def documents_of_each(
    requests: Iterable[PrivacyRequest], *, about: Mapping[int, list[Dossier]]
) -> dict[int, list[Document]]:
    """The same of many, by number; more requests, dossiers or documents ask no more of the
    database. `about`: the dossiers of each."""
    asked = {each.pk: RequestKind(each.kind).is_by_document for each in requests}
    kept = read_kept(dossier for pk in asked if asked[pk] for dossier in about[pk])
    return {
        pk: _every(about[pk], kept) if is_by_document else [_whole(each) for each in about[pk]]
        for pk, is_by_document in asked.items()
    }


def _whole(dossier: Dossier) -> Document:
    on = timezone.localdate(dossier.opened_at)
    return Document(dossier.reference, WHOLE, K.WHOLE, on, 1, dossier, dossier.record)


def _every(dossiers: Iterable[Dossier], kept: Kept) -> list[Document]:
    every = [document for dossier in dossiers for document in _in_dossier(dossier, kept)]
    found = {document.key: document for document in every}  # a part is in the whole too
    return sorted(found.values(), key=lambda each: (each.on, each.reference, each.name))


@dataclass(frozen=True)
class Owner:
    """Whose texts stand under a record; `name`: all of them are one document, called so."""

    reference: str
    name: str = ""


def _in_dossier(dossier: Dossier, kept: Kept) -> Iterator[Document]:
    parts, reports = kept.parts[dossier.pk], kept.reports[dossier.pk]
    owners = {each.record: Owner(each.reference) for each in parts}
    owners |= {each.record: Owner(each.reference) for each in reports}
    for part in parts:
        owners |= {
            each.record: Owner(part.reference, f"opinion-{each.pk}")
            for each in kept.opinions[part.pk]
        }
    received = {each.record: each.received_on for each in reports}
    for record, owner in owners.items():
        yield from _files(record, owner, dossier, kept)
        yield from _texts(record, owner, dossier, kept, received_on=received.get(record))
    for report in reports:
        yield Document(
            report.reference, CODED, K.CODED, report.received_on,
            1 + kept.corrected[report.record], dossier, report.record,
        )  # fmt: skip
        if advised := kept.advised.get(report.pk):
            yield _counted(advised, ADVISED, K.ADVICE, of=report, dossier=dossier)
    for part in parts:
        yield Document(
            part.reference, CODED, K.CODED, timezone.localdate(part.opened_at),
            1 + kept.coded[part.pk] + kept.corrected[part.record], dossier, part.record,
        )  # fmt: skip
        if duties := kept.duties.get(part.pk):
            yield _counted(duties, DUTIES, K.DUTIES, of=part, dossier=dossier)


def _counted(
    times: Times, name: str, kind: DocumentKind, *, of: Report | Dossier, dossier: Dossier
) -> Document:
    return Document(of.reference, name, kind, times.since, times.changes, dossier, of.record)


def _texts(
    record: str, owner: Owner, dossier: Dossier, kept: Kept, *, received_on: date | None
) -> Iterator[Document]:
    """The sealed texts, those that are one document together as one."""
    together = defaultdict[str, list[TextKept]](list)
    for text in kept.texts[record]:
        together[owner.name or _name(text.field)].append(text)
    for name, found in together.items():
        on = min(text.times.since for text in found)
        if name in (PERSON, STORY) and received_on:
            on = received_on
        yield Document(
            owner.reference, name, _kind(name), on, sum(text.times.changes for text in found),
            dossier, record, tuple(sorted({text.field for text in found})),
        )  # fmt: skip


def _files(record: str, owner: Owner, dossier: Dossier, kept: Kept) -> Iterator[Document]:
    """The attachments, of which there may be nothing but the sealed file."""
    for number, on in kept.files[record]:
        yield Document(
            owner.reference, f"attachment-{number}", K.ATTACHMENT, on, 1, dossier, record
        )


def _name(field: str) -> str:
    if field in PARTICULARS:
        return PERSON
    match = re.match(r"[a-z_]+(?:-[0-9]+)?", field)  # the grounds of both parties are one weighing
    return match[0] if match else "text"


def _kind(name: str) -> DocumentKind:
    word = name.partition("-")[0]
    known = {STORY: K.STORY, PERSON: K.PERSON, "attachment": K.ATTACHMENT} | KIND_OF
    return known.get(word, K.OTHER)
