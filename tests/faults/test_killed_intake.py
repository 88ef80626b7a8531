"""kill -9 while reports come in: what was acknowledged is there and opens, and nothing is half."""

import json
import random
import signal
import time

import pytest

from tests.faults.installation import Installation, again, installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # on both engines, in processes of its own

PUBLIC = {"DJANGO_SETTINGS_MODULE": "vertrouwd.project.settings.public"}
FOUND_A_TEAM = """
from tests.teams import make_opened_team
make_opened_team()
"""
COMMON = """
import itertools, json, os, secrets, signal, sys
from dataclasses import replace
from django.db import connection
from tests.intake.sealed_in import seal_file
from tests.intake.tellings import KEPT, TOLD
from vertrouwd.attachments.files import sealed_files
from vertrouwd.attachments.models import Attachment
from vertrouwd.dossiers.models import Conversation, Dossier, LedgerEvent, Report
from vertrouwd.intake.mailbox import WrongCode, open_mailbox, release
from vertrouwd.intake.models import KeptRecord, SentForm
from vertrouwd.intake.receiving import receive
from vertrouwd.sealing.models import DataKey

def telling(token):
    told = KEPT if token[0] % 3 == 0 else TOLD
    return replace(told, texts={"narrative": f"verteld met {token.hex()}"})

def send(token):
    files = [seal_file("a.png", token)] if token[0] % 2 else []
    return receive(telling(token), token=token, files=files)

def whole():
    "Nothing that was stored lacks a part."
    reports = Report.objects.count()
    assert reports == Dossier.objects.count() == LedgerEvent.objects.count()
    assert reports == Conversation.objects.count()
    threads = DataKey.objects.filter(purpose="gesprek", reporter_wrapped__isnull=False)
    assert threads.count() == reports
    assert SentForm.objects.count() == reports + KeptRecord.objects.count()
    known = set(Attachment.objects.values_list("record", flat=True))
    known |= {f for files in KeptRecord.objects.values_list("files", flat=True) for f in files}
    assert known <= sealed_files().records()
    return reports

def opens(reference, code, token):
    mailbox = open_mailbox(reference, code)
    assert mailbox.narrative == f"verteld met {token.hex()}"
    assert len(mailbox.files) == token[0] % 2
    return mailbox
"""
SENDING = """
said = open(os.environ["SAYS"], "w")
print("ready", flush=True)
while True:
    token = secrets.token_bytes(32)
    print("tried", token.hex(), sep="|", file=said, flush=True)
    receipt = send(token)
    print("got", token.hex(), receipt.reference, receipt.code, sep="|", file=said, flush=True)
"""
CHECKED = """
given = json.loads(sys.stdin.read())
for token, reference, code in given["got"]:
    opens(reference, code, bytes.fromhex(token))
stored = whole() + KeptRecord.objects.count()
assert stored >= len(given["got"])
for token in given["tried"]:  # the browser sends it again: the same receipt, or now it is stored
    receipt = send(bytes.fromhex(token))
    opens(receipt.reference, receipt.code, bytes.fromhex(token))
assert whole() + KeptRecord.objects.count() == len(given["got"]) + len(given["tried"])
print(stored)
"""
DIES_AT_EACH_STATEMENT = """
def dies_at(number, act):
    "Whether the process that does it was killed at that statement."
    connection.close()
    child = os.fork()
    if child == 0:
        count = itertools.count(1)
        def die(execute, sql, params, many, context):
            if next(count) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, params, many, context)
        with connection.execute_wrapper(die):
            act()
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0

"""
WHILE_SENDING = """
for kind in (1, 3):  # a report with a file, a record that is kept with a file
    for number in itertools.count(1):
        before = whole() + KeptRecord.objects.count()
        token = bytes([kind]) + secrets.token_bytes(31)
        was_killed = dies_at(number, lambda: send(token))
        stored = whole() + KeptRecord.objects.count() - before
        assert stored in ((0, 1) if was_killed else (1,)), (number, stored)
        receipt = send(token)
        opens(receipt.reference, receipt.code, token)
        assert whole() + KeptRecord.objects.count() == before + 1
        if not was_killed:
            break
    print(number)
"""
WHILE_RELEASING = """
for number in itertools.count(1):
    token = bytes([3]) + secrets.token_bytes(31)
    receipt = send(token)
    mailbox = open_mailbox(receipt.reference, receipt.code)
    before = Report.objects.count()
    was_killed = dies_at(number, lambda: release(mailbox))
    found = opens(receipt.reference, receipt.code, token)  # as a record, or as a report
    assert Report.objects.count() == before + (not found.is_kept)
    release(mailbox)
    assert not opens(receipt.reference, receipt.code, token).is_kept
    assert Report.objects.count() == before + 1
    assert not KeptRecord.objects.exists()
    if not was_killed:
        break
print(number)
"""


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    with installation(tmp_path_factory.mktemp("example") / "home") as made:
        made.run(FOUND_A_TEAM)
        yield made


@pytest.fixture
def made(example, tmp_path):
    with again(example, tmp_path / "home") as copy:
        yield copy


def test_killed_at_each_statement_of_a_report(made: Installation) -> None:
    out = made.run(COMMON + DIES_AT_EACH_STATEMENT + WHILE_SENDING, **PUBLIC)
    report, kept = map(int, out.split())
    assert report > 20
    assert kept > 3


def test_killed_at_each_statement_of_a_release(made: Installation) -> None:
    out = made.run(COMMON + DIES_AT_EACH_STATEMENT + WHILE_RELEASING, **PUBLIC)
    assert int(out) > 20


def test_many_processes_that_receive_are_killed_at_random_moments(made, tmp_path) -> None:
    draw, got, tried = random.Random(), [], []
    for turn in range(4):
        said = [tmp_path / f"{turn} {number}" for number in range(4)]
        processes = [made.start(COMMON + SENDING, SAYS=str(path), **PUBLIC) for path in said]
        for process in processes:
            assert process.stdout.readline() == "ready\n", process.stderr.read()[-2000:]
        time.sleep(draw.uniform(0.2, 1.2))
        for process in processes:
            process.kill()
        for process, path in zip(processes, said, strict=True):
            _, err = process.communicate(timeout=60)
            assert process.returncode == -signal.SIGKILL, err[-2000:]
            lines = path.read_text().splitlines(keepends=True)
            told = [line.strip().split("|") for line in lines if line.endswith("\n")]
            here = [rest for what, *rest in told if what == "got"]
            begun = {rest[0] for what, *rest in told if what == "tried"}
            got += here
            tried += sorted(begun - {token for token, *_ in here})
    given = json.dumps({"got": got, "tried": tried})
    stored = int(made.run(COMMON + CHECKED, given=given, **PUBLIC))
    assert len(got) > 20
    assert len(got) <= stored <= len(got) + len(tried)
