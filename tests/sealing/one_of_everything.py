"""One of every secret, written in an installation by the acts and pages that write it there.

Runs in a process of its own, with the settings of the casework: `main` writes, waits for a line on
standard input, destroys and replaces what can be, and waits again, so that somebody can look at the
files while the database is in use. Each time it says what it did as one line of JSON:

    never   name -> text, what no byte of the database may hold, at any time
    kept    name -> hex, what lies sealed in the database now
    bytes   name -> hex, as `never`, of what is no text
"""

import base64
import json
import re
import time
from typing import Any

from django.conf import settings

from vertrouwd.accounts.models import OpenSession, Unlocked, UnlockSlot, system_actor
from vertrouwd.dossiers.assigning import assign, break_glass, reason_of
from vertrouwd.dossiers.terms import GlassGround
from vertrouwd.sealing.models import DataKey, Grant, HolderKey, SealedText, TeamKey
from vertrouwd.sealing.opening import Mailbox, Opened
from vertrouwd.sealing.terms import Purpose

NARRATIVE = "Achter het fietsenhok zei hij dat niemand Willemijntje zou geloven."
WORDS: dict[str, dict[str, str]] = {  # purpose -> field -> text
    Purpose.IDENTITY: {"accused_name": "Ömer Kanarie-Achternaam", "contact": "06-48 15 16 23 42"},
    Purpose.NOTES: {"notes": "Zelf gebeld met de moeder van Willemijntje; zij huilde."},
    Purpose.DOSSIER: {"plan": "Donderdag gesprek met bestuurder Pietersen-Kanarie."},
    Purpose.DRAFT: {"draft": "Een klad dat Kanarie-nooit af kwam en toch gevoelig is."},
    Purpose.THREAD: {"narrative": NARRATIVE},
}
GLASS_REASON = "De moeder van Kanarie-Roosmarijn belt nu en collega Ine is ziek."
ATTACHMENT = b"%PDF-1.7 een foto van Willemijntje-Kanarie met een blauwe plek"
PASSWORD = "achtentwintig kanaries op een dak"
Said = dict[str, dict[str, str]]


class Inspector:
    """Somebody who logs in, unlocks and works, as a browser does; `knows` grows on the way."""

    def __init__(self, username: str) -> None:
        from django.test import Client

        from tests.people import make_user
        from vertrouwd.accounts.terms import Role

        self.user = make_user(username, roles=[Role.INSPECTOR, Role.COORDINATOR])
        self.user.set_password(PASSWORD)
        self.user.save()
        self.browser = Client(HTTP_HOST="localhost")
        self.knows: dict[str, str] = {"password": PASSWORD}
        self.keys: dict[str, bytes] = {}

    def log_in(self) -> None:
        """Password, the second step that is made on the way, the recovery codes."""
        from vertrouwd.accounts.second_step import totp_secrets
        from vertrouwd.accounts.second_step.pages import WAITING

        given = {"username": self.user.username, "password": PASSWORD}
        assert self._post("/inloggen", given)["Location"] == "/twee-stappen"
        assert self.browser.get("/twee-stappen").status_code == 200
        secret = totp_secrets.open_sealed(self.browser.session[WAITING])
        page = self._post("/twee-stappen", {"code": code_of(secret)}).content.decode()
        self.knows["secret of the app"] = secret
        self.keys["secret of the app, raw"] = base64.b32decode(secret)
        for number, code in enumerate(_listed(page, "codes"), 1):
            self.knows[f"recovery code {number}"] = code
            self.knows[f"recovery code {number}, whole"] = code.replace(" ", "")
        assert "recovery code 10" in self.knows, page
        self.knows["key of the session"] = self.browser.session.session_key

    def make_key(self) -> None:
        """A key with a passphrase, which unlocks at once."""
        self._type_over(self._post("/sleutel/nieuw"), "nieuw", "passphrase")
        self.unlocked()

    def change_passphrase(self) -> None:
        self._type_over(self._post("/sleutel/wachtzin"), "wachtzin", "second passphrase")

    def unlocked(self) -> None:
        """Remember the cookie, and the seed that it opens."""
        from vertrouwd.accounts.unlock.seals import SessionPlace, cookie_key, open_seed

        cookie = self.browser.cookies["unlock"].value
        key = cookie_key(cookie)
        row = Unlocked.objects.get(user=self.user)
        place = SessionPlace(
            row.session_digest, row.user_id, row.holder_id, row.unlocked_at, row.expires_at
        )
        self.knows["cookie that unlocks"] = cookie
        self.keys["key of an unlocked session"] = key
        self.keys["seed of the holder"] = open_seed(key, bytes(row.sealed_seed), place=place)

    @property
    def opened(self) -> Opened:
        from vertrouwd.sealing.keys import SecretKey

        holder = HolderKey.objects.get(holding__user=self.user)
        return Opened(SecretKey(self.keys["seed of the holder"]), holder)

    def _type_over(self, shown: Any, purpose: str, name: str) -> None:
        from tests.accounts.holders import hidden, words_on

        self.knows[name] = phrase = words_on(shown)
        typed = {"travelling": hidden(shown, "travelling"), "phrase": phrase, "purpose": purpose}
        assert self._post("/sleutel/overtypen", typed)["Location"] == "/sleutel"

    def _post(self, address: str, form: dict[str, str] | None = None) -> Any:
        answer = self.browser.post(address, form or {})
        assert answer.status_code in (200, 302), (address, answer.status_code)
        return answer


