"""Everything about a request, or many, read at once: documents, weighings, the second look."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.whereabouts import went_elsewhere
from vertrouwd.privacy_requests.access import dossiers_of_each
from vertrouwd.privacy_requests.documents import Document, documents_of_each
from vertrouwd.privacy_requests.models import PrivacyRequest, SecondLook, Weighing
from vertrouwd.privacy_requests.standing import (
    Looked,
    Piece,
    Weighed,
    changed_since,
    contents_of,
    last_of_each,
    stage_of,
    to_weigh,
)
from vertrouwd.privacy_requests.terms import IdentityCheck, Outcome, Stage, Verdict

Row = TypeVar("Row", Weighing, SecondLook)


@dataclass(frozen=True)
class State:
    """How a request stands. `weighings`: by document, the last; also of one that is gone."""

    request: PrivacyRequest
    dossiers: list[Dossier]
    documents: list[Document]
    weighings: dict[str, Weighing]
    look: SecondLook | None
    stage: Stage
    unweighed: frozenset[str]
    changed: frozenset[str]  # weighed since the last second look
    contents: str

    def document(self, key: str) -> Document | None:
        """The document of this name, when it is there."""
        return next((each for each in self.documents if each.key == key), None)

    @property
    def moved(self) -> list[tuple[Dossier, set[int]]]:
        """The dossiers that no longer hold a report: what was told is in others now (their
        numbers), which the request is not about."""
        went = went_elsewhere(each.pk for each in self.dossiers)
        return [(each, went[each.pk]) for each in self.dossiers if each.pk in went]

    @property
    def decided(self) -> list[tuple[Document, Weighing]]:
        """Each document with the weighing that holds for it as it is."""
        return [
            (each, self.weighings[each.key])
            for each in self.documents
            if each.key not in self.unweighed
        ]


def state_of(request: PrivacyRequest) -> State:
    """Read it. An answered request is shown as it was decided, without what came later."""
    return states_of([request])[0]


def states_of(requests: Iterable[PrivacyRequest]) -> list[State]:
    """The same of many; more of them ask no more of the database."""
    asked = list(requests)
    about = dossiers_of_each(asked)
    documents = documents_of_each(filter(_is_weighed, asked), about=about)
    rows = _of_each(Weighing.objects.filter(request__in=asked))
    looks = _of_each(SecondLook.objects.filter(request__in=asked))
    return [
        _state(
            each,
            about[each.pk],
            documents.get(each.pk, []),
            rows[each.pk],
            looks[each.pk][-1] if looks[each.pk] else None,
        )
        for each in asked
    ]


def _of_each(rows: QuerySet[Row]) -> defaultdict[int, list[Row]]:
    """By the number of the request, the newest last, with who did it."""
    found = defaultdict[int, list[Row]](list)
    for row in rows.select_related("by").order_by("pk"):
        found[row.request_id].append(row)
    return found


def _state(
    request: PrivacyRequest,
    dossiers: list[Dossier],
    documents: list[Document],
    rows: list[Weighing],
    look: SecondLook | None,
) -> State:
    if not request.is_open:
        known = {row.document for row in rows}
        documents = [each for each in documents if each.key in known]
    standing = last_of_each(
        Weighed(row.pk, row.document, row.version, Outcome(row.outcome)) for row in rows
    )
    pieces = [each.piece for each in documents]
    looked = Looked(look.contents, Verdict(look.verdict), look.last) if look else None
    contents = contents_of(pieces, standing, why_none=_why_none(request), who=_who(request))
    return State(
        request=request,
        dossiers=dossiers,
        documents=documents,
        weighings={row.document: row for row in rows},
        look=look,
        stage=stage_of(
            identity=IdentityCheck(request.identity) if request.identity else None,
            has_dossiers=bool(dossiers),
            nothing_found=request.nothing_found_at is not None,
            pieces=pieces,
            standing=standing,
            look=looked,
            contents=contents,
            is_sent=request.sent_on is not None,
            is_withdrawn=request.withdrawn_on is not None,
        ),
        unweighed=frozenset(piece.document for piece in _open(request, pieces, standing)),
        changed=frozenset(changed_since(standing, looked)),
        contents=contents,
    )


def _open(
    request: PrivacyRequest, pieces: list[Piece], standing: dict[str, Weighed]
) -> list[Piece]:
    return to_weigh(pieces, standing) if request.is_open else []


def _is_weighed(request: PrivacyRequest) -> bool:
    """Of somebody whose identity cannot be established no document is weighed."""
    return request.identity != IdentityCheck.NOT_ESTABLISHED


def _why_none(request: PrivacyRequest) -> str:
    """Of nothing found also when: said once more after it was given back, it is looked at again."""
    if not _is_weighed(request):
        return "not established"
    at = request.nothing_found_at
    return f"nothing found {_when(at)}" if at is not None else ""


def _who(request: PrivacyRequest) -> str:
    """With when it was checked, also that it cannot be: what may be given to one is not weighed
    for another, and what was said once more is looked at again."""
    return f"{request.asker} {_when(request.identity_at)}"


def _when(at: datetime | None) -> str:
    return at.isoformat() if at else ""
