"""The key of a person: made, opened with a passphrase or a passkey, given another way in, replaced.

A key is made in two steps, so that nothing is stored of a passphrase that nobody wrote down: the
new slot travels through the browser, sealed under the phrase it belongs to and signed, until the
phrase is typed and opens it. The phrase itself is in no field, session, cookie or table.
"""

import base64
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from vertrouwd.accounts.models import Holding, User
from vertrouwd.accounts.terms import SlotKind
from vertrouwd.accounts.unlock.models import UnlockSlot
from vertrouwd.accounts.unlock.passkeys import passkeys_of
from vertrouwd.accounts.unlock.pepper import PepperMissing, pepper
from vertrouwd.accounts.unlock.seals import (
    PRF_BYTES,
    SlotPlace,
    open_seed,
    passkey_key,
    pepper_mark,
    seal_seed,
)
from vertrouwd.accounts.unlock.session_key import lock
from vertrouwd.audit.record import record
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import Grant, HolderKey
from vertrouwd.sealing.overwriting import overwrite_what_goes
from vertrouwd.sealing.passphrases import generate, new_salt, passphrase_key
from vertrouwd.sealing.unreadable import Unreadable

MINUTES_TO_RETYPE = 15
PATIENCE = 2.0  # seconds to wait for a turn before the page says that it is busy


class PepperLost(PepperMissing):
    """The pepper is another one than when this key was made."""


class Late(Exception):
    """What was to be typed over was shown too long ago, or in another session."""


@dataclass(frozen=True)
class NewSlot:
    """What will be stored of one way to open a key."""

    kind: SlotKind
    salt: bytes
    sealed_seed: bytes
    pepper_mark: str
    credential: bytes = b""


@dataclass(frozen=True, repr=False)
class Draft:
    """A passphrase to be written down, and the slot it opens, which travels with the page."""

    phrase: str
    travelling: str


@sensitive_variables()
def draft(secret: SecretKey, *, session_key: str, by: User) -> Draft:
    """A new passphrase for this secret; nothing is stored. Raises Busy, PepperMissing."""
    phrase, salt, with_pepper = generate(), new_salt(), pepper()
    key = passphrase_key(phrase, salt=salt, pepper=with_pepper, patience=PATIENCE)
    sealed = seal_seed(key, secret.seed, place=SlotPlace(SlotKind.PASSPHRASE, salt))
    parts = [base64.b64encode(part).decode() for part in (salt, sealed)]
    return Draft(phrase, signing.dumps(parts, salt=_signed_for(session_key, by)))


@sensitive_variables()
def retyped(travelling: str, phrase: str, *, session_key: str, by: User) -> "Retyped":
    """The secret and the slot to store, when the phrase is right.

    Raises Unreadable for another phrase, Late, Busy, PepperMissing.
    """
    try:
        parts = signing.loads(
            travelling, salt=_signed_for(session_key, by), max_age=60 * MINUTES_TO_RETYPE
        )
    except signing.BadSignature:
        raise Late from None
    salt, sealed = map(base64.b64decode, parts)
    with_pepper = pepper()
    key = passphrase_key(phrase, salt=salt, pepper=with_pepper, patience=PATIENCE)
    secret = SecretKey(open_seed(key, sealed, place=SlotPlace(SlotKind.PASSPHRASE, salt)))
    return Retyped(secret, NewSlot(SlotKind.PASSPHRASE, salt, sealed, pepper_mark(with_pepper)))


@dataclass(frozen=True, repr=False)
class Retyped:
    """A secret whose passphrase somebody has, and the slot that it opens."""

    secret: SecretKey
    slot: NewSlot


@transaction.atomic
def make_key(*, made: Retyped, by: User, now: datetime | None = None) -> HolderKey:
    """Store a new holder key with its passphrase; a key of before is revoked.

    Nothing is lost: what the team can open stays sealed to the colleagues, and one of them grants.
    A form that is sent once more makes no second key: it would end what was granted meanwhile.
    """
    now = now or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    holding = Holding.objects.select_related("holder").filter(user=by).first()
    if holding and bytes(holding.holder.public_key) == made.secret.public.data:
        return holding.holder
    holder = HolderKey.objects.create(public_key=made.secret.public.data, made_at=now)
    if holding is None:
        Holding.objects.create(user=by, holder=holder)
    else:
        lock(user=by, by=by, now=now)
        _retire(holding.holder, by=by, now=now)
        holding.holder = holder
        holding.save(update_fields=["holder"])
    _store(holder, made.slot, now)
    record(by=by, action="make_key", kind="holder_key", object=holder.reference)
    return holder


@transaction.atomic
def change_passphrase(
    *, holder: HolderKey, made: Retyped, by: User, now: datetime | None = None
) -> None:
    """Put a new passphrase in the place of the old one. Raises Unreadable for another key's."""
    if made.secret.public.data != bytes(holder.public_key):
        raise Unreadable
    overwrite_what_goes()
    holder.unlock_slots.filter(kind=SlotKind.PASSPHRASE).delete()
    _store(holder, made.slot, now or timezone.now())
    record(by=by, action="change_passphrase", kind="holder_key", object=holder.reference)


