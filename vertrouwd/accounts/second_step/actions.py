"""Acts on one's own means to log in: each leaves a line, none removes the last second step."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from vertrouwd.accounts.login import sessions
from vertrouwd.accounts.models import User
from vertrouwd.accounts.second_step import factors, passkeys
from vertrouwd.audit.record import record

LONGEST_NAME = 60  # characters


class LastFactor(Exception):
    """Without it there is no second step any more: first make another."""


@transaction.atomic
def change_password(*, password: str, by: User, except_digest: str = "") -> int:
    """Another password; ends all other sessions. Returns how many ended."""
    by.set_password(password)
    by.save(update_fields=["password"])
    ended = sessions.end_sessions_of(by, except_digest=except_digest)
    record(by=by, action="change_password", kind="account", detail={"sessions_ended": ended})
    return ended


@transaction.atomic
def add_app(*, secret: str, counter: int, by: User) -> list[str]:
    """Codes of an app, instead of those of the app before; `counter` is the step of the code that
    was shown as proof. Returns the recovery codes when they are new, to be shown once."""
    Authenticator.objects.filter(user=by, type=factors.TOTP).delete()
    row = TOTP.activate(by, secret).instance
    row.data["last_counter"] = counter
    row.save(update_fields=["data"])
    record(by=by, action="add_factor", kind="account", detail={"factor": factors.TOTP})
    return _first_recovery_codes(by)


@transaction.atomic
def add_passkey(*, name: str, credential: dict[str, Any], by: User) -> list[str]:
    """One more passkey. Returns the recovery codes when they are new, to be shown once."""
    WebAuthn.add(by, name.strip()[:LONGEST_NAME] or "Passkey", credential)
    record(by=by, action="add_factor", kind="account", detail={"factor": factors.PASSKEY})
    return _first_recovery_codes(by)


@transaction.atomic
def rename_passkey(*, passkey: int, name: str, by: User) -> bool:
    """Another name for a passkey of one's own; False when there is none with this number."""
    row = Authenticator.objects.filter(user=by, type=factors.PASSKEY, pk=passkey).first()
    if row is None:
        return False
    row.data["name"] = name.strip()[:LONGEST_NAME] or "Passkey"
    row.save(update_fields=["data"])
    record(by=by, action="rename_factor", kind="account", detail={"factor": factors.PASSKEY})
    return True


@transaction.atomic
def remove_passkey(*, passkey: int, by: User) -> bool:
    """Remove a passkey of one's own; False when there is none. Raises LastFactor."""
    rows = _locked(by)
    row = next((r for r in rows if r.pk == passkey and r.type == factors.PASSKEY), None)
    if row is None:
        return False
    credential_id = passkeys.credential_id_of(row)
    _remove(row, rows, by=by)
    _forget_unlocking(credential_id, user=by, by=by)
    return True


@transaction.atomic
def remove_app(*, by: User) -> bool:
    """Remove the codes of the app; False when there are none. Raises LastFactor."""
    rows = _locked(by)
    row = next((r for r in rows if r.type == factors.TOTP), None)
    if row is None:
        return False
    _remove(row, rows, by=by)
    return True


@transaction.atomic
def new_recovery_codes(*, by: User) -> list[str]:
    """Ten new recovery codes, to be shown once; the ones before no longer work."""
    Authenticator.objects.filter(user=by, type=factors.RECOVERY).delete()
    codes = RecoveryCodes.activate(by).generate_codes()
    record(by=by, action="new_recovery_codes", kind="account", detail={"count": len(codes)})
    return codes


def remove_all_factors(*, user: User, by: User) -> int:
    """All second steps of somebody who lost them; belongs to `actions.start_over`."""
    keys = Authenticator.objects.filter(user=user, type=factors.PASSKEY)
    for row in keys:
        _forget_unlocking(passkeys.credential_id_of(row), user=user, by=by)
    return int(Authenticator.objects.filter(user=user).delete()[0])


def _locked(by: User) -> list[Authenticator]:
    kinds = [factors.TOTP, factors.PASSKEY]
    return list(Authenticator.objects.select_for_update().filter(user=by, type__in=kinds))


def _remove(row: Authenticator, rows: list[Authenticator], *, by: User) -> None:
    if len(rows) == 1:
        raise LastFactor
    kind = str(row.type)
    row.delete()
    record(by=by, action="remove_factor", kind="account", detail={"factor": kind})


def _first_recovery_codes(by: User) -> list[str]:
    if Authenticator.objects.filter(user=by, type=factors.RECOVERY).exists():
        return []
    return new_recovery_codes(by=by)


def _forget_unlocking(credential_id: bytes, *, user: User, by: User) -> None:
    """A passkey of `user` that is gone unlocks nothing."""
    from vertrouwd.accounts.unlock.keys import forget_passkey  # which knows passkeys

    forget_passkey(by=by, user=user, credential_id=credential_id)
