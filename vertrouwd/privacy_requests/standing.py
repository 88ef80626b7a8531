"""How far a request is: which documents are weighed, and whether the second look still holds. No
Django.

Weighings are only added; the last of a document stands. A second look holds for exactly what was
looked at: a document that came or changed, a weighing that changed, or another who asks opens it
again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from vertrouwd.privacy_requests.terms import IdentityCheck, Outcome, Stage, Verdict


@dataclass(frozen=True)
class Piece:
    """A document as it is now: its name, and how often it changed."""

    document: str
    version: int


@dataclass(frozen=True)
class Weighed:
    """One weighing of a document, in the version that was read."""

    number: int
    document: str
    version: int
    outcome: Outcome


@dataclass(frozen=True)
class Looked:
    """What the second person said of which contents; `last`: the newest weighing then."""

    contents: str
    verdict: Verdict
    last: int = 0


def last_of_each(weighings: Iterable[Weighed]) -> dict[str, Weighed]:
    """Document -> the weighing that stands."""
    return {each.document: each for each in sorted(weighings, key=lambda each: each.number)}


def to_weigh(pieces: Iterable[Piece], standing: Mapping[str, Weighed]) -> list[Piece]:
    """What is not weighed yet, or changed since."""
    return [
        piece
        for piece in pieces
        if piece.document not in standing or standing[piece.document].version != piece.version
    ]


def contents_of(
    pieces: Iterable[Piece], standing: Mapping[str, Weighed], *, why_none: str = "", who: str = ""
) -> str:
    """The digest of what there is to look at: each document with its weighing, and for whom.

    `why_none`: why there is no document, which is then what is looked at. `who`: what is known of
    who asks.
    """
    numbers = {document: each.number for document, each in standing.items()}
    lines = sorted(f"{p.document} {p.version} {numbers.get(p.document, 0)}" for p in pieces)
    lines += [why_none, who]
    return sha256("\n".join(lines).encode()).hexdigest()[:32]


def changed_since(standing: Mapping[str, Weighed], look: Looked | None) -> set[str]:
    """The documents of which the weighing is newer than the last second look."""
    last = look.last if look else 0
    return {document for document, each in standing.items() if each.number > last}


def stage_of(
    *,
    identity: IdentityCheck | None,
    has_dossiers: bool,
    nothing_found: bool,
    pieces: Iterable[Piece],
    standing: Mapping[str, Weighed],
    look: Looked | None,
    contents: str,
    is_sent: bool = False,
    is_withdrawn: bool = False,
) -> Stage:
    """What is to be done next. Whose identity cannot be established gets no document weighed.

    `contents` is the digest of what there is now.
    """
    if is_sent or is_withdrawn:
        return Stage.SENT if is_sent else Stage.WITHDRAWN
    if identity is None:
        return Stage.IDENTITY
    if identity is not IdentityCheck.NOT_ESTABLISHED:
        if not has_dossiers and not nothing_found:
            return Stage.DOSSIERS
        if to_weigh(pieces, standing):
            return Stage.WEIGHING
    if look is None or look.contents != contents:
        return Stage.SECOND_LOOK
    return Stage.LETTER if look.verdict is Verdict.AGREES else Stage.RETURNED
