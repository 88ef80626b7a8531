"""Two processes join the same dossiers crosswise at the same moment: A into B while B into A."""

from pathlib import Path

import pytest

from tests.faults.installation import Installation, installation

PAIRS = 25

OPEN = f"""
from tests.dossiers.casework import on_duty
from tests.factories import make_dossier
on_duty()
for _ in range({2 * PAIRS}):
    make_dossier()
"""
# The first process joins each odd dossier into the even one after it, the second the other way.
JOIN = """
import os, sys
from django.db import connection
from vertrouwd.dossiers.joining import contents, join_dossiers
from vertrouwd.dossiers.models import Dossier, DutyDay
from vertrouwd.dossiers.refused import Refused
connection.ensure_connection()
by = DutyDay.objects.get().user
dossiers = list(Dossier.objects.order_by("pk"))
pairs = list(zip(dossiers[::2], dossiers[1::2]))
seen = [contents(*pair) for pair in pairs]
print("ready", flush=True)
sys.stdin.readline()
done = 0
for (one, other), held in zip(pairs, seen):
    source, into = (one, other) if os.environ["WAY"] == "there" else (other, one)
    try:
        join_dossiers(source, into=into, reason="anders", by=by, seen=held)
        done += 1
    except Refused:
        pass
print(done)
"""
FOUND = """
from vertrouwd.dossiers.counting import dossiers_as_of
from vertrouwd.dossiers.models import LedgerEvent, Report
folded = {r: d for d, reports in dossiers_as_of().items() for r in reports}
assert folded == dict(Report.objects.values_list("pk", "dossier"))
print(len(set(folded.values())), LedgerEvent.objects.filter(source__isnull=False).count())
"""


@pytest.fixture
def made(tmp_path: Path):
    with installation(tmp_path / "home") as one:
        yield one


@pytest.mark.slow
@pytest.mark.django_db  # so that it also runs on PostgreSQL
def test_of_two_who_join_the_same_dossiers_crosswise_one_is_told_to_look_again(
    made: Installation,
) -> None:
    made.run(OPEN)
    people = [made.start(JOIN, WAY=way) for way in ("there", "back")]
    for process in people:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in people:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120) for process in people]
    assert [process.returncode for process in people] == [0, 0], said
    done = [int(out) for out, _ in said]
    assert sum(done) == PAIRS
    assert made.run(FOUND).split() == [str(PAIRS), str(PAIRS)]
