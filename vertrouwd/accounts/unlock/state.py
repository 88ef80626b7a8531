"""Where somebody stands with their key: none, waiting for a colleague, granted."""

from enum import StrEnum
from typing import Any

from django.http import HttpRequest

from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.terms import SlotKind
from vertrouwd.accounts.unlock.keys import holder_of, slots_of
from vertrouwd.accounts.unlock.pages import passkey_options
from vertrouwd.accounts.unlock.passkeys import passkeys_of
from vertrouwd.accounts.unlock.session_key import person, secret_of
from vertrouwd.sealing.models import Grant, HolderKey, TeamKey
from vertrouwd.sealing.terms import KeyState as TeamKeyState


class KeyState(StrEnum):
    """What the page «Mijn sleutel» tells."""

    NONE = "none"
    WAITING = "waiting"
    GRANTED = "granted"


def state_of(holder: HolderKey | None) -> KeyState:
    """Granted: the secret of the live team key is sealed to it."""
    if holder is None:
        return KeyState.NONE
    is_granted = Grant.objects.filter(holder=holder, team_key__state=TeamKeyState.LIVE).exists()
    return KeyState.GRANTED if is_granted else KeyState.WAITING


def key_page(request: HttpRequest) -> dict[str, Any]:
    """What the page shows. The fingerprint follows from the secret, never from the database: who
    exchanged the public key there must not be believed."""
    user = person(request)
    holder, found = holder_of(user), secret_of(request)
    slots = slots_of(user)
    phrase = next((slot for slot in slots if slot.kind == SlotKind.PASSPHRASE), None)
    unlocks = passkey_options(slots, user)
    return {
        "state": state_of(holder),
        "has_team": TeamKey.objects.filter(state=TeamKeyState.LIVE).exists(),
        "holder": holder,
        "fingerprint": found[0].public.fingerprint if found else "",
        "is_unlocked": found is not None,
        "phrase_since": phrase.made_at if phrase else None,
        "passkeys": unlocks,
        "more_passkeys": len(passkeys_of(user)) > len(unlocks),
        "may_grant": user.may(Permission.GRANT_KEYS),
    }
