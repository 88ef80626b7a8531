"""Whoever has a copy of the database has no word of a report, and no key: before and after.

The files are read as a thief reads them, while the database is in use; the dumps are those of
`pg_dump`. Everything was written by the acts and pages that write it (`one_of_everything`).
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.faults.installation import Installation
from tests.homes import make_home
from tests.servers.postgres import client_program, postgres
from tests.traces import files_below, traces
from vertrouwd.project.migration import migrate

ENGINES = ["sqlite", "postgresql"]
CASEWORK = {"DJANGO_SETTINGS_MODULE": "vertrouwd.project.settings.casework"}
WRITE = "from tests.sealing.one_of_everything import main; main()"
Copies = dict[str, bytes]


@dataclass(frozen=True)
class Copied:
    """What the process said that wrote, and the copies that were made of its database."""

    engine: str
    said: dict[str, dict[str, str]]
    copies: Copies
    sealed_files: Copies

    @property
    def secrets(self) -> dict[str, str | bytes]:
        """Everything that may stand nowhere."""
        raw = {name: bytes.fromhex(hexed) for name, hexed in self.said["bytes"].items()}
        return {**self.said["never"], **raw}

    @property
    def kept(self) -> dict[str, str | bytes]:
        """What lay sealed in it at that moment."""
        return {name: bytes.fromhex(hexed) for name, hexed in self.said["kept"].items()}


@dataclass(frozen=True)
class Story:
    """The installation, as it was full, and after all of it was destroyed or replaced."""

    installation: Installation
    full: Copied
    emptied: Copied


@pytest.fixture(scope="module", params=ENGINES)
def story(request, tmp_path_factory) -> Iterator[Story]:
    home = tmp_path_factory.mktemp("dump") / "home"
    if request.param == "sqlite":
        yield _told(Installation(make_home(home), ""), request.param, _files_of_sqlite)
        return
    if client_program("pg_dump") is None:
        pytest.skip("There is no pg_dump on this machine.")
    home.mkdir(mode=0o700)
    with postgres() as address:
        migrate(home, database=address)
        yield _told(Installation(home, address), request.param, _dumps)


def _told(made: Installation, engine: str, copies: Callable[[Installation], Copies]) -> Story:
    moments = []
    with made.start(WRITE, **CASEWORK) as process:
        for _ in range(2):
            line = process.stdout.readline()
            assert line, process.communicate()[1][-3000:]
            moments.append(
                Copied(engine, json.loads(line), copies(made), files_below(made.home / "files"))
            )
            process.stdin.write("\n")
            process.stdin.flush()
        process.communicate(timeout=60)
    return Story(made, *moments)


def _files_of_sqlite(made: Installation) -> Copies:
    """The file, the log of what is not in it yet, and the memory that processes share."""
    found = {path.name: path.read_bytes() for path in made.home.glob("vertrouwd.sqlite3*")}
    assert found.keys() == {f"vertrouwd.sqlite3{end}" for end in ("", "-wal", "-shm")}
    return found


def _dumps(made: Installation) -> Copies:
    """As text, and in PostgreSQL's own form: as it is without compression, and as it restores."""
    own_form = _run("pg_dump", "-Fc", "-Z0", made.database)
    packed = made.home / "packed.dump"
    packed.write_bytes(_run("pg_dump", "-Fc", "-Z9", made.database))
    try:
        restored = _run("pg_restore", "-f", "-", str(packed))
    finally:
        packed.unlink()
    text = _run("pg_dump", made.database)
    return {"dump as text": text, "dump in its own form": own_form, "dump restored": restored}


def _run(name: str, *words: str) -> bytes:
    return subprocess.run([client_program(name), *words], capture_output=True, check=True).stdout


def test_what_is_sealed_is_in_the_copies_so_that_the_search_can_find_something(story):
    for name, sealed in story.full.kept.items():
        found = traces({name: sealed}, {"the copies": b"\0".join(story.full.copies.values())})
        assert found, name
    assert len(story.full.kept) > 12
    assert len(story.full.secrets) > 40
    assert story.full.sealed_files


@pytest.mark.parametrize("moment", ["full", "emptied"])
def test_no_word_and_no_key_is_in_any_byte_of_it(story, moment):
    copied = getattr(story, moment)
    assert traces(copied.secrets, copied.copies | copied.sealed_files) == []


