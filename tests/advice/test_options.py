"""Which roads are put before whom, and what is said for and against them."""

from dataclasses import replace
from datetime import date

import pytest

from vertrouwd.advice.bodies import bodies_for
from vertrouwd.advice.letters import letters_for
from vertrouwd.advice.options import offers_for
from vertrouwd.advice.situation import Situation, Window, is_between_staff, when, window_of
from vertrouwd.advice.terms import Option
from vertrouwd.dossiers.terms import AccusedRole, AffectedRole, Category, ReporterRole
from vertrouwd.schools.terms import Sector

MOTHER = Situation(
    sector=Sector.PRIMARY,
    category=Category.SEXUAL_ABUSE,
    accused=AccusedRole.ENTRUSTED,
    affected=AffectedRole.LEARNER,
    reporter=ReporterRole.PARENT,
    affected_age=9,
    window=Window.LATER,
)
COLLEAGUE = Situation(
    sector=Sector.SECONDARY,
    category=Category.PSYCHOLOGICAL_VIOLENCE,
    accused=AccusedRole.ENTRUSTED,
    affected=AffectedRole.ENTRUSTED,
    reporter=ReporterRole.STAFF,
)
TODAY = date(2026, 11, 28)


def options(found: Situation) -> set[Option]:
    return {offer.option for offer in offers_for(found)}


def said(found: Situation, option: Option) -> str:
    offer = next(each for each in offers_for(found) if each.option is option)
    return " ".join(words.nl for words in (*offer.pros, *offer.cons))


def codes(found: Situation) -> set[str]:
    return {body.code for body in bodies_for(found)}


def test_a_pupil_of_a_primary_school_files_no_complaint_but_a_grown_up_does():
    child = replace(MOTHER, reporter=ReporterRole.LEARNER)
    own = {Option.COMPLAINT_TO_BOARD, Option.COMPLAINT_TO_COMMITTEE}
    assert options(child) & {*own, Option.COMPLAINT_BY_ADULT} == {Option.COMPLAINT_BY_ADULT}
    for others in (
        MOTHER,
        replace(child, reporter=ReporterRole.STAFF),
        replace(child, sector=Sector.SECONDARY),
        replace(child, sector=None),
    ):
        assert options(others) & {*own, Option.COMPLAINT_BY_ADULT} == own


def test_nobody_complains_to_themselves():
    board, committee = Option.COMPLAINT_TO_BOARD, Option.COMPLAINT_TO_COMMITTEE
    found = replace(MOTHER, sector=Sector.SECONDARY)
    own = {
        role: options(replace(found, reporter=role)) & {board, committee} for role in ReporterRole
    }
    assert own.pop(ReporterRole.BOARD) == set()
    assert own.pop(ReporterRole.COMPLAINTS_COMMITTEE) == {board}
    assert all(each == {board, committee} for each in own.values())


@pytest.mark.parametrize(
    ("days", "window"),
    [
        (0, Window.HOURS_72), (3, Window.HOURS_72), (4, Window.DAYS_7), (7, Window.DAYS_7),
        (8, Window.LATER), (400, Window.LATER),
    ],
)  # fmt: skip
def test_the_days_since_it_happened_are_counted_as_long_as_they_may_be(days, window):
    assert window_of(date.fromordinal(TODAY.toordinal() - days), today=TODAY) is window


def test_within_72_hours_the_centre_is_called_now_and_within_a_week_today():
    at_once, today_, later = (
        said(replace(MOTHER, window=window), Option.HELP_BODY) for window in Window
    )
    assert "Bel nu: binnen 72 uur" in at_once
    assert "Bel vandaag: tot 7 dagen" in at_once
    assert "Bel nu" not in today_
    assert "Bel vandaag: tot 7 dagen" in today_
    assert "Bel" not in later
    assert "langer geleden" in later
    assert "Bel nu" in said(replace(MOTHER, window=None), Option.HELP_BODY)


def test_nobody_speaks_of_traces_where_nothing_sexual_was_told():
    bullied = replace(MOTHER, category=Category.PSYCHOLOGICAL_VIOLENCE, window=Window.HOURS_72)
    assert "Centrum Seksueel Geweld" not in said(bullied, Option.HELP_BODY)
    assert "centrum-seksueel-geweld" not in codes(bullied)
    assert "centrum-seksueel-geweld" in codes(MOTHER)


def test_an_internal_adviser_may_not_keep_silent_of_a_teacher_and_a_pupil():
    assert "Zwijgen mag dan niet" in said(MOTHER, Option.INTERNAL_ADVISER)
    by_pupil = replace(MOTHER, accused=AccusedRole.LEARNER)
    assert "Zwijgen" not in said(by_pupil, Option.INTERNAL_ADVISER)


def test_the_article_of_a_complaint_is_that_of_the_sector():
    found = {
        sector: {
            offer.article
            for offer in offers_for(replace(MOTHER, sector=sector))
            if offer.option is Option.COMPLAINT_TO_BOARD
        }
        for sector in (Sector.PRIMARY, Sector.VOCATIONAL, Sector.CHILDCARE, Sector.SPECIAL)
    }
    assert list(found.values()) == [{"WPO 14"}, {"WEB 7.4.8"}, {"Wko 1.57b"}, {""}]


def test_childcare_has_its_own_complaints_desk_and_no_committee_of_schools():
    childcare = replace(MOTHER, sector=Sector.CHILDCARE)
    assert {"klachtenloket-kinderopvang"} == codes(childcare) & {
        "klachtenloket-kinderopvang", "onderwijsgeschillen", "gcbo"
    }  # fmt: skip
    assert Option.INTERNAL_ADVISER not in options(childcare)


def test_violence_at_home_is_another_road():
    assert "veilig-thuis" not in codes(MOTHER)
    assert "veilig-thuis" in codes(replace(MOTHER, accused=AccusedRole.PARENT))


def test_what_is_unknown_excludes_nothing():
    everywhere = codes(Situation())
    assert codes(MOTHER) < everywhere
    withheld = replace(MOTHER, sector=Sector.WITHHELD)
    assert codes(MOTHER) <= codes(withheld)
    assert codes(replace(MOTHER, accused=AccusedRole.UNKNOWN)) >= codes(MOTHER)


def test_who_works_there_gets_a_letter_to_a_manager():
    letters = {each.code for each in letters_for(COLLEAGUE, options(COLLEAGUE))}
    assert "gesprek-met-leidinggevende" in letters
    assert "gesprek-met-school" not in letters


def test_a_child_is_given_the_words_to_ask_a_grown_up():
    child = replace(MOTHER, reporter=ReporterRole.LEARNER)
    assert "kind-vraagt-hulp" in {each.code for each in letters_for(child, options(child))}


@pytest.mark.parametrize(
    ("roles", "between"),
    [
        ([("met taken belast persoon", "met taken belast persoon")], True),
        ([("met taken belast persoon", "leerling")], False),
        ([("onbekend", "met taken belast persoon")], False),
        ([("met taken belast persoon",) * 2, ("onbekend", "met taken belast persoon")], True),
        ([("met taken belast persoon",) * 2, ("met taken belast persoon", "leerling")], False),
        ([], False),
    ],
)
def test_a_case_is_between_staff_when_one_report_says_so_and_none_otherwise(roles, between):
    assert is_between_staff(roles) is between


def test_a_part_of_a_situation_that_is_not_one_is_refused():
    with pytest.raises(ValueError, match="sectoren"):
        when({"sectoren": ["po"]})
