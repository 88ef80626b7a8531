"""How many dossiers there are: per year, and as of any moment."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import make_dossier, make_report
from vertrouwd.dossiers import actions
from vertrouwd.dossiers.counting import count, dossier_years, dossiers_as_of
from vertrouwd.schools.years import CalendarYear, SchoolYear, parse_year

START = datetime(2023, 9, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
YEAR = SchoolYear(2022)


@pytest.mark.parametrize(
    ("received", "sector", "year"),
    [
        (date(2022, 7, 31), "po", "2021-2022"),
        (date(2022, 8, 1), "po", "2022-2023"),
        (date(2023, 7, 31), "ho", "2022-2023"),
        (date(2023, 8, 1), "niet bekendgemaakt", "2023-2024"),
        (date(2022, 12, 31), "kinderopvang", "2022"),
        (date(2023, 1, 1), "kinderopvang", "2023"),
    ],
)
def test_a_dossier_counts_in_the_year_of_its_first_report(
    db, received: date, sector: str, year: str
) -> None:
    dossier = make_dossier(received_on=received, sector=sector)
    assert dossier_years() == {dossier.pk: parse_year(year)}
    assert count(parse_year(year)) == 1


def test_later_reports_do_not_move_a_dossier_but_an_earlier_one_does(actor) -> None:
    dossier = make_dossier(received_on=date(2022, 9, 1))
    actions.join(make_dossier(received_on=date(2023, 9, 1)), into=dossier, by=actor)
    assert dossier_years() == {dossier.pk: SchoolYear(2022)}
    actions.join(make_dossier(received_on=date(2022, 6, 1)), into=dossier, by=actor)
    assert dossier_years() == {dossier.pk: SchoolYear(2021)}


def test_the_count_can_be_made_as_of_any_moment(actor) -> None:
    one, two = (make_dossier(now=START) for _ in range(2))
    event = actions.join(one, into=two, by=actor, now=START + HOUR)
    undo = actions.undo(event, by=actor, now=START + 2 * HOUR)
    actions.undo(undo, by=actor, now=START + 3 * HOUR)
    late = make_report(now=START + 4 * HOUR)
    counts = [count(YEAR, as_of=START + hours * HOUR) for hours in (-1, 0, 1, 2, 3, 4)]
    assert counts == [0, 2, 1, 2, 1, 2]
    assert count(YEAR) == 2
    assert sorted(map(len, dossiers_as_of(START + 3 * HOUR).values())) == [2]
    assert dossiers_as_of()[late.dossier_id] == [late.pk]


def test_a_dossier_recoded_to_childcare_counted_in_education_before(actor) -> None:
    dossier = make_dossier(now=START)
    for hours, sector in ((1, "kinderopvang"), (2, "vo")):
        actions.code_dossier(
            dossier, category="overig", subcategory="", sector=sector, by=actor,
            reason="meer bekend geworden", now=START + hours * HOUR,
        )  # fmt: skip
    years = [dossier_years(START + hours * HOUR)[dossier.pk] for hours in (0, 1, 2)]
    assert years == [SchoolYear(2022), CalendarYear(2023), SchoolYear(2022)]
