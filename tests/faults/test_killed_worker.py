"""Workers in processes of their own: killed in the middle, many at once, told to end."""

import signal
import time

import pytest

from tests.faults.installation import Installation, installation
from vertrouwd.jobs.kinds import kinds

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # on both engines, in processes of its own

# Leases are short here; the work counts in files how often it began and ended.
COMMON = """
import os, sys, time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from django.utils import timezone
from vertrouwd.jobs import kinds as registry, leases, worker
from vertrouwd.jobs.backoff import Backoff
from vertrouwd.jobs.enqueue import enqueue
from vertrouwd.jobs.kinds import kind, kinds
from vertrouwd.jobs.models import Job
from vertrouwd.jobs.moments import Hourly
from vertrouwd.jobs.worker import Worker
leases.LEASE = timedelta(seconds=float(os.environ.get("LEASE", "3")))
leases.RENEW_EVERY = timedelta(seconds=0.3)
worker.TIDY_EVERY = 0.1
leases.REST = timedelta(seconds=0.1)
worker.LOOK_EVERY = 0.05
kinds(); registry._known.clear()
seen = Path(os.environ["VERTROUWD_HOME"]) / "seen"
seen.mkdir(exist_ok=True)
def note(word):
    with (seen / word).open("a") as file:
        file.write(f"{os.getpid()}\\n")
def noted(word):
    return (seen / word).read_text().split() if (seen / word).exists() else []
@kind("long", "long", backoff=Backoff(first=timedelta(seconds=0.1)))
def long(*, number: int) -> None:
    note(f"began-{number}")
    print("began", flush=True)
    time.sleep(float(os.environ.get("TAKES", "0")))
    note(f"ended-{number}")
@kind("meet", "meet", backoff=Backoff(first=timedelta(seconds=0.1)))
def meet(*, number: int) -> None:
    note("met")
    latest = time.monotonic() + 60
    while len(set(noted("met"))) < 2:
        assert time.monotonic() < latest, "nobody else came"
        time.sleep(0.02)
"""
WORK = """
one = Worker()
one.start()
sys.stdin.readline()
print("finished" if one.end(within=float(os.environ.get("WITHIN", "5"))) else "given back")
"""
STATES = 'print(*Job.objects.order_by("pk").values_list("state", "tries", "fault"))'


@pytest.fixture
def house(tmp_path):
    with installation(tmp_path / "home") as made:
        yield made


def ask(house: Installation, numbers: int) -> None:
    house.run(COMMON + f"[enqueue(long, number=n) for n in range({numbers})]")


def wait_until_all_ended(house: Installation) -> None:
    house.run(
        COMMON
        + """
latest = time.monotonic() + 90
while Job.objects.exclude(state="klaar").exists():
    assert time.monotonic() < latest, list(Job.objects.values())
    time.sleep(0.1)
"""
    )


def test_a_worker_is_killed_in_the_middle_and_another_takes_over(house):
    ask(house, 1)
    with house.start(COMMON + WORK, TAKES="60") as killed:
        assert killed.stdout.readline() == "began\n", killed.stderr.read()[-2000:]
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
    assert house.run(COMMON + STATES).startswith("('loopt', 1, '')")
    with house.start(COMMON + WORK) as other:
        wait_until_all_ended(house)
        other.communicate("end\n")
    assert house.run(COMMON + STATES) == "('klaar', 2, 'LeaseEnded')\n"
    assert house.run(COMMON + "print(len(noted('began-0')), len(noted('ended-0')))") == "2 1\n"


def test_a_lease_is_held_while_the_work_takes_longer_than_it(house):
    ask(house, 1)
    with house.start(COMMON + WORK, TAKES="7") as first, house.start(COMMON + WORK) as second:
        wait_until_all_ended(house)
        first.communicate("end\n")
        second.communicate("end\n")
    assert house.run(COMMON + STATES) == "('klaar', 1, '')\n"