def write() -> tuple[Inspector, Said]:
    """Make all of it, and read it back: what cannot be read back was not written."""
    from tests.factories import make_report
    from vertrouwd.accounts.people.actions import add_person, invite
    from vertrouwd.sealing.ceremony import draft_team, found_team
    from vertrouwd.sealing.reporter_codes import mailbox_key, new_code, new_salt
    from vertrouwd.sealing.texts import seal_texts

    by = system_actor()
    inspector = Inspector("ine")
    inspector.log_in()
    inspector.make_key()
    draft = draft_team()
    found_team(draft, holders=[HolderKey.objects.get(holding__user=inspector.user)], by=by)
    knows, keys = inspector.knows, inspector.keys
    keys |= {
        "seed of the team": draft.secret.key.seed,
        "signing seed of the team": draft.secret.signing.seed,
        "seed of the recovery key": draft.recovery.seed,
    }
    knows |= {f"share {share.index}": share.for_qr for share in draft.shares}
    keys |= {f"share {share.index}, raw": share.data for share in draft.shares}
    newcomer = add_person(username="nieuw", name="Nieuw", by=by)
    knows["invitation"] = invite(user=newcomer, by=by)
    knows["invitation, whole"] = knows["invitation"].replace("-", "")

    report = make_report()
    code, salt = new_code(), new_salt()
    knows |= {"code of the reporter": code, "code, whole": code.replace(" ", "")}
    keys["mailbox key"] = mailbox_key(code, salt=salt)
    for purpose, texts in WORDS.items():
        mailbox = {"mailbox_key": keys["mailbox key"], "salt": salt} if purpose == "gesprek" else {}
        seal_texts(report.record, Purpose(purpose), texts, by=by, **mailbox)
        knows |= texts
        assert inspector.opened.texts(report.record, Purpose(purpose)) == texts
    assert Mailbox(keys["mailbox key"]).texts(report.record, Purpose.THREAD)
    _attach(report.record)
    keys["attachment"] = ATTACHMENT
    broken = break_glass(
        report.dossier.reference, ground=GlassGround.REPORTER_CALLS, reason=GLASS_REASON,
        by=inspector.user,
    )  # fmt: skip
    knows["reason of the glass"] = GLASS_REASON
    assert reason_of(broken, opened=inspector.opened) == GLASS_REASON
    assign(report.dossier.reference, to=inspector.user, by=inspector.user)
    page = inspector.browser.get(f"/dossiers/{report.dossier.reference}").content.decode()
    assert NARRATIVE in page, page
    for data_key in DataKey.objects.select_related("team_key"):
        keys[f"data key {data_key.pk}"] = inspector.opened.data_key(data_key)
    keys |= _secrets_of_the_home()
    return inspector, _said(inspector)


