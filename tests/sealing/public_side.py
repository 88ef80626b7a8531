"""What runs in the public process of a test: it seals, and then tries whatever it has as a key.

python -m tests.sealing.public_side seal      <- texts as JSON; -> record, code, and as `try`
python -m tests.sealing.public_side open      <- record, code; -> what the code opens
python -m tests.sealing.public_side try       <- more secrets as hex; -> which of all open what
"""

import base64
import io
import json
import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

import tests.sealing.files_opened as files
import vertrouwd.project.wsgi as process
from vertrouwd.audit.record import PUBLIC
from vertrouwd.sealing.binding import Place, new_record
from vertrouwd.sealing.destroying import sealed_files
from vertrouwd.sealing.keys import SEED_BYTES, SecretKey
from vertrouwd.sealing.models import DataKey, Grant, SealedText, TeamKey
from vertrouwd.sealing.opening import Mailbox, open_text, unwrap_data_key
from vertrouwd.sealing.reporter_codes import mailbox_key, new_code, new_salt
from vertrouwd.sealing.suite import KEY_BYTES
from vertrouwd.sealing.team_secret import RECOVERY, TeamSecret
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import make_data_key, seal_texts
from vertrouwd.sealing.unreadable import Unreadable

PHOTO = b"\x89PNG een foto van de deur" * 4000


def seal(given: dict[str, Any]) -> dict[str, Any]:
    """A report as the form will file it: identity, a thread, a photo; then a page is asked."""
    record, code, salt = new_record(), new_code(), new_salt()
    key = mailbox_key(code, salt=salt)
    with transaction.atomic():
        seal_texts(record, Purpose.IDENTITY, given["identity"], by=PUBLIC)
        seal_texts(record, Purpose.THREAD, given["thread"], by=PUBLIC, mailbox_key=key, salt=salt)
        _, file_key = make_data_key(record, Purpose.ATTACHMENT, mailbox_key=key, salt=salt)
        with sealed_files().sealing(file_key, place=Place(record, "photo")) as file:
            file.write(PHOTO)
    status = _ask("/")
    return {"record": record, "code": code, "status": status, **try_everything({"more": []})}


def open_with_code(given: dict[str, Any]) -> dict[str, Any]:
    """What somebody with the code of a report reads here."""
    keys = DataKey.objects.filter(record=given["record"])
    salt = keys.get(purpose=Purpose.THREAD).reporter_salt
    mailbox = Mailbox(mailbox_key(given["code"], salt=bytes(salt)))
    file_key = mailbox.data_key(keys.get(purpose=Purpose.ATTACHMENT))
    photo = b"".join(sealed_files().read(file_key, place=Place(given["record"], "photo")))
    found: dict[str, Any] = {"photo": photo == PHOTO}
    for purpose in (Purpose.THREAD, Purpose.IDENTITY):
        try:
            found[purpose.name] = mailbox.texts(given["record"], purpose)
        except Unreadable:
            found[purpose.name] = None
    return found


def try_everything(given: dict[str, Any]) -> dict[str, Any]:
    """Whatever this process has, taken for a key, in every way a key could be written."""
    _ask("/")
    known = dict(_everything())
    known |= {f"given {n}": bytes.fromhex(each) for n, each in enumerate(given["more"])}
    opens = []
    for name, raw in known.items():
        opens += [f"{name} opens {what}" for what in _opened_with(set(_as_keys(raw)))]
    return {"tried": sorted(known), "opens": sorted(opens), "opened": sorted(files.opened)}


def _ask(path: str) -> str:
    """The real application, without a server around it."""
    answered: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "HTTP_HOST": "localhost", "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http", "QUERY_STRING": "",
    }  # fmt: skip
    answer = process.application(environ, lambda status, headers, *rest: answered.append(status))
    b"".join(answer)
    return answered[0][:3]


