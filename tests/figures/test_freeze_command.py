"""`vertrouwd freeze-year`: what a person or a program reads back."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_report


@pytest.fixture(autouse=True)
def _own_home(home, db) -> None:
    pass


def freeze_year(*words: str) -> str:
    out = StringIO()
    call_command("freeze_year", *words, stdout=out)
    return out.getvalue()


def refusal(*words: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as refused:
        freeze_year(*words)
    return refused.value.returncode, str(refused.value)


def test_freezing_says_what_was_frozen_and_where():
    make_report()
    said = freeze_year("2022-2023")
    assert "revision 1. Dossiers opened: 1; reports received: 1." in said
    assert "snapshots/2022-2023/r1" in said
    assert "Next: vertrouwd make-overview 2022-2023" in said
    assert freeze_year("2022-2023") == "2022-2023 unchanged, still revision 1.\n"


def test_a_new_revision_says_how_many_numbers_differ_where_and_why():
    make_report()
    freeze_year("2022-2023")
    make_report()
    said = freeze_year("2022-2023", "--reason", "melding later ingevoerd")
    assert "Numbers that differ from revision 1: " in said
    assert "in snapshots/2022-2023/r2/differences.json. Reason: melding later ingevoerd." in said


def test_an_invented_year_is_called_invented():
    make_report(is_invented=True)
    assert "invented" in freeze_year("2022-2023")


def test_a_program_reads_the_result_as_json():
    make_report()
    said = json.loads(freeze_year("2022-2023", "--json"))
    assert said["revision"] == 1
    assert said["folder"] == "snapshots/2022-2023/r1"
    assert said["files"]["dossiers.parquet"]["rows"] == 1


def test_a_year_that_does_not_exist_is_explained():
    code, reason = refusal("2022-2024")
    assert (code, reason) == (2, "'2022-2024' is not a school year. Write it as 2022-2023.")


def test_a_year_without_dossiers_says_what_to_do_first():
    code, reason = refusal("2022-2023")
    assert code == 2
    assert "vertrouwd import-reports" in reason


def test_a_reason_outside_the_list_names_the_list():
    code, reason = refusal("2022-2023", "--reason", "zomaar")
    assert code == 2
    assert "'zomaar' is not a reason" in reason
    assert "codering herzien" in reason


def test_a_year_that_runs_is_refused_with_the_way_out():
    make_report(received_on="2999-09-01")
    code, reason = refusal("2999-3000")
    assert code == 1
    assert "--provisional" in reason
