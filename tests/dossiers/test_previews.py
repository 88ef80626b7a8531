"""What a join or a separation would change is said before it is done, and is then what happens."""

from datetime import date

import pytest

from tests.dossiers.casework import Office, handlers, supervise
from tests.factories import make_institution
from vertrouwd.dossiers import life, previews
from vertrouwd.dossiers.casework_terms import Outcome
from vertrouwd.dossiers.counting import count
from vertrouwd.dossiers.joining import join_dossiers, separate_report
from vertrouwd.dossiers.models import Dossier
from vertrouwd.schools.years import CalendarYear, SchoolYear


@pytest.fixture
def office(db, home) -> Office:
    return Office()


def join(source: Dossier, into: Dossier, office: Office) -> None:
    join_dossiers(source, into=into, reason="anders", by=office.duty_officer)


def told(preview: previews.Preview) -> dict[object, tuple[int, int]]:
    return {change.year: (change.before, change.after) for change in preview.years}


def test_the_counts_of_a_preview_are_those_of_before_and_after(office) -> None:
    early = office.dossier(received_on=date(2022, 6, 1))
    late = office.dossier(received_on=date(2022, 9, 1))
    office.dossier(received_on=date(2022, 9, 2))
    said = told(previews.of_join(early, late))
    assert said == {SchoolYear(2021): (1, 1), SchoolYear(2022): (2, 1)}
    assert {year: count(year) for year in said} == {SchoolYear(2021): 1, SchoolYear(2022): 2}
    join(early, late, office)
    assert {year: count(year) for year in said} == {y: after for y, (_, after) in said.items()}


def test_a_join_over_the_border_of_childcare_says_both_years(office) -> None:
    child = office.dossier(sector="kinderopvang", setting="dagopvang", subcategory="")
    school = office.dossier()
    said = told(previews.of_join(child, school))
    assert said == {SchoolYear(2022): (1, 1), CalendarYear(2023): (1, 0)}
    join(child, school, office)
    assert count(CalendarYear(2023)) == 0


def test_the_counts_of_a_separation_are_those_of_before_and_after(office) -> None:
    early = office.dossier(received_on=date(2021, 9, 1))
    late = office.dossier()
    report = early.reports.get()
    join(early, late, office)
    report.refresh_from_db()
    said = told(previews.of_separation(report))
    assert said == {SchoolYear(2021): (1, 1), SchoolYear(2022): (0, 1)}
    separate_report(report, reason="anders", by=office.inspector)
    assert {year: count(year) for year in said} == {y: after for y, (_, after) in said.items()}


def test_a_preview_says_that_the_codings_disagree_and_that_a_closed_dossier_opens(office) -> None:
    one = office.dossier(category="fysiek geweld", subcategory="")
    two, three = office.dossier(), office.dossier()
    life.close(two, outcome=Outcome.ADVISED, by=office.inspector)
    preview = previews.of_join(one, two)
    assert preview.disagreement is not None
    assert preview.disagreement.categories == ("fysiek geweld", "psychisch geweld")
    assert preview.reopens
    plain = previews.of_join(two, three)
    assert (plain.disagreement, plain.reopens) == (None, False)


@pytest.mark.parametrize("joined_away", [True, False])
def test_who_gets_and_who_loses_access_is_what_happens(office, joined_away: bool) -> None:
    school, barred, other = make_institution(), office.colleague(), office.colleague()
    supervise(barred, school)
    theirs, at_school = office.dossier(barred, other), office.dossier(institution=school)
    source, into = (theirs, at_school) if joined_away else (at_school, theirs)
    preview = previews.of_join(source, into)
    assert preview.loses == [barred]
    assert {person.pk for person in preview.gains} == {other.pk, office.inspector.pk}
    before = handlers(into)
    join(source, into, office)
    assert handlers(into) == (before | set(preview.gains)) - set(preview.loses)


def test_a_preview_changes_nothing_and_asks_no_more_for_more_reports(
    office, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one, two = office.dossier(), office.dossier()
    with CaptureQueriesContext(connection) as few:
        previews.of_join(one, two)
    for _ in range(8):
        join(office.dossier(), one, office)
    with django_assert_num_queries(len(few)):
        assert len(previews.of_join(one, two).moving) == 9
    assert one.reports.count() == 9
