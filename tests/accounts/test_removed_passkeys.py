"""A passkey that is gone unlocks nothing, whoever took it away; what it had unlocked is locked."""

import base64
import secrets

import pytest

from tests.accounts.holders import make_holder, unlock
from tests.accounts.software_passkeys import give_passkey
from tests.people import log_in, make_user
from vertrouwd.accounts.models import Unlocked, UnlockSlot
from vertrouwd.accounts.second_step.actions import add_app
from vertrouwd.accounts.terms import Role, SlotKind
from vertrouwd.accounts.unlock.keys import add_passkey
from vertrouwd.audit.models import Line

pytestmark = pytest.mark.usefixtures("db", "casework", "home")


@pytest.fixture
def ine(client):
    """An inspector with a key, an app and a logged-in browser."""
    held = make_holder(make_user("ine", roles=[Role.INSPECTOR]))
    add_app(secret="A" * 32, counter=0, by=held.user)
    log_in(client, held.user)
    return held


@pytest.fixture
def passkey(ine):
    """A passkey that logs in and unlocks."""
    return unlocking_passkey(ine)


@pytest.fixture
def keeper(client_of):
    """The browser of an administrator who is not the last one."""
    make_user("tweede", roles=[Role.ADMINISTRATOR])
    return client_of(make_user("beheer", roles=[Role.ADMINISTRATOR]))


def unlocking_passkey(held, name: str = "sleutelhanger"):
    """One more passkey of this person, which logs in and opens their key."""
    made = give_passkey(held.user, name=name)
    add_passkey(
        secret=held.secret, holder=held.holder, by=held.user,
        credential=made.credential_id, salt=secrets.token_bytes(32), prf=made.prf,
    )  # fmt: skip
    return made


def unlocks(client, passkey) -> bool:
    """Whether the browser of this person unlocks with what the passkey answers."""
    credential, prf = (
        base64.urlsafe_b64encode(part).decode().rstrip("=")
        for part in (passkey.credential_id, passkey.prf)
    )
    told = {"credential": credential, "prf": prf}
    answer = client.post("/ontgrendelen", told)
    assert answer.get("Location", "/") == "/", "nobody is logged in here"
    return answer.status_code == 302


def ways(held) -> list[str]:
    """With what the key of this person can be opened, as it lies in the table."""
    return [str(slot.kind) for slot in UnlockSlot.objects.filter(holder=held.holder)]


def test_a_passkey_removed_in_ones_account_unlocks_no_more_and_its_seal_is_gone(
    client, ine, passkey
):
    assert unlocks(client, passkey)
    client.post("/vergrendelen")
    assert client.post(f"/mijn-account/passkeys/{passkey.pk}/weg")["Location"] == "/mijn-account"
    assert not unlocks(client, passkey)
    assert ways(ine) == [SlotKind.PASSPHRASE]
    [line] = Line.objects.filter(action="remove_slot")
    assert (line.actor, line.object) == ("ine", ine.holder.reference)


def test_the_passphrase_goes_on_unlocking_when_a_passkey_is_gone(client, ine, passkey):
    client.post(f"/mijn-account/passkeys/{passkey.pk}/weg")
    assert unlock(client, ine)


def test_one_passkey_that_goes_leaves_another(client, ine, passkey):
    other = unlocking_passkey(ine, name="telefoon")
    client.post(f"/mijn-account/passkeys/{passkey.pk}/weg")
    assert not unlocks(client, passkey)
    assert unlocks(client, other)


def test_the_last_second_step_stays_and_goes_on_unlocking(client, ine, passkey):
    client.post("/mijn-account/app/weg")
    assert client.post(f"/mijn-account/passkeys/{passkey.pk}/weg").status_code == 400
    assert unlocks(client, passkey)


def test_who_starts_over_is_locked_and_the_lost_passkey_is_forgotten(client, ine, passkey, keeper):
    assert unlocks(client, passkey)
    keeper.post(f"/mensen/{ine.user.pk}/opnieuw")
    assert not Unlocked.objects.exists()
    assert ways(ine) == [SlotKind.PASSPHRASE]
    ine.user.refresh_from_db()
    log_in(client, ine.user)
    assert not unlocks(client, passkey)
    [line] = Line.objects.filter(action="remove_slot")
    assert (line.actor, line.object) == ("beheer", ine.holder.reference)


def test_who_leaves_is_locked_at_once_and_stays_so_after_coming_back(client, ine, passkey, keeper):
    unlock(client, ine)
    keeper.post(f"/mensen/{ine.user.pk}/sluiten")
    assert not Unlocked.objects.exists()
    assert client.get("/sleutel")["Location"].startswith("/inloggen")
    keeper.post(f"/mensen/{ine.user.pk}/openen")
    assert client.get("/sleutel")["Location"].startswith("/inloggen")