def test_four_workers_at_once_do_each_job_once_while_others_ask_for_more(house):
    workers = [house.start(COMMON + WORK, LEASE="60") for _ in range(4)]
    house.run(
        COMMON + "[enqueue(meet, number=n) for n in range(2)]"
    )  # neither ends before another has one too
    asking = "[enqueue(long, number=n) for n in range({}, {})]"
    askers = [
        house.start(COMMON + asking.format(place * 50, place * 50 + 75)) for place in range(4)
    ]
    for asker in askers:
        _, err = asker.communicate(timeout=120)
        assert asker.returncode == 0, err[-2000:]
    wait_until_all_ended(house)
    for each in workers:
        _, err = each.communicate("end\n", timeout=60)
        assert "fault" not in err
    told = house.run(
        COMMON
        + """
assert set(Job.objects.values_list("tries", "fault")) == {(1, "")}
asked = Counter(Job.objects.filter(kind="long").values_list("arguments__number", flat=True))
for number in range(225):
    assert len(noted(f"began-{number}")) == len(noted(f"ended-{number}")) == asked[number], number
print(len(asked), len(set(noted("met"))))
"""
    ).split()
    assert told == ["225", "2"]  # more than one worker had a part in it


def test_workers_that_are_killed_at_any_moment_lose_no_job(house):
    ask(house, 60)
    for pause in (0.0, 0.1, 0.3):
        with house.start(COMMON + WORK, TAKES="0.02") as killed:
            killed.stdout.readline()
            time.sleep(pause)
            killed.kill()
            killed.communicate()
    with house.start(COMMON + WORK) as last:
        wait_until_all_ended(house)
        last.communicate("end\n")
    house.run(
        COMMON
        + """
assert Job.objects.count() == 60
assert all(len(noted(f"ended-{n}")) >= 1 for n in range(60))
assert sum(len(noted(f"began-{n}")) for n in range(60)) <= 63
"""
    )


def test_a_worker_that_is_told_to_end_finishes_what_it_does(house):
    ask(house, 3)
    with house.start(COMMON + WORK, TAKES="1") as told:
        told.stdout.readline()
        out, err = told.communicate("end\n", timeout=60)
    assert out == "finished\n", err[-2000:]
    states = house.run(COMMON + STATES)
    assert (states.count("klaar"), states.count("wacht")) == (1, 2)


def test_what_takes_too_long_to_end_is_given_back_and_done_by_another(house):
    ask(house, 1)
    with house.start(COMMON + WORK, TAKES="60", WITHIN="0.2") as told:
        told.stdout.readline()
        out, err = told.communicate("end\n", timeout=30)
        assert told.returncode == 0, err[-2000:]
    assert out == "given back\n"
    assert house.run(COMMON + STATES) == "('wacht', 0, '')\n"
    with house.start(COMMON + WORK) as other:
        wait_until_all_ended(house)
        other.communicate("end\n")
    assert house.run(COMMON + STATES) == "('klaar', 1, '')\n"


def test_processes_that_make_recurring_work_at_once_make_one(house):
    code = """
@kind("sweep", "sweep", every=Hourly(0))
def sweep() -> None: ...
print("ready", flush=True)
sys.stdin.readline()
from vertrouwd.jobs.recurring import make_due
now = timezone.now()
for hours in range(50):
    make_due(kinds(), now=now + timedelta(hours=hours))
    Job.objects.filter(state="wacht").update(state="klaar", ended_at=now)
"""
    both = [house.start(COMMON + code) for _ in range(3)]
    for process in both:
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err[-2000:]
    told = house.run(
        COMMON + "print(Job.objects.count(), len(set(Job.objects.values_list('moment'))))"
    )
    assert told.split()[0] == told.split()[1]


def test_the_command_does_what_is_due_and_ends(house):
    recurring = sum(kind.every is not None for kind in kinds().values())
    done = house.command("run-jobs", "--once")
    assert (done.returncode, done.stdout) == (0, f"{recurring} jobs ended.\n"), done.stderr
    done = house.command("run-jobs", "--once")
    assert done.stdout == "0 jobs ended.\n"
    listed = house.command("list-jobs").stdout
    assert listed == f"In all: 0 wacht, 0 loopt, {recurring} klaar, 0 mislukt, 0 terzijde.\n"


def test_the_command_ends_at_a_signal(house):
    code = """
from vertrouwd.project.cli import main
sys.exit(main(["run-jobs"]))
"""
    ask(house, 1)
    with house.start(COMMON + code, TAKES="1") as told:
        assert told.stdout.readline() == "began\n"
        told.send_signal(signal.SIGTERM)
        out, err = told.communicate(timeout=30)
        assert told.returncode == 0, err[-2000:]
    assert out == "1 jobs ended.\n"
    assert house.run(COMMON + STATES) == "('klaar', 1, '')\n"
