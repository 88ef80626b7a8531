"""The year a dossier counts in: from 1 August for education, the calendar year for childcare."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.schools.years import CalendarYear, SchoolYear, parse_year, year_of

days = st.dates(min_value=date(1000, 8, 1), max_value=date(9998, 12, 31))
childcare = st.booleans()


@given(days, childcare)
def test_every_day_is_in_exactly_one_year(day, childcare):
    year = year_of(day, childcare=childcare)
    assert day in year
    assert day not in year.shift(-1)
    assert day not in year.shift(1)


@given(days, childcare)
def test_a_year_begins_the_day_after_the_year_before_ended(day, childcare):
    year = year_of(day, childcare=childcare)
    assert year.first_day == year.shift(-1).last_day + timedelta(days=1)
    assert 365 <= (year.last_day - year.first_day).days + 1 <= 366


@given(days, childcare)
def test_what_a_year_is_written_as_reads_back_as_that_year(day, childcare):
    year = year_of(day, childcare=childcare)
    assert parse_year(str(year)) == year


@given(days, childcare)
def test_a_day_is_in_one_of_the_twelve_months_of_its_year(day, childcare):
    months = year_of(day, childcare=childcare).months
    assert months == sorted(months)
    assert len(set(months)) == 12
    assert f"{day.year:04}-{day.month:02}" in months


@given(days)
def test_childcare_counts_by_calendar_year(day):
    assert year_of(day, childcare=True) == CalendarYear(day.year)


def test_a_report_of_31_july_counts_in_the_old_year_and_of_1_august_in_the_new():
    assert str(year_of(date(2023, 7, 31), childcare=False)) == "2022-2023"
    assert str(year_of(date(2023, 8, 1), childcare=False)) == "2023-2024"


def test_a_leap_day_is_in_the_school_year_that_began_the_summer_before():
    assert str(year_of(date(2024, 2, 29), childcare=False)) == "2023-2024"


def test_the_months_of_a_school_year_run_from_august_to_july():
    months = SchoolYear(2022).months
    assert (months[0], months[4], months[5], months[-1]) == (
        "2022-08", "2022-12", "2023-01", "2023-07",
    )  # fmt: skip


def test_years_stand_in_order_of_time():
    assert SchoolYear(2021) < SchoolYear(2022)
    assert max(SchoolYear(2019), SchoolYear(2022), SchoolYear(2020)) == SchoolYear(2022)


def test_blanks_around_a_year_do_not_matter():
    assert parse_year(" 2022-2023\n") == SchoolYear(2022)
    assert parse_year(" 2022 ") == CalendarYear(2022)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2022-2024", "Write it as 2022-2023"),
        ("2022-2022", "Write it as 2022-2023"),
        ("2023-2022", "Write it as 2023-2024"),
        ("22-23", "as 2022-2023"),
        ("2022/2023", "as 2022-2023"),
        ("2022-23", "as 2022-2023"),
        ("", "as 2022-2023"),
        ("0000", "as 2022-2023"),
        ("0000-0001", "as 2022-2023"),
        ("9999-10000", "as 2022-2023"),
        ("9999-0000", "as 2022-2023"),
        ("0999-1000", "as 2022-2023"),
        ("²022", "as 2022-2023"),
        ("٢٠٢٢", "as 2022-2023"),
        ("2022-2023; drop", "as 2022-2023"),
        ("vorig jaar", "as 2022-2023"),
    ],
)
def test_a_text_that_is_no_year_is_refused_with_what_is_possible(text, hint):
    with pytest.raises(ValueError, match="is not a") as refusal:
        parse_year(text)
    assert hint in str(refusal.value)


@given(st.text(max_size=60))
def test_any_text_is_a_year_or_refused_in_one_short_line(text):
    try:
        year = parse_year(text)
    except ValueError as refusal:
        assert len(str(refusal)) < 200
    else:
        assert str(year) == text.strip()
        assert year.first_day < year.last_day


@pytest.mark.parametrize("text", ["1000-1001", "9998-9999", "1000", "9999"])
def test_the_first_and_last_years_that_can_be_written_have_days(text):
    year = parse_year(text)
    assert year.first_day < year.last_day
    assert str(year) == text
