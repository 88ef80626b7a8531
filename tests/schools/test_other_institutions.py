"""What stands in no register is found by a mistyped name as well."""

import pytest

from tests.factories import make_institution
from vertrouwd.schools.other_institutions import find_others, is_like


@pytest.fixture
def rainbow(db):
    make_institution(name="Basisschool De Molen", town="Gasselte")
    make_institution(name="Regenboog College", town="Assen", is_invented=False, code="01AB")
    return make_institution(name="Basisschool De Regenboog", town="Gasselte", code="ZZ7X")


@pytest.mark.parametrize(
    "text", ["De Regenboog", "regenbog gaselte", "REGENBOOG", "zz7x", "régenboog, Gasselte"]
)
def test_a_school_is_found_by_name_town_or_number_however_it_is_typed(rainbow, text):
    assert find_others(text, limit=3)[0] == rainbow


@pytest.mark.parametrize("text", ["", "  ", "Vuurtoren", "Regenboog Den Helder Zuid"])
def test_what_is_not_alike_is_not_found(rainbow, text):
    assert rainbow not in find_others(text, limit=3)


def test_a_school_of_the_register_is_not_found_here(rainbow):
    assert [each.name for each in find_others("regenboog", limit=9)] == [rainbow.name]


@pytest.mark.parametrize(
    ("text", "alike"),
    [("regenbog gaselte", True), ("zz7x", True), ("kwartelvlir", False), ("", False)],
)
def test_a_text_is_like_the_name_that_an_institution_has_now(rainbow, text, alike):
    assert is_like(text, rainbow) == alike
