"""What opens sealed texts: an unlocked inspector, or a reporter with the code.

Both live in one request only. What cannot be opened raises Unreadable and says no more.
"""

from typing import Protocol

from vertrouwd.sealing.binding import Place
from vertrouwd.sealing.keys import SecretKey, unwrap
from vertrouwd.sealing.models import DataKey, Grant, HolderKey, SealedText
from vertrouwd.sealing.reporter_codes import unwrap_for_reporter
from vertrouwd.sealing.suite import open_sealed
from vertrouwd.sealing.team import NotPinned, check_pinned, covered, is_vouched_for
from vertrouwd.sealing.team_secret import TeamSecret
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable


class Opener(Protocol):
    """Whoever can open some data keys."""

    def data_key(self, data_key: DataKey) -> bytes:
        """The 32 bytes. Raises Unreadable."""


class Opened:
    """An inspector who has unlocked: opens what the team can open.

    Keeps the team secrets it has opened, one per version, for as long as it lives itself.
    """

    def __init__(self, holder_secret: SecretKey, holder: HolderKey) -> None:
        self.holder = holder
        self._secret = holder_secret
        self._secrets: dict[int, TeamSecret] = {}

    def secret_of(self, version: int) -> TeamSecret:
        """The team secret of that version. Raises Unreadable when it was not granted, or revoked.

        The holder's key must be vouched for by the team, and the team by the pin.
        """
        if version not in self._secrets:
            grant = (
                Grant.objects.select_related("team_key__recovery", "holder__signed_by__recovery")
                .filter(team_key__version=version, holder=self.holder.pk)
                .filter(holder__revoked_at__isnull=True)
                .first()
            )
            if grant is None:
                raise Unreadable
            self._secrets[version] = _checked(grant, self._secret)
        return self._secrets[version]

    def own(self, sealed: bytes, *, purpose: Purpose, record: str, version: int) -> bytes:
        """What was sealed to this person alone. Raises Unreadable."""
        return unwrap(sealed, key=self._secret, purpose=purpose, record=record, key_version=version)

    def data_key(self, data_key: DataKey) -> bytes:
        """The 32 bytes of a data key. Raises Unreadable, also when it was destroyed."""
        try:
            return unwrap_data_key(data_key, self.secret_of(data_key.team_key.version))
        except Unreadable:
            # A rotation may have wrapped it to the next team key since the row was read.
            current = DataKey.objects.select_related("team_key").filter(pk=data_key.pk).first()
            if current is None or current.team_key_id == data_key.team_key_id:
                raise
            return unwrap_data_key(current, self.secret_of(current.team_key.version))

    def text(self, sealed: SealedText) -> str:
        """What it says. Raises Unreadable."""
        return open_text(sealed, self.data_key(sealed.data_key))

    def texts(self, record: str, purpose: Purpose) -> dict[str, str]:
        """Field -> its last revision. Raises Unreadable, also when one of them was destroyed."""
        return open_texts(record, purpose, opener=self)


class Mailbox:
    """A reporter who gave the code of one record: opens its thread and attachments, no more."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def data_key(self, data_key: DataKey) -> bytes:
        """The 32 bytes. Raises Unreadable."""
        if data_key.reporter_wrapped is None:
            raise Unreadable
        return unwrap_for_reporter(
            bytes(data_key.reporter_wrapped), key=self._key, record=reporter_place(data_key)
        )

    def text(self, sealed: SealedText) -> str:
        """What it says. Raises Unreadable."""
        return open_text(sealed, self.data_key(sealed.data_key))

    def texts(self, record: str, purpose: Purpose) -> dict[str, str]:
        """Field -> its last revision. Raises Unreadable."""
        return open_texts(record, purpose, opener=self)


def open_texts(record: str, purpose: Purpose, *, opener: Opener) -> dict[str, str]:
    """Field -> its last revision, over all data keys of the purpose. Raises Unreadable."""
    rows = SealedText.objects.select_related("data_key__team_key").order_by("revision")
    last = {
        row.field: row for row in rows.filter(data_key__record=record, data_key__purpose=purpose)
    }
    keys: dict[int, bytes] = {}
    for row in last.values():
        if row.data_key_id not in keys:
            keys[row.data_key_id] = opener.data_key(row.data_key)
    return {field: open_text(row, keys[row.data_key_id]) for field, row in last.items()}


def open_text(sealed: SealedText, key: bytes) -> str:
    """The text under its data key. Raises Unreadable."""
    place = Place(sealed.data_key.record, sealed.field, sealed.revision)
    return open_sealed(key, bytes(sealed.ciphertext), place=place).decode()


def unwrap_data_key(data_key: DataKey, secret: TeamSecret) -> bytes:
    """The 32 bytes with the secret of its team key. Raises Unreadable."""
    if data_key.wrapped is None:
        raise Unreadable
    return unwrap(
        bytes(data_key.wrapped),
        key=secret.key,
        purpose=wrap_purpose(data_key.purpose, data_key.number),
        record=data_key.record,
        key_version=secret.version,
    )


def wrap_purpose(purpose: str, number: int) -> str:
    """What a wrap is bound to besides its record."""
    return f"{purpose} {number}"


def reporter_place(data_key: DataKey) -> str:
    """What the reporter's wrap is bound to."""
    return f"{data_key.record} {wrap_purpose(data_key.purpose, data_key.number)}"


def _checked(grant: Grant, secret: SecretKey) -> TeamSecret:
    holder, team_key = grant.holder, grant.team_key
    try:
        if holder.signed_by is None or not is_vouched_for(holder, holder.signed_by):
            raise Unreadable
        check_pinned(holder.signed_by, may_be_older=False)
        check_pinned(team_key, may_be_older=True)
    except NotPinned:
        raise Unreadable from None
    opened = TeamSecret.opened(
        bytes(grant.sealed_secret), with_key=secret, version=team_key.version
    )
    if opened.public_keys != covered(team_key)[:2]:
        raise Unreadable
    return opened
