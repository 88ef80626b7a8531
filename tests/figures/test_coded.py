"""What a dossier says once its reports are put together."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.populations import coded_rows
from vertrouwd.figures.coded import Coding, Told, code_dossier, code_report, number_institutions

CODING = Coding(sector="po", setting="", category="psychisch geweld", subcategory="pesten")
TOLD = Told(
    received_on=date(2023, 4, 17),
    channel="telefoon",
    reporter_role="ouder",
    accused_role="leerling",
    accused_age=11,
    affected_role="leerling",
    affected_age=10,
    place="op school",
    social_media="nee",
    referred_to_police="nee",
    coding=CODING,
)


def coded(*reports: Told, coding: Coding = CODING):
    return code_dossier(coding, reports)


def test_the_month_is_that_of_the_first_report():
    assert coded(TOLD, replace(TOLD, received_on=date(2022, 9, 30))).month == "2022-09"


def test_roles_and_places_are_those_of_all_reports_together():
    row = coded(TOLD, replace(TOLD, accused_role="ouder", place="online"), TOLD)
    assert row.accused_roles == ("leerling", "ouder")
    assert row.places == ("online", "op school")


def test_unknown_disappears_beside_something_known_and_stays_alone():
    unknown = replace(TOLD, accused_role="onbekend")
    assert coded(TOLD, unknown).accused_roles == ("leerling",)
    assert coded(unknown).accused_roles == ("onbekend",)


@pytest.mark.parametrize(
    ("answers", "together"),
    [
        (["nee", "ja", "onbekend"], "ja"),
        (["onbekend", "nee"], "nee"),
        (["onbekend", "onbekend"], "onbekend"),
    ],
)
def test_one_yes_is_a_yes_and_unknown_is_no_answer(answers, together):
    reports = [replace(TOLD, social_media=a, referred_to_police=a) for a in answers]
    assert coded(*reports).social_media == together
    assert coded(*reports).referred_to_police == together


@pytest.mark.parametrize(
    ("changes", "youngest"),
    [
        ({}, "jonger dan 13"),
        ({"affected_age": 14, "accused_age": 15}, "13-15"),
        ({"affected_age": 14, "accused_age": 12}, "jonger dan 13"),
        ({"affected_role": "met taken belast persoon", "accused_age": 16}, "16-17"),
        ({"accused_role": "met taken belast persoon", "affected_age": 13}, "13-15"),
        ({"affected_age": None, "accused_age": None}, "onbekend"),
        ({"accused_role": "ouder", "affected_role": "ander"}, "onbekend"),
    ],
)
def test_the_youngest_involved_is_a_learner_affected_or_accused(changes, youngest):
    assert coded(replace(TOLD, **changes)).youngest_involved == youngest


def test_the_age_of_the_affected_counts_whatever_the_role():
    staff = replace(TOLD, affected_role="met taken belast persoon", affected_age=40)
    assert coded(staff).affected_age_band == "18 en ouder"


def test_an_empty_subcategory_is_unknown_unless_the_category_has_none():
    assert coded(TOLD, coding=replace(CODING, subcategory="")).subcategory == "onbekend"
    none = Coding(sector="po", setting="", category="radicalisering", subcategory="")
    assert coded(TOLD, coding=none).subcategory == ""


def test_a_withheld_sector_is_said_in_a_column_of_its_own():
    withheld = replace(CODING, sector="niet bekendgemaakt")
    assert coded(TOLD, coding=withheld).sector_withheld == "ja"
    assert coded(TOLD).sector_withheld == "nee"


def test_only_childcare_has_a_setting_and_an_empty_one_is_unknown():
    childcare = replace(CODING, sector="kinderopvang")
    assert coded(TOLD, coding=childcare).setting == "onbekend"
    assert coded(TOLD, coding=replace(CODING, setting="gastouderopvang")).setting == ""


def test_the_coding_of_the_dossier_holds_whatever_its_reports_were_coded():
    other = replace(TOLD, coding=replace(CODING, category="fysiek geweld", sector="vo"))
    row = coded(other)
    assert (row.category, row.sector) == ("psychisch geweld", "po")
    assert code_report(other).category == "fysiek geweld"


def test_the_order_of_the_reports_makes_no_difference():
    reports = [TOLD, replace(TOLD, place="online", affected_age=8), replace(TOLD, place="onderweg")]
    assert len({code_dossier(CODING, order) for order in permutations(reports)}) == 1


@given(
    st.lists(st.tuples(coded_rows(), st.sampled_from([None, 1, 2, 3, 4])), max_size=8),
    st.permutations([1, 2, 3, 4]),
    st.randoms(),
)
def test_neither_order_nor_keys_of_the_database_show_in_a_snapshot(population, keys, chance):
    rows = [(row, (1, False), key) for row, key in population]
    other_keys = dict(zip([1, 2, 3, 4], keys, strict=True)) | {None: None}
    shuffled = [(row, further, other_keys[key]) for row, further, key in rows]
    chance.shuffle(shuffled)
    assert number_institutions(rows) == number_institutions(shuffled)


@given(st.lists(st.tuples(coded_rows(), st.sampled_from([None, 7, 9])), max_size=8))
def test_dossiers_of_one_institution_keep_one_number(population):
    numbered = number_institutions((row, (1, False), key) for row, key in population)
    sizes = sorted(
        sum(row[-1] == number for row in numbered) for number in {row[-1] for row in numbered}
    )
    keys = [key for _, key in population]
    assert sizes == sorted(keys.count(key) for key in set(keys))
    assert {row[-1] for row in numbered} - {None} <= {1, 2}
