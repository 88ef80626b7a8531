"""Whoever types the name of a school sees those that are much like it first."""

from tests.factories import make_institution
from vertrouwd.schools.meant import meant_by
from vertrouwd.schools.models import Institution, Location


def in_the_register(code: str, name: str, town: str) -> Institution:
    facts = {"name": name, "town": town, "sector": "po"}
    school = Institution.objects.create(register="brin", code=code, **facts)
    Location.objects.create(institution=school, code=f"{code}00", **facts)
    return school


def test_a_name_that_was_typed_in_full_comes_before_what_is_like_it_in_the_register(db):
    alike = in_the_register("01ZZ", "Het Kristalkroos", "Gasselte")
    meant = make_institution(name="Kristalkroon College", town="Verzonnendam")
    assert meant_by("kristalkroon", limit=8) == [meant, alike]
    assert meant_by("kristalkroos", limit=8) == [alike, meant]
    assert meant_by("kristalkrook", limit=8) == [alike, meant]  # neither: the register first


def test_a_school_is_found_by_a_former_name_behind_what_has_that_name_now(db):
    renamed = in_the_register("01ZZ", "De Esdoorn", "Gasselte")
    Institution.objects.filter(pk=renamed.pk).update(name="De Ahorn")
    namesake = make_institution(name="Basisschool De Esdoorn", town="Gasselte")
    assert meant_by("esdoorn", limit=8) == [namesake, renamed]
