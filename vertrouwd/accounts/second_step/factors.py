"""The second factors of a person: codes from an app, recovery codes, passkeys.

They lie in allauth's table `Authenticator`; secrets in it are sealed (`totp_secrets`).
"""

import time
from dataclasses import dataclass
from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction

from vertrouwd.accounts.models import User

TOTP, RECOVERY, PASSKEY = "totp", "recovery_codes", "webauthn"
STEP_SECONDS = 30
TOLERANCE = 1  # steps that a clock may differ


@dataclass(frozen=True)
class Passkey:
    """A passkey as its owner sees it."""

    pk: int
    name: str
    made_at: datetime
    last_used_at: datetime | None


def has_factor(user: User) -> bool:
    """Whether there is a second step to ask; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=[TOTP, PASSKEY]).exists()


def has_codes(user: User) -> bool:
    """Whether an app makes codes for this person."""
    return Authenticator.objects.filter(user=user, type=TOTP).exists()


def passkeys(user: User) -> list[Passkey]:
    """The passkeys of a person, the oldest first."""
    rows = Authenticator.objects.filter(user=user, type=PASSKEY).order_by("pk")
    return [Passkey(r.pk, r.wrap().name, r.created_at, r.last_used_at) for r in rows]


def recovery_codes_left(user: User) -> int:
    """How many recovery codes of this person were not used yet."""
    row = Authenticator.objects.filter(user=user, type=RECOVERY).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


def check_code(user: User, code: str) -> str:
    """Which factor this code belongs to (`totp`, `recovery_codes`), empty when to none.

    A code of the app is accepted once: the counter of the last one is kept, and only a later one
    will do. A recovery code is crossed out.
    """
    code = "".join(code.split()).replace("-", "")
    if not code.isascii():
        return ""
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(
            user=user, type__in=[TOTP, RECOVERY]
        )
        for row in rows:
            accepted = _check_totp if row.type == TOTP else _check_recovery
            if accepted(row, code):
                row.record_usage()
                return str(row.type)
    return ""


def counter_of(secret: str, code: str, *, after: int, now: float) -> int | None:
    """The step of 30 seconds (RFC 6238) that the code belongs to, if it is near now and later than
    `after`; None when the code is wrong or was used."""
    current = int(now) // STEP_SECONDS
    for counter in range(max(current - TOLERANCE, after + 1), current + TOLERANCE + 1):
        expected = format_hotp_value(hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=expected):
            return counter
    return None


def _check_totp(row: Authenticator, code: str) -> bool:
    secret = get_adapter().decrypt(row.data["secret"])
    counter = counter_of(secret, code, after=row.data.get("last_counter", -1), now=time.time())
    if counter is None:
        return False
    row.data["last_counter"] = counter
    row.save(update_fields=["data"])
    return True


def _check_recovery(row: Authenticator, code: str) -> bool:
    return bool(RecoveryCodes(row).validate_code(code))
