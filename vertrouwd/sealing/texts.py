"""Seal texts: to the team, and where a mailbox key is given to the reporter as well.

Whoever seals need not be able to open. A later text of a purpose goes under the data key that is
there when the one who seals can open it: a reporter with the mailbox key, an inspector who has
unlocked. Who can do neither (an import, a phone call noted by a colleague whose key is not granted
yet) makes another data key for the same purpose, numbered on; reading joins them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from vertrouwd.audit.record import Actor
from vertrouwd.audit.record import record as write_line
from vertrouwd.bulk import insert
from vertrouwd.sealing.binding import Place
from vertrouwd.sealing.keys import wrap
from vertrouwd.sealing.models import DataKey, SealedText, TeamKey
from vertrouwd.sealing.opening import Mailbox, Opener, reporter_place, wrap_purpose
from vertrouwd.sealing.reporter_codes import wrap_for_reporter
from vertrouwd.sealing.suite import new_key, seal
from vertrouwd.sealing.team import live_team, public_key
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

Texts = Mapping[str, str]  # field -> text
BATCH = 500
TO_THE_REPORTER = frozenset({Purpose.THREAD, Purpose.ATTACHMENT})


class Destroyed(Exception):
    """What was sealed for this purpose was destroyed; nothing is added to it."""

    def __init__(self) -> None:
        super().__init__("This was destroyed: nothing can be added to it.")


@transaction.atomic
def seal_texts(
    record: str,
    purpose: Purpose,
    texts: Texts,
    *,
    by: Actor,
    mailbox_key: bytes | None = None,
    salt: bytes | None = None,
    opened: Opener | None = None,
    revision: int | None = None,
    now: datetime | None = None,
) -> DataKey:
    """Seal the texts of one purpose of a record, and return the data key they are under.

    `mailbox_key` (32 bytes, made with `salt`) lets the reporter open them too; `opened` is the
    inspector's. `revision` is the one after the last of each field unless given. The caller's
    transaction stores all of it or nothing. Raises Destroyed, NoTeam, NotPinned, Unreadable when
    the mailbox key is not that of the thread, and ValueError when a purpose that is the team's
    only comes with a mailbox key.
    """
    at = now or timezone.now()
    opener = Mailbox(mailbox_key) if mailbox_key else opened
    data_key, key = _existing(record, purpose, opener) or make_data_key(
        record, purpose, mailbox_key=mailbox_key, salt=salt, now=at
    )
    last = {} if revision else _last_revisions(record, purpose)
    SealedText.objects.bulk_create(
        _sealed(data_key, key, field, text, revision or last.get(field, 0) + 1, at)
        for field, text in texts.items()
    )
    write_line(
        by=by, action="seal_texts", kind="record", object=record,
        detail={"purpose": purpose.name.lower(), "texts": len(texts)},
    )  # fmt: skip
    return data_key


@transaction.atomic
def seal_many(
    rows: Iterable[tuple[str, Purpose, Texts]],
    *,
    by: Actor,
    mailbox_key: bytes | None = None,
    salt: bytes | None = None,
    now: datetime | None = None,
) -> list[DataKey]:
    """Seal the first texts of many new records to the team; one line of the log.

    `mailbox_key`, made with `salt`, is that of one reporter, who then opens those of a purpose that
    is for a reporter too. No row may be about a purpose of a record that is there already
    (IntegrityError). Raises NoTeam, NotPinned.
    """
    at, team_key = now or timezone.now(), live_team()
    data_keys: list[DataKey] = []
    texts, waiting = 0, iter(rows)
    while batch := list(islice(waiting, BATCH)):
        made = [(*_new_data_key(record, p, 0, team_key, at), fields) for record, p, fields in batch]
        if mailbox_key and salt:
            for data_key, key, _ in made:
                if data_key.purpose in TO_THE_REPORTER:
                    _open_to_reporter(data_key, key, mailbox_key=mailbox_key, salt=salt)
        insert([data_key for data_key, _, _ in made])
        data_keys += [data_key for data_key, _, _ in made]
        sealed = [
            _sealed(data_key, key, field, text, 1, at)
            for data_key, key, fields in made
            for field, text in fields.items()
        ]
        insert(sealed)
        texts += len(sealed)
    if data_keys:
        detail = {"data_keys": len(data_keys), "texts": texts}
        write_line(by=by, action="seal_texts", kind="record", detail=detail)
    return data_keys


def make_data_key(
    record: str,
    purpose: Purpose,
    *,
    mailbox_key: bytes | None = None,
    salt: bytes | None = None,
    key: bytes | None = None,
    now: datetime | None = None,
) -> tuple[DataKey, bytes]:
    """A new data key, stored, and its 32 bytes.

    `key` gives them. Needs an open transaction. Raises as `seal_texts`.
    """
    key = key or new_key()
    (data_key,) = make_data_keys(
        record, purpose, [key], mailbox_key=mailbox_key, salt=salt, now=now
    )
    return data_key, key


def make_data_keys(
    record: str,
    purpose: Purpose,
    keys: Sequence[bytes],
    *,
    mailbox_key: bytes | None = None,
    salt: bytes | None = None,
    now: datetime | None = None,
) -> list[DataKey]:
    """New data keys of these 32 bytes each, stored and numbered on, in as many statements as one.

    A file is sealed as it comes in, before it is known whose it is: its key is there already. Needs
    an open transaction. Raises as `seal_texts`.
    """
    if mailbox_key and purpose not in TO_THE_REPORTER:
        raise ValueError("What is the team's only is not sealed to the reporter.")
    if bool(mailbox_key) != bool(salt):
        raise ValueError("A mailbox key comes with the salt it was made with.")
    last = DataKey.objects.filter(record=record, purpose=purpose).aggregate(n=Max("number"))["n"]
    first, at, team_key = 0 if last is None else last + 1, now or timezone.now(), live_team()
    made = []
    for number, key in enumerate(keys, first):
        data_key, _ = _new_data_key(record, purpose, number, team_key, at, key=key)
        if mailbox_key and salt:
            _open_to_reporter(data_key, key, mailbox_key=mailbox_key, salt=salt)
        made.append(data_key)
    return DataKey.objects.bulk_create(made)


def seal_under(data_key: DataKey, key: bytes, texts: Texts, *, now: datetime) -> None:
    """Seal the first revision of texts under a data key that is at hand with its 32 bytes."""
    seal_under_each([(data_key, key, texts)], now=now)


def seal_under_each(rows: Iterable[tuple[DataKey, bytes, Texts]], *, now: datetime) -> None:
    """The same for many data keys, in one statement."""
    SealedText.objects.bulk_create(
        _sealed(data_key, key, field, text, 1, now)
        for data_key, key, texts in rows
        for field, text in texts.items()
    )


def _existing(record: str, purpose: Purpose, opener: Opener | None) -> tuple[DataKey, bytes] | None:
    """The newest data key of the purpose that can be opened here, held until we are done."""
    rows = DataKey.objects.select_for_update(of=("self",)).select_related("team_key")
    found = list(rows.filter(record=record, purpose=purpose).order_by("-number"))
    if any(data_key.destroyed_at for data_key in found):
        raise Destroyed
    if opener is None:
        return None
    for data_key in found:
        try:
            return data_key, opener.data_key(data_key)
        except Unreadable:
            continue
    if found and isinstance(opener, Mailbox):
        raise Unreadable  # whoever has another code does not write in this conversation
    return None


def _last_revisions(record: str, purpose: Purpose) -> dict[str, int]:
    rows = SealedText.objects.filter(data_key__record=record, data_key__purpose=purpose)
    return dict(rows.order_by().values_list("field").annotate(Max("revision")))


def _new_data_key(
    record: str,
    purpose: Purpose,
    number: int,
    team_key: TeamKey,
    at: datetime,
    *,
    key: bytes | None = None,
) -> tuple[DataKey, bytes]:
    key = key or new_key()
    wrapped = wrap(
        key,
        to=public_key(team_key),
        purpose=wrap_purpose(purpose, number),
        record=record,
        key_version=team_key.version,
    )
    data_key = DataKey(
        record=record, purpose=purpose, number=number, team_key=team_key, wrapped=wrapped,
        made_at=at,
    )  # fmt: skip
    return data_key, key


def _open_to_reporter(data_key: DataKey, key: bytes, *, mailbox_key: bytes, salt: bytes) -> None:
    data_key.reporter_salt = salt
    data_key.reporter_wrapped = wrap_for_reporter(
        key, key=mailbox_key, record=reporter_place(data_key)
    )


def _sealed(
    data_key: DataKey, key: bytes, field: str, text: str, revision: int, at: datetime
) -> SealedText:
    place = Place(data_key.record, field, revision)
    sealed = seal(key, text.encode(), place=place)
    return SealedText(
        data_key=data_key, field=field, revision=revision, ciphertext=sealed, made_at=at
    )