def destroy(inspector: Inspector) -> Said:
    """Destroy the texts, rotate, another passphrase, lock, log out: nothing of before is left."""
    from vertrouwd.accounts.second_step.actions import new_recovery_codes
    from vertrouwd.sealing.destroying import destroy as destroy_texts
    from vertrouwd.sealing.rotation import rotate

    by, opened = system_actor(), inspector.opened
    for record, purpose in set(DataKey.objects.values_list("record", "purpose")):
        destroy_texts(record, Purpose(purpose), by=by)
    rotation = rotate(opened=opened, by=by).rotation
    inspector.keys["seed of the second team"] = opened.secret_of(rotation.to_key.version).key.seed
    for number, code in enumerate(new_recovery_codes(by=inspector.user), 1):
        inspector.knows[f"second recovery code {number}"] = code
    inspector.change_passphrase()
    assert inspector._post("/vergrendelen")["Location"] == "/ontgrendelen"
    inspector._post("/uitloggen")
    assert not Unlocked.objects.exists()
    assert not OpenSession.objects.filter(user=inspector.user).exists()
    assert not SealedText.objects.exists()
    return _said(inspector)


def code_of(secret: str) -> str:
    """What the app shows now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def _attach(record: str) -> None:
    from django.db import transaction

    from vertrouwd.sealing.binding import Place
    from vertrouwd.sealing.destroying import sealed_files
    from vertrouwd.sealing.texts import make_data_key

    place = Place(record, "attachment")
    with transaction.atomic():
        _, key = make_data_key(record, Purpose.ATTACHMENT)
        with sealed_files().sealing(key, place=place) as file:
            file.write(ATTACHMENT)
    assert b"".join(sealed_files().read(key, place=place)).startswith(ATTACHMENT)


def _secrets_of_the_home() -> dict[str, bytes]:
    """The pepper and the keys of the processes: they lie beside the database, never in it."""
    home = settings.VERTROUWD_HOME
    files = [home / "pepper.key", *(home / "keys").rglob("*.key")]
    assert len(files) >= 2
    return {f"{path.parent.name}/{path.name}": path.read_bytes().strip() for path in files}


def _listed(page: str, kind: str) -> list[str]:
    found = re.search(rf'<[ou]l class="{kind}[^"]*"[^>]*>(.*?)</[ou]l>', page, re.S)
    return re.findall(r"<li[^>]*>(?:<[^>]+>)?([^<]+)", found[1]) if found else []


def _said(inspector: Inspector) -> Said:
    return {
        "never": inspector.knows,
        "bytes": {name: key.hex() for name, key in inspector.keys.items()},
        "kept": {name: sealed.hex() for name, sealed in _sealed_now().items()},
    }


def _sealed_now() -> dict[str, bytes]:
    """What lies sealed in the database: the wraps, the texts, the seeds."""
    fields = {
        DataKey: ["wrapped", "reporter_wrapped"], SealedText: ["ciphertext"],
        Grant: ["sealed_secret"], TeamKey: ["sealed_for_recovery"],
        UnlockSlot: ["sealed_seed"], Unlocked: ["sealed_seed"],
    }  # fmt: skip
    found = {}
    for model, names in fields.items():
        for row in model.objects.values("pk", *names):  # type: ignore[attr-defined]
            for name in names:
                if row[name]:
                    found[f"{model.__name__} {row['pk']} {name}"] = bytes(row[name])
    return found


def main() -> None:
    inspector, said = write()
    print(json.dumps(said), flush=True)
    input()
    print(json.dumps(destroy(inspector)), flush=True)
    input()