@transaction.atomic
@sensitive_variables()
def add_passkey(
    *,
    secret: SecretKey,
    holder: HolderKey,
    credential: bytes,
    salt: bytes,
    prf: bytes,
    by: User,
    now: datetime | None = None,
) -> UnlockSlot:
    """Let a passkey of this person unlock, by what it answered (32 bytes) to that salt.

    Raises Unreadable when the passkey is not theirs, ValueError for an answer or salt of
    another size.
    """
    if len(salt) != PRF_BYTES:
        raise ValueError(f"The salt for a passkey has {PRF_BYTES} bytes, not {len(salt)}.")
    if credential not in passkeys_of(by) or secret.public.data != bytes(holder.public_key):
        raise Unreadable
    with_pepper = pepper()
    key = passkey_key(prf, salt=salt, pepper=with_pepper)
    sealed = seal_seed(key, secret.seed, place=SlotPlace(SlotKind.PASSKEY, salt, credential))
    _passkey_slots(holder, credential).delete()
    slot = NewSlot(SlotKind.PASSKEY, salt, sealed, pepper_mark(with_pepper), credential)
    record(
        by=by,
        action="add_slot",
        kind="holder_key",
        object=holder.reference,
        detail={"way": "passkey"},
    )
    return _store(holder, slot, now or timezone.now())


@transaction.atomic
def forget_passkey(*, by: User, credential_id: bytes, user: User | None = None) -> int:
    """A passkey of `user` (else of `by`) unlocks no more; returns how many slots went."""
    holder = holder_of(user or by)
    if holder is None:
        return 0
    overwrite_what_goes()
    gone = _passkey_slots(holder, credential_id).delete()[0]
    if gone:
        detail = {"way": "passkey"}
        record(
            by=by, action="remove_slot", kind="holder_key", object=holder.reference, detail=detail
        )
    return gone


@sensitive_variables()
def open_with_phrase(phrase: str, *, by: User) -> SecretKey:
    """The secret of this person. Raises Unreadable, Busy, PepperMissing."""
    slot = _slot(by, kind=SlotKind.PASSPHRASE)
    key = passphrase_key(phrase, salt=bytes(slot.salt), pepper=_pepper_of(slot), patience=PATIENCE)
    return _opened(slot, key)


@sensitive_variables()
def open_with_passkey(credential: bytes, prf: bytes, *, by: User) -> SecretKey:
    """The secret of this person, by what the passkey answered. Raises Unreadable, PepperMissing."""
    slot = _slot(by, kind=SlotKind.PASSKEY, credential=credential)
    if credential not in passkeys_of(by):
        raise Unreadable
    try:
        key = passkey_key(prf, salt=bytes(slot.salt), pepper=_pepper_of(slot))
    except ValueError:
        raise Unreadable from None
    return _opened(slot, key)


def holder_of(user: User) -> HolderKey | None:
    """The holder key of this person, None when there is none or it was revoked."""
    keys = HolderKey.objects.filter(holding__user=user, revoked_at__isnull=True)
    return keys.first()


def slots_of(user: User) -> list[UnlockSlot]:
    """With what this person can unlock: first the passphrase; no passkey that is gone."""
    found = UnlockSlot.objects.filter(
        holder__holding__user=user, holder__revoked_at__isnull=True
    ).order_by("pk")
    phrases = [slot for slot in found if slot.kind == SlotKind.PASSPHRASE]
    passkeys = [slot for slot in found if slot.kind == SlotKind.PASSKEY]
    names = passkeys_of(user) if passkeys else {}
    return phrases + [slot for slot in passkeys if bytes(slot.credential) in names]


def _slot(user: User, **which: object) -> UnlockSlot:
    slot = UnlockSlot.objects.select_related("holder").filter(
        holder__holding__user=user, holder__revoked_at__isnull=True, **which
    ).first()  # fmt: skip
    if slot is None:
        raise Unreadable
    return slot


def _passkey_slots(holder: HolderKey, credential: bytes) -> QuerySet[UnlockSlot]:
    return holder.unlock_slots.filter(kind=SlotKind.PASSKEY, credential=credential)


@sensitive_variables()
def _opened(slot: UnlockSlot, key: bytes) -> SecretKey:
    """The seed in the slot, when it belongs to the holder whose slot it is said to be."""
    place = SlotPlace(slot.kind, bytes(slot.salt), bytes(slot.credential), slot.version)
    secret = SecretKey(open_seed(key, bytes(slot.sealed_seed), place=place))
    if secret.public.data != bytes(slot.holder.public_key):
        raise Unreadable
    return secret


def _pepper_of(slot: UnlockSlot) -> bytes:
    found = pepper()
    if pepper_mark(found) != slot.pepper_mark:
        raise PepperLost("The pepper is not the one that this key was made with.")
    return found


def _store(holder: HolderKey, slot: NewSlot, now: datetime) -> UnlockSlot:
    return UnlockSlot.objects.create(holder=holder, made_at=now, **asdict(slot))


def _retire(holder: HolderKey, *, by: User, now: datetime) -> None:
    """A key whose secret nobody can open any more: what was sealed to it goes."""
    overwrite_what_goes()
    holder.unlock_slots.all().delete()
    Grant.objects.filter(holder=holder).delete()
    HolderKey.objects.filter(pk=holder.pk, revoked_at__isnull=True).update(revoked_at=now)
    record(by=by, action="retire_key", kind="holder_key", object=holder.reference)


def _signed_for(session_key: str, by: User) -> str:
    return f"vertrouwd.accounts.unlock.keys {by.pk} {session_key}"
