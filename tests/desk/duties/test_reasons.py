"""Every reason and note that a rule set can give has its words, in Dutch and in English."""

from dataclasses import replace

import pytest
from django.utils import translation

from tests.duties.fact_sheets import LECTURER_AND_DEPENDENT_STUDENT_OF_20, assessed
from vertrouwd.desk.duties import reasons as page
from vertrouwd.desk.duties.reasons import notes_in_words, reason_in_words
from vertrouwd.duties.assessment import CANNOT_BE_DECIDED
from vertrouwd.duties.facts import UNKNOWN
from vertrouwd.duties.reasons import Consequence, Protection, Saying, notes, reasons

PARTS = [
    *page.BY.values(),
    *page.TOWARDS.values(),
    *page.BOARDS.values(),
    *page.CONSEQUENCES.values(),
    *page.SAYINGS.values(),
]


def in_both(say, what: str) -> tuple[str, str]:
    with translation.override("nl"):
        dutch = say(what)
    with translation.override("en"):
        return dutch, say(what)


def one_note(note: str) -> str:
    [words] = notes_in_words([note])
    return words


def test_every_part_has_its_words():
    assert set(page.TOWARDS) == set(Protection)
    assert set(page.CONSEQUENCES) == set(Consequence)
    assert set(page.SAYINGS) == set(Saying)
    assert set(page.BY) == {each.case.accused for each in reasons().values()}
    assert set(page.BOARDS) == {each.board for each in reasons().values()}


@pytest.mark.parametrize("words", PARTS, ids=str)
def test_every_part_has_english(words):
    dutch, english = in_both(str, words)
    assert dutch != english


@pytest.mark.parametrize("deed", sorted({each.case.deed for each in reasons().values()}))
def test_every_deed_has_english(deed):
    dutch, english = in_both(translation.gettext, deed)
    assert dutch != english


@pytest.mark.parametrize("because", reasons())
def test_each_reason_is_said_in_both_languages(because):
    dutch, english = in_both(reason_in_words, because)
    assert len({dutch, english, because}) == 3
    assert "%(" not in dutch + english


@pytest.mark.parametrize("note", notes())
def test_each_note_is_said_in_both_languages(note):
    dutch, english = in_both(one_note, note)
    assert len({dutch, english, note}) == 3
    assert "%(" not in dutch + english


@pytest.mark.parametrize(
    ("stored", "dutch", "english"),
    [
        (
            "possible seksueel misdrijf by met taken belast persoon towards a leerling under 18; "
            "staff knows: the bevoegd gezag is told at once, secrecy is no defence",
            "Mogelijk seksueel misdrijf door iemand met taken belast, tegenover een leerling onder "
            "de 18 jaar. Personeel weet ervan en vertelt het direct aan het bevoegd gezag. "
            "Geheimhouding is geen reden om te zwijgen.",
            "Possible sexual offence by somebody entrusted with duties, towards a pupil or student "
            "under 18. Staff knows and tells the board at once. Secrecy is no reason to keep "
            "silent.",
        ),
        (
            "possible mishandeling by the houder towards a child in childcare; the suspicion is "
            "reasonable: who works there, the childminder too, files; consulting was allowed "
            "(«kan»)",
            "Mogelijk mishandeling door de houder, tegenover een kind in de opvang. Er is een "
            "redelijk vermoeden. Wie er werkt doet aangifte, ook de gastouder. Overleg mocht "
            "vooraf, maar hoefde niet («kan»).",
            "Possible assault by the provider, towards a child in childcare. There is a reasonable "
            "suspicion. Whoever works there files with the police, the childminder too. Consulting "
            "first was allowed, not owed («kan»).",
        ),
    ],
    ids=["staff tells", "employee files"],
)
def test_a_sentence_that_was_stored_is_read(stored, dutch, english):
    assert in_both(reason_in_words, stored) == (dutch, english)


def test_a_note_that_was_stored_is_read():
    stored = "NL-2013-childcare holds for kinderopvang from 2013-07-01: no duties before"
    assert in_both(one_note, stored) == (
        "NL-2013-childcare geldt voor kinderopvang vanaf 1 juli 2013. "
        "Ervoor zijn er geen plichten.",
        "NL-2013-childcare holds for childcare from 1 July 2013 on. There are no duties before.",
    )


def test_a_sentence_that_no_rule_set_gives_any_more_is_shown_as_it_was_stored():
    old = "possible seksueel misdrijf by met taken belast persoon towards a leerling under 21; x"
    assert reason_in_words(old) == old
    assert notes_in_words(["NL-1886 holds"]) == ["NL-1886 holds"]


def test_two_ways_that_are_open_are_both_said():
    """A student in ho who may be a minor or dependent: the consultation is owed either way."""
    student = replace(
        LECTURER_AND_DEPENDENT_STUDENT_OF_20, rule_set="NL-bill-36777", affected_age=UNKNOWN
    )
    _tell, consult, _file = assessed(student).duties
    dutch, english = in_both(reason_in_words, consult.because)
    assert (dutch.count(" Of: "), english.count(" Or: ")) == (1, 1)


def test_what_is_missing_is_not_among_the_notes():
    assert notes_in_words([CANNOT_BE_DECIDED + "sector"]) == []
