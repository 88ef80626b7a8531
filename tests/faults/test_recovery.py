"""The machine burned down: what is left is a copy of the database, and people with paper."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.faults.installation import installation, restored
from tests.project.key_people import NEWCOMER, Office, as_one_line, office

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # on both engines, in processes of its own

FINGERPRINT = """
from vertrouwd.sealing.models import TeamKey
print(TeamKey.objects.get().fingerprint)
"""


@pytest.fixture(scope="module")
def burned_down(tmp_path_factory) -> Iterator[Office]:
    """What was: a team, its papers, forty sealed reports."""
    with installation(tmp_path_factory.mktemp("burned") / "home") as made:
        yield office(made, team=True)


@pytest.fixture
def elsewhere(burned_down, tmp_path) -> Iterator[Office]:
    """A new machine with the database alone; Dee, a new inspector, has made a key there."""
    with restored(burned_down.made, tmp_path / "home") as made:
        files = sorted(path.name for path in made.home.iterdir())
        assert files in ([], ["vertrouwd.sqlite3"])
        told = json.loads(made.run(NEWCOMER))
        yield replace(burned_down, made=made, told={**burned_down.told, **told})


def papers(house: Office, *numbers: int) -> list[str]:
    return [as_one_line(house.shares[number - 1]) for number in numbers]


def test_three_shares_open_every_report_on_a_new_machine(elsewhere):
    pin = elsewhere.made.run(FINGERPRINT).strip()
    assert elsewhere.opened_by("dee") == 0
    typed = [pin, elsewhere.aloud("dee"), *papers(elsewhere, 2, 5, 3)]
    done = elsewhere.command("recover-team", "dee", given=typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert elsewhere.opened_by("dee") == 40
    rotated = elsewhere.command(
        "rotate-keys", "--by", "dee", "--yes", given=[elsewhere.phrase("dee")]
    )
    assert (rotated.returncode, rotated.stderr) == (0, "")
    assert elsewhere.opened_by("dee") == 40


def test_two_shares_open_nothing_and_leave_nothing(elsewhere):
    before, pin = elsewhere.kept(), elsewhere.made.run(FINGERPRINT).strip()
    for shares in ([1, 4], [1, 4, 4]):
        typed = [pin, elsewhere.aloud("dee"), *papers(elsewhere, *shares)]
        done = elsewhere.command("recover-team", "dee", given=typed)
        assert done.returncode == 2
    assert elsewhere.kept() == before
    assert elsewhere.opened_by("dee") == 0


def test_another_fingerprint_than_on_the_paper_stops_it(elsewhere):
    """Somebody brings a database with a team of their own, and waits for what is sealed to it."""
    before = elsewhere.kept()
    typed = ["12345 " * 10, elsewhere.aloud("dee"), *papers(elsewhere, 1, 2, 3)]
    done = elsewhere.command("recover-team", "dee", given=typed)
    assert done.returncode == 2
    assert "not the fingerprint of the team in this database" in done.stderr
    assert elsewhere.kept() == before


def test_without_the_pepper_a_passphrase_of_before_opens_nothing_and_says_why(elsewhere):
    done = elsewhere.command("rotate-keys", "--by", "ine", given=[elsewhere.phrase("ine"), "yes"])
    assert done.returncode == 1
    assert "pepper" in done.stderr
