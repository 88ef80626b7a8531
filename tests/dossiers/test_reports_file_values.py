"""What a cell of a reports file may hold, and what is said of one that cannot be read."""

from datetime import date

import pytest

from tests.factories import row
from vertrouwd.dossiers.models import Report
from vertrouwd.dossiers.reports_file.columns import COLUMNS, Layout
from vertrouwd.dossiers.reports_file.rows import Row, changed_columns, read_row
from vertrouwd.dossiers.reports_file.values import Wrong, read_age, read_day

TODAY = date(2024, 1, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-04-17", date(2023, 4, 17)),
        ("17-4-2023", date(2023, 4, 17)),
        ("17-04-2023", date(2023, 4, 17)),
        (" 2023-4-17 ", date(2023, 4, 17)),
        ("2023-04-17 00:00:00", date(2023, 4, 17)),
        ("2023-04-17T00:00", date(2023, 4, 17)),
        ("45033", date(2023, 4, 17)),
        ("29-2-2024", date(2024, 2, 29)),
        ("", None),
        ("onbekend", None),
    ],
)
def test_a_day_is_read_in_the_ways_the_contract_names(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("17/4/2023", "does not say which number is the month"),
        ("4/17/2023", "does not say which number is the month"),
        ("17.4.2023", "does not say which number is the month"),
        ("29-2-2023", "does not exist"),
        ("2023-13-01", "does not exist"),
        ("17-4-23", "is not a date"),
        ("17 april 2023", "is not a date"),
        ("0203-04-17", "lies before 1900"),
        ("2023", "is not a date"),
        ("٢٠٢٣-٠٤-١٧", "is not a date"),
        ("2023-04-17 09:30", "is not a date"),
    ],
)
def test_a_day_that_cannot_be_read_says_why(text: str, problem: str) -> None:
    found = read_day(text)
    assert isinstance(found, Wrong)
    assert problem in found.problem


@pytest.mark.parametrize(("text", "age"), [("0", 0), ("14", 14), ("14,0", 14), ("120", 120)])
def test_an_age_is_a_whole_number_of_years(text: str, age: int) -> None:
    assert read_age(text) == age


@pytest.mark.parametrize("text", ["121", "140", "-1", "14,5", "twaalf", "13-15", "1e2"])
def test_an_impossible_age_is_refused(text: str) -> None:
    assert isinstance(read_age(text), Wrong)


def one(**changes: str) -> Row | list:
    values = row(**changes)
    return read_row(2, list(values.values()), Layout.of(list(values)), today=TODAY)


@pytest.mark.parametrize(
    ("since", "until"), [("", "2023-04-14"), ("2023-04-03", ""), ("", ""), ("2023-04-17",) * 2]
)
def test_an_alleged_act_may_be_known_on_one_side_only(since: str, until: str) -> None:
    assert isinstance(one(voorval_van=since, voorval_tot=until), Row)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"voorval_van": "2023-04-15"}, "lies before voorval_van"),
        ({"voorval_van": "2023-04-18", "voorval_tot": ""}, "lies after ontvangen_op"),
        ({"voorval_van": "2024-01-23", "voorval_tot": ""}, "lies in the future"),
        ({"ontvangen_op": "2024-01-23"}, "lies in the future"),
    ],
)
def test_days_that_contradict_each_other_are_refused_once(
    changes: dict[str, str], problem: str
) -> None:
    reasons = one(**changes)
    assert isinstance(reasons, list)
    assert [reason.problem for reason in reasons] == [problem]


def test_a_report_may_come_in_today() -> None:
    assert isinstance(one(ontvangen_op=str(TODAY)), Row)


def test_unknown_answers_may_be_left_empty() -> None:
    empty = ("melder_rol", "beklaagde_rol", "betrokkene_rol", "plaats_voorval", "sociale_media",
             "verwezen_politie")  # fmt: skip
    found = one(**dict.fromkeys(empty, ""))
    assert isinstance(found, Row)
    assert {found.values[name] for name in empty} == {"onbekend"}


def test_an_lrk_number_belongs_to_childcare_and_a_brin_to_a_school() -> None:
    for sector, number in (("po", "123456789"), ("kinderopvang", "16AH")):
        reasons = one(sector=sector, instelling_brin=number)
        assert isinstance(reasons, list)
        assert reasons[0].column == "instelling_brin"


def test_a_digest_tells_which_columns_changed() -> None:
    before, after = one(), one(kanaal="brief", dossier="zaak")
    assert isinstance(before, Row)
    assert isinstance(after, Row)
    assert changed_columns(before.digest, after.digest) == ["kanaal", "dossier"]
    assert changed_columns(before.digest, before.digest) == []
    assert changed_columns("another form", before.digest) == []
    longest = Report._meta.get_field("row_digest").max_length
    assert len(before.digest) == 2 + 8 * len(COLUMNS) <= (longest or 0)