HALFWAY = """
import json
from django.test import Client
from tests.people import log_in, make_user
from tests.traces import read_session
from vertrouwd.accounts.models import OpenSession
from vertrouwd.accounts.second_step import totp_secrets
browser = Client(HTTP_HOST="localhost")
log_in(browser, make_user("halfway"), second_step=False)
assert browser.get("/twee-stappen").status_code == 200
sessions = [read_session(row.data) for row in OpenSession.objects.all()]
secret = totp_secrets.open_sealed(browser.session["login.app_secret"])
print(json.dumps({"sessions": "".join(sessions), "secret": secret}))
"""


def test_what_waits_in_a_session_is_sealed_for_its_data_is_only_signed(story):
    said = json.loads(story.installation.run(HALFWAY, **CASEWORK))
    assert "login.app_secret" in said["sessions"]
    secrets = story.emptied.secrets | {"secret of a new app": said["secret"]}
    assert traces(secrets, {"sessions": said["sessions"]}) == []


def test_after_destroying_and_replacing_nothing_of_before_is_left_in_the_file(story):
    gone = story.full.kept.keys() - story.emptied.kept.keys()
    replaced = {
        name for name, was in story.full.kept.items() if story.emptied.kept.get(name) != was
    }
    assert {name.split()[0] for name in replaced} == {
        "DataKey", "SealedText", "Grant", "TeamKey", "UnlockSlot", "Unlocked",
    }  # fmt: skip
    assert gone <= replaced
    # A session that was locked opens with its cookie alone: SQLite may take its time over that row.
    before = {n: story.full.kept[n] for n in replaced if not n.startswith("Unlocked")}
    assert traces(before, story.emptied.copies) == []
    assert story.emptied.sealed_files == {}


def test_the_disk_of_postgresql_keeps_dead_rows_until_its_tables_are_written_anew(story):
    """A dump has none of it; an image of the disk has, and its write-ahead log for longer still."""
    if not story.installation.database:
        pytest.skip("of SQLite the file itself is what was searched")
    import psycopg

    tables = Path(parse_qs(urlsplit(story.installation.database).query)["host"][0]) / "data/base"
    gone = story.full.kept.items() - story.emptied.kept.items()
    with psycopg.connect(story.installation.database, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        assert traces(dict(gone), {"tables": b"".join(files_below(tables).values())})
        connection.execute("VACUUM FULL")
        connection.execute("CHECKPOINT")
    assert traces(dict(gone), {"tables": b"".join(files_below(tables).values())}) == []


KNOWS_THE_PHRASE = """
import json, sys
from vertrouwd.accounts.models import User, UnlockSlot
from vertrouwd.accounts.second_step import totp_secrets
from vertrouwd.accounts.unlock.keys import open_with_phrase
from vertrouwd.accounts.unlock.pepper import PepperMissing
from vertrouwd.accounts.unlock.seals import SlotPlace, open_seed
from vertrouwd.sealing.passphrases import passphrase_key
from vertrouwd.sealing.unreadable import Unreadable
from allauth.mfa.models import Authenticator
phrase = input()
ine = User.objects.get(username="ine")
opened = []
def tried(name, act):
    try:
        act()
    except (Unreadable, PepperMissing):
        return
    opened.append(name)
slot = UnlockSlot.objects.get(holder__holding__user=ine)
place = SlotPlace(slot.kind, bytes(slot.salt), bytes(slot.credential), slot.version)
def by_hand(pepper):
    key = passphrase_key(phrase, salt=bytes(slot.salt), pepper=pepper)
    return open_seed(key, bytes(slot.sealed_seed), place=place)
tried("the program", lambda: open_with_phrase(phrase, by=ine))
for pepper in (bytes(32), bytes(slot.salt) * 2, slot.pepper_mark.encode() * 2):
    tried("by hand", lambda: by_hand(pepper))
for row in Authenticator.objects.filter(user=ine):
    sealed = row.data.get("secret") or row.data["seed"]
    tried(row.type, lambda: totp_secrets.open_sealed(sealed))
print(json.dumps(opened))
"""


@pytest.mark.parametrize("has_pepper", [False, True])
def test_without_the_pepper_a_copy_opens_nothing_also_for_who_knows_the_passphrase(
    story, tmp_path, has_pepper
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in story.installation.home.glob("vertrouwd.sqlite3*"):
        shutil.copy(path, elsewhere)
    if has_pepper:
        shutil.copy(story.installation.home / "pepper.key", elsewhere)
    thief = Installation(elsewhere, story.installation.database)
    phrase = story.emptied.said["never"]["second passphrase"]
    opened = json.loads(thief.run(KNOWS_THE_PHRASE, given=f"{phrase}\n", **CASEWORK))
    assert opened == (["the program", "totp", "recovery_codes"] if has_pepper else [])
