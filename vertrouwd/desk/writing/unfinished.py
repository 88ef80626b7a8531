"""What somebody was writing when they stopped, for the first page: where, and never what."""

from dataclasses import dataclass
from datetime import datetime

from vertrouwd.accounts.models import User
from vertrouwd.dossiers.access import visible_dossiers
from vertrouwd.dossiers.casework_terms import DraftKind
from vertrouwd.dossiers.drafts import unfinished


@dataclass(frozen=True)
class Unfinished:
    """Where to go on. `dossiers`: the references of those in which a note or message waits."""

    calls: int
    dossiers: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.calls or self.dossiers)


def unfinished_of(person: User, *, now: datetime) -> Unfinished:
    """One question, and one more when a note or message waits: only dossiers that one may open."""
    drafts = [draft for draft in unfinished(person, now=now) if not draft.is_lost]  # type: ignore[attr-defined]
    places = [
        draft.report.dossier_id if draft.report else draft.dossier_id
        for draft in drafts
        if draft.kind != DraftKind.CALL
    ]
    numbers = {number for number in places if number is not None}
    seen = visible_dossiers(person, now=now).filter(pk__in=numbers) if numbers else ()
    return Unfinished(
        calls=sum(draft.kind == DraftKind.CALL for draft in drafts),
        dossiers=tuple(sorted(dossier.reference for dossier in seen)),
    )
