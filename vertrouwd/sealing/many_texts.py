"""Open the texts of many records at once: more records ask no more of the database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef

from vertrouwd.sealing.models import SealedText
from vertrouwd.sealing.opening import Opener, open_text
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable


@dataclass(frozen=True)
class OpenedText:
    """One text in its last revision."""

    purpose: Purpose
    field: str
    words: str
    sealed_at: datetime


@dataclass
class OpenedTexts:
    """Those of one record; `unreadable`: some were destroyed or cannot be opened."""

    texts: list[OpenedText] = field(default_factory=list)
    unreadable: bool = False

    def words(self, name: str) -> str | None:
        """What was sealed under this name; None when nothing was, or it cannot be opened."""
        return next((text.words for text in self.texts if text.field == name), None)


def open_many(
    records: Iterable[str], *, purposes: Iterable[Purpose], opener: Opener
) -> dict[str, OpenedTexts]:
    """Record -> its texts of these purposes; every record asked for is there."""
    found = {record: OpenedTexts() for record in records}
    keys: dict[int, bytes | None] = {}
    for row in _last_of(list(found), list(purposes)):
        of = found[row.data_key.record]
        if row.data_key_id not in keys:
            keys[row.data_key_id] = _key(row, opener)
        words = _words(row, keys[row.data_key_id])
        if words is None:
            of.unreadable = True
        else:
            purpose = Purpose(row.data_key.purpose)
            of.texts.append(OpenedText(purpose, row.field, words, row.made_at))
    return found


def _last_of(records: list[str], purposes: list[Purpose]) -> Iterable[SealedText]:
    """The last revision of each field."""
    later = SealedText.objects.filter(
        data_key__record=OuterRef("data_key__record"),
        data_key__purpose=OuterRef("data_key__purpose"),
        field=OuterRef("field"),
        revision__gt=OuterRef("revision"),
    )
    rows = SealedText.objects.filter(data_key__record__in=records, data_key__purpose__in=purposes)
    return rows.exclude(Exists(later)).select_related("data_key__team_key").order_by("pk")


def _key(row: SealedText, opener: Opener) -> bytes | None:
    if row.data_key.destroyed_at is not None:
        return None
    try:
        return opener.data_key(row.data_key)
    except Unreadable:
        return None


def _words(row: SealedText, key: bytes | None) -> str | None:
    try:
        return open_text(row, key) if key is not None else None
    except Unreadable:
        return None