def _everything() -> Iterator[tuple[str, bytes]]:
    """Settings, environment, the globals of every module of ours, the files of the home it read
    or has in its folder, and every blob of the database."""
    for name in dir(settings):
        yield from _bytes_in(f"setting {name}", getattr(settings, name))
    for name, value in os.environ.items():
        yield f"environment {name}", value.encode()
    for module in [m for n, m in sys.modules.items() if n.startswith("vertrouwd")]:
        for name, value in vars(module).items():
            yield from _bytes_in(f"{module.__name__}.{name}", value)
    home = Path(settings.VERTROUWD_HOME)
    theirs = {Path(p) for p in files.opened if Path(p).is_relative_to(home)}
    for path in theirs | set((home / "keys" / "public").rglob("*")):
        if path.is_file() and not path.name.startswith("vertrouwd.sqlite3"):
            yield f"file {path.name}", path.read_bytes()
    for model, fields in {
        DataKey: ["wrapped", "reporter_wrapped", "reporter_salt"], Grant: ["sealed_secret"],
        TeamKey: ["sealed_for_recovery", "public_key", "signing_key"], SealedText: ["ciphertext"],
    }.items():  # fmt: skip
        for row in model.objects.values_list("pk", *fields):  # type: ignore[attr-defined]
            for field, value in zip(fields, row[1:], strict=True):
                yield from _bytes_in(f"{model.__name__} {row[0]} {field}", value)


def _bytes_in(name: str, value: object, depth: int = 3) -> Iterator[tuple[str, bytes]]:
    if isinstance(value, bytes | bytearray | memoryview):
        yield name, bytes(value)
    elif isinstance(value, str):
        yield name, value.encode(errors="replace")
    elif depth and isinstance(value, dict):
        for key, part in value.items():
            yield from _bytes_in(f"{name}.{key}", part, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for number, part in enumerate(value):
            yield from _bytes_in(f"{name}.{number}", part, depth - 1)


def _as_keys(raw: bytes) -> Iterator[bytes]:
    """As it is, stripped, read as hexadecimal or Base64; its beginning, its end, its digest."""
    readings = {raw, raw.strip(), sha256(raw).digest(), sha256(raw.strip()).digest()}
    for read in (bytes.fromhex, base64.b64decode, base64.urlsafe_b64decode):
        try:
            readings.add(read(raw.decode("ascii").strip()))  # type: ignore[operator]
            readings.add(read(raw.decode("ascii").strip() + "="))  # type: ignore[operator]
        except ValueError:
            continue
    for reading in readings:
        for size in (KEY_BYTES, SEED_BYTES):
            yield from {reading[:size], reading[-size:]} if len(reading) >= size else ()


def _opened_with(keys: set[bytes]) -> Iterator[str]:
    for key in keys:
        if len(key) == KEY_BYTES:
            yield from _opened_with_key(key)
        elif len(key) == SEED_BYTES:
            yield from _opened_with_seed(SecretKey(key))


def _opened_with_key(key: bytes) -> Iterator[str]:
    for data_key in _data_keys():
        try:
            Mailbox(key).data_key(data_key)
            yield f"the wrap for the reporter of {data_key.purpose}"
        except Unreadable:
            pass
    for text in _texts():
        try:
            open_text(text, key)
            yield f"a text of {text.data_key.purpose}"
        except Unreadable:
            pass
    for record in sealed_files().records():
        try:
            sealed_files().verify(key, place=Place(record, "photo"))
            yield "the photo"
        except Unreadable:
            pass


def _opened_with_seed(secret: SecretKey) -> Iterator[str]:
    for grant in _grants():
        try:
            TeamSecret.opened(bytes(grant.sealed_secret), with_key=secret, version=1)
            yield "the secret of the team"
        except Unreadable:
            pass
    for team_key in _team_keys():
        sealed = bytes(team_key.sealed_for_recovery)
        try:
            TeamSecret.opened(sealed, with_key=secret, version=1, purpose=RECOVERY)
            yield "the secret of the team, as recovery"
        except Unreadable:
            pass
    for data_key in _data_keys():
        try:
            unwrap_data_key(data_key, TeamSecret(1, secret, None))  # type: ignore[arg-type]
            yield f"the data key of {data_key.purpose}"
        except Unreadable:
            pass


def _once(rows: Any) -> Any:
    """The rows are asked once: thousands of candidates are tried on them."""
    kept: list[Any] = []

    def all_of_them() -> list[Any]:
        kept.extend([] if kept else rows())
        return kept

    return all_of_them


_data_keys = _once(lambda: DataKey.objects.select_related("team_key"))
_texts = _once(lambda: SealedText.objects.select_related("data_key"))
_grants = _once(lambda: Grant.objects.all())
_team_keys = _once(lambda: TeamKey.objects.all())


if __name__ == "__main__":
    act = {"seal": seal, "open": open_with_code, "try": try_everything}[sys.argv[1]]
    print(json.dumps(act(json.load(sys.stdin))))
