"""kill -9 while the team key is rotated, at many points: resumed, and every report opens."""

import random
import signal
import time

import pytest

from tests.faults.installation import Installation, installation

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


@pytest.fixture
def filled(tmp_path):
    with installation(tmp_path / "home") as made:
        made.run(COMMON + FILL, HOLDER_SEED=SEED)
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


def test_reports_that_come_in_during_a_rotation_all_open(filled):
    """Somebody files without pause in another process, while three rotations go by."""
    filing = filled.start(
        COMMON
        + """
from vertrouwd.sealing.binding import new_record
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts
import threading
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
print("ready", flush=True)
n = 0
while not stop.is_set():
    seal_texts(new_record(), Purpose.NOTES, {"note": "late"}, by=by)
    n += 1
print(n)
""",
        HOLDER_SEED=SEED,
    )
    assert filing.stdout.readline() == "ready\n", filing.stderr.read()[-2000:]
    for _ in range(3):
        filled.run(COMMON + "rotation.rotate(opened=opened(), by=by)", HOLDER_SEED=SEED)
    out, err = filing.communicate("stop\n", timeout=60)
    assert filing.returncode == 0, err[-2000:]
    opened = filled.run(
        COMMON
        + """
live = TeamKey.objects.get(state="in gebruik")
texts = SealedText.objects.filter(field="note").select_related("data_key__team_key")
assert all(opened().text(text) == "late" for text in texts)
assert not DataKey.objects.exclude(team_key=live).exists()
print(len(texts), live.version)
""",
        HOLDER_SEED=SEED,
    )
    assert opened.split() == [out.strip(), "4"]
    assert int(out) > 20
