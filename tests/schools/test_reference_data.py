"""What comes along: sectors, and pupils per sector."""

import csv
from datetime import date
from pathlib import Path

import pytest

import vertrouwd.schools
from vertrouwd.schools.enrolment import contradictions, enrolment, school_years
from vertrouwd.schools.terms import Sector
from vertrouwd.schools.years import parse_year

DATA = Path(vertrouwd.schools.__file__).parent / "data"


def sectors() -> list[dict[str, str]]:
    with (DATA / "sectors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sector_list_and_the_sector_terms_agree():
    assert [row["code"] for row in sectors()] == [sector.value for sector in Sector]


def test_every_sector_says_what_it_is_since_when_and_by_which_source():
    for row in sectors():
        assert row["name"] and row["definition"] and row["source"]
        assert row["verified"] in ("ja", "nee")
        begins = date.fromisoformat(row["valid_from"])
        assert not row["valid_to"] or begins < date.fromisoformat(row["valid_to"])


def test_speciaal_basisonderwijs_is_defined_as_part_of_primary_education():
    definitions = {row["code"]: row["definition"] for row in sectors()}
    assert "sbo" in definitions["po"]


@pytest.mark.parametrize("file", ["vestigingen_po_vo_so_2024-11.csv", "enrolment.csv"])
def test_every_data_file_says_where_it_comes_from(file):
    assert file in (DATA / "SOURCES.md").read_text(encoding="utf-8")


def test_pupils_in_primary_education_are_those_of_bo_and_sbo_together():
    found = enrolment(Sector.PRIMARY, "2022-2023")
    assert found is not None
    assert found.pupils == 1_367_485 + 34_634
    assert [part.sector for part in found.parts] == ["bo", "sbo"]


def test_special_education_is_taken_as_printed_or_as_what_is_left_of_the_total():
    printed, left = enrolment(Sector.SPECIAL, "2020-2021"), enrolment(Sector.SPECIAL, "2019-2020")
    assert printed is not None and left is not None
    assert (printed.pupils, printed.is_composed) == (70_201, False)
    assert (left.pupils, left.is_composed) == (1_502_127 - 1_396_575 - 35_731, True)


def test_students_in_higher_education_are_those_of_hbo_and_wo_together():
    found = enrolment(Sector.HIGHER, "2022-2023")
    assert found is not None and found.pupils == 476_877 + 344_347


def test_the_exact_total_is_preferred_to_the_rounded_one():
    found = enrolment(Sector.SPECIAL, "2022-2023")
    assert found is not None
    assert found.pupils == 1_474_521 - 1_367_485 - 34_634
    assert not found.is_rounded


def test_rounded_and_forecast_numbers_say_so():
    rounded, forecast = (
        enrolment(Sector.SECONDARY, "2022-2023"),
        enrolment(Sector.VOCATIONAL, "2024-2025"),
    )
    assert rounded is not None and rounded.is_rounded
    assert forecast is not None and forecast.is_forecast


@pytest.mark.parametrize(
    ("sector", "year"),
    [
        (Sector.CHILDCARE, "2022-2023"),
        (Sector.WITHHELD, "2022-2023"),
        (Sector.PRIMARY, "2023-2024"),  # only a total that holds special schools too
        (Sector.PRIMARY, "1999-2000"),
    ],
)
def test_where_the_sources_do_not_allow_a_number_there_is_none(sector, year):
    assert enrolment(sector, year) is None


def test_two_totals_of_one_year_that_differ_are_named():
    named = [str(found) for found in contradictions()]
    assert "2022-2023, po_totaal printed twice: 1,474,521 against 1,472,900 (+1,621)" in named


def test_sums_that_do_not_meet_are_named_and_those_that_meet_are_not():
    named = {(found.school_year, found.what) for found in contradictions()}
    assert ("2018-2019", "po_plus_vo and po_totaal + vo") in named
    assert ("2020-2021", "po_totaal and bo + sbo + speciale_scholen") not in named


def test_every_enrolment_year_is_a_school_year():
    assert all(not parse_year(year).is_childcare for year in school_years())
