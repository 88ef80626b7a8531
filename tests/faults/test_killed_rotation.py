"""kill -9 while the team key is rotated, at many points: resumed, and every report opens."""

import os
import random
import signal
import time

import pytest

from tests.faults.installation import Installation, again, installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # on both engines, in processes of its own

COMMON = """
import os, sys, signal, itertools
from vertrouwd.accounts.models import system_actor
from vertrouwd.sealing import rotation
from vertrouwd.sealing.keys import SecretKey
from vertrouwd.sealing.models import DataKey, HolderKey, Rotation, SealedText, TeamKey
from vertrouwd.sealing.opening import Opened
rotation.BATCH = 20
by = system_actor()
def opened():
    seed = bytes.fromhex(os.environ["HOLDER_SEED"])
    return Opened(SecretKey(seed), HolderKey.objects.get())
def all_open():
    reader = opened()
    texts = list(SealedText.objects.select_related("data_key__team_key"))
    assert len(texts) == 300, len(texts)
    assert all(reader.text(text) == f"text of {text.data_key.record}" for text in texts)
"""
FILL = """
from django.utils import timezone
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.ceremony import make_team
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_many
key = SecretKey(bytes.fromhex(os.environ["HOLDER_SEED"]))
holder = HolderKey.objects.create(
    public_key=key.public.data, made_at=timezone.now(), signature=b""
)
make_team(holders=[holder], by=by)
records = [new_record() for _ in range(300)]
seal_many([(r, Purpose.THREAD, {"filed": f"text of {r}"}) for r in records], by=by)
"""
KILLED_AT_STATEMENT = """
from django.db import connection
all_open()
count = itertools.count(1)
def die(execute, sql, params, many, context):
    if next(count) == int(os.environ["DIE_AT"]):
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
with connection.execute_wrapper(die):
    rotation.rotate(opened=opened(), by=by)
print("finished", next(count))
"""
KILLED_FROM_OUTSIDE = """
all_open()
print("ready", flush=True)
rotation.rotate(opened=opened(), by=by)
print("finished")
"""
ENDED = """
all_open()
print(rotation.rotate(opened=opened(), by=by).rotation.to_key.version)
all_open()
assert rotation.unfinished() is None
live = TeamKey.objects.get(state="in gebruik")
assert not DataKey.objects.exclude(team_key=live).exists()
assert TeamKey.objects.exclude(state="vervangen").count() == 1
"""
SEED = "".join(f"{n:02x}" for n in range(96))


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    with installation(tmp_path_factory.mktemp("example") / "home") as made:
        made.run(COMMON + FILL, HOLDER_SEED=SEED)
        yield made


@pytest.fixture
def filled(example, tmp_path):
    with again(example, tmp_path / "home") as made:
        yield made


def killed(filled: Installation, code: str, **more: str) -> bool:
    """Whether the process was killed; it fails the test when it ended in another way than well."""
    with filled.start(COMMON + code, HOLDER_SEED=SEED, **more) as process:
        _, err = process.communicate(timeout=300)
    assert process.returncode in (0, -signal.SIGKILL), err[-2000:]
    return process.returncode != 0


def test_killed_at_any_statement_and_run_again(filled):
    """One rotation after another, each killed at other statements, near its beginning and end."""
    statements = [2, 9, 14, 20, 26, 33, 5, 11, 17, 50, 70, 3, 90, 45]
    deaths = sum(killed(filled, KILLED_AT_STATEMENT, DIE_AT=str(n)) for n in statements)
    assert deaths >= len(statements) // 2
    filled.run(COMMON + ENDED, HOLDER_SEED=SEED)


def test_killed_from_outside_at_random_moments(filled):
    draw = random.Random()
    deaths = 0
    for _ in range(6):
        with filled.start(COMMON + KILLED_FROM_OUTSIDE, HOLDER_SEED=SEED) as process:
            assert process.stdout.readline() == "ready\n", process.stderr.read()[-2000:]
            time.sleep(draw.uniform(0, 0.25))
            process.kill()
            process.communicate()
        deaths += process.returncode == -signal.SIGKILL
    assert deaths
    filled.run(COMMON + ENDED, HOLDER_SEED=SEED)


def test_two_at_once_one_does_it_and_the_other_says_so(filled):
    code = KILLED_FROM_OUTSIDE + "\n"
    both = [filled.start(COMMON + code, HOLDER_SEED=SEED) for _ in range(2)]
    ends = [process.communicate(timeout=300) for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 1], [0, 0]), [err[-1500:] for _, err in ends]
    if codes == [0, 1]:
        assert any("A rotation is running already" in err for _, err in ends)
    filled.run(COMMON + ENDED, HOLDER_SEED=SEED)


FILING = """
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts
import threading, time
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
print("ready", flush=True)
filed, due = 0, time.monotonic()
while not stop.is_set():
    seal_texts(new_record(), Purpose.NOTES, {"note": "late"}, by=by)
    filed += 1
    due = max(due + 0.01, time.monotonic() + 0.001)  # a hundred in a second, if the disk can
    time.sleep(due - time.monotonic())
print(filed)
"""
ALL_LATE_ONES_OPEN = """
live = TeamKey.objects.get(state="in gebruik")
texts = SealedText.objects.filter(field="note").select_related("data_key__team_key")
reader = opened()
assert all(reader.text(text) == "late" for text in texts)
assert not DataKey.objects.exclude(team_key=live).exists()
print(len(texts), live.version)
"""


def test_reports_that_come_in_during_a_rotation_all_open(filled):
    """Somebody files a hundred reports a second in another process; three rotations go by."""
    with filled.start(COMMON + FILING, HOLDER_SEED=SEED) as filing:
        try:
            assert filing.stdout.readline() == "ready\n", filing.stderr.read()[-2000:]
            for _ in range(3):
                filled.run(COMMON + "rotation.rotate(opened=opened(), by=by)", HOLDER_SEED=SEED)
            out, err = filing.communicate("stop\n", timeout=60)
        finally:
            filing.kill()
    assert filing.returncode == 0, err[-2000:]
    opened = filled.run(COMMON + ALL_LATE_ONES_OPEN, HOLDER_SEED=SEED)
    assert opened.split() == [out.strip(), "4"]
    assert int(out) > 20


HOLDING = """
from django.db import transaction
with transaction.atomic():
    HolderKey.objects.update(made_at=HolderKey.objects.get().made_at)
    TeamKey.objects.update(version=1)
    print("held", flush=True)
    sys.stdin.readline()
"""
HURRIED = """
from django.db import connection
connection.settings_dict["OPTIONS"]["timeout"] = 0.2  # what somebody else holds for 20 seconds
connection.close()
print("ready", flush=True)
rotation.rotate(opened=opened(), by=by)
"""


@pytest.mark.skipif(bool(os.environ.get("VERTROUWD_DATABASE")), reason="PostgreSQL just waits")
def test_a_database_that_is_locked_for_longer_than_usual_is_waited_for(filled):
    with filled.start(COMMON + HOLDING) as holding:
        try:
            assert holding.stdout.readline() == "held\n", holding.stderr.read()[-2000:]
            with filled.start(COMMON + HURRIED, HOLDER_SEED=SEED) as hurried:
                assert hurried.stdout.readline() == "ready\n"
                time.sleep(0.8)  # longer than it is told to wait
                holding.communicate("done\n", timeout=60)
                _, err = hurried.communicate(timeout=60)
            assert hurried.returncode == 0, err[-2000:]
        finally:
            holding.kill()
    filled.run(COMMON + ENDED, HOLDER_SEED=SEED)
