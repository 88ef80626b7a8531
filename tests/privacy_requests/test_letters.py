"""The letter: it says what is given, and of the rest nothing but the ground."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.advice.readability import flesch_douma, longest_sentence
from vertrouwd.dossiers.terms import Category
from vertrouwd.privacy_requests.grounds import (
    NEED_A_GROUND,
    OUTCOMES,
    grounds,
    grounds_for,
)
from vertrouwd.privacy_requests.letters import (
    Decided,
    LetterFacts,
    blocks,
    compose,
    extension_letter,
    may_be_neutral,
)
from vertrouwd.privacy_requests.terms import DocumentKind, Outcome, RequestKind

FACTS = LetterFacts(
    reference="AV-0000001",
    kind=RequestKind.ACCESS,
    received_on=date(2026, 11, 2),
    made_on=date(2026, 11, 27),
)
K, O = DocumentKind, Outcome  # noqa: E741
ACCESS = [code for code, ground in grounds().items() if RequestKind.ACCESS in ground.kinds]
DAYS = st.dates(date(2020, 1, 1), date(2026, 11, 27))
GIVEN = st.builds(Decided, st.sampled_from(K), DAYS, st.just(O.GIVE))
PARTLY = st.builds(Decided, st.sampled_from(K), DAYS, st.just(O.PARTLY), st.sampled_from(ACCESS))
REFUSED = st.builds(Decided, st.sampled_from(K), DAYS, st.just(O.REFUSE), st.sampled_from(ACCESS))
NOT_ABOUT = st.builds(Decided, st.sampled_from(K), DAYS, st.just(O.NOT_ABOUT))
ANY = st.lists(GIVEN | PARTLY | REFUSED | NOT_ABOUT, max_size=8)


def letter(*decided: Decided, **facts) -> str:
    return compose(replace(FACTS, decided=tuple(decided), **facts))


def refused(ground="rechten-van-anderen", kind=K.STORY, on=date(2026, 10, 1)) -> Decided:
    return Decided(kind, on, O.REFUSE, ground)


@given(ANY, st.lists(NOT_ABOUT, max_size=5))
def test_what_is_not_about_the_asker_leaves_no_trace(decided, others):
    assert letter(*decided, *others) == letter(*decided)


@given(ANY, REFUSED, st.lists(st.tuples(st.sampled_from(K), DAYS), max_size=5))
def test_how_much_is_refused_of_what_kind_and_when_leaves_no_trace(decided, one, more):
    others = [Decided(kind, on, O.REFUSE, one.ground) for kind, on in more]
    assert letter(*decided, one, *others) == letter(*decided, replace(one, kind=K.OTHER))


@given(ANY)
def test_the_order_in_which_was_weighed_leaves_no_trace(decided):
    assert letter(*decided) == letter(*reversed(decided))


@given(ANY)
def test_every_letter_names_the_complaint_and_the_objection_and_fills_in_no_name(decided):
    text = letter(*decided)
    assert "Autoriteit Persoonsgegevens" in text and "bezwaar maken" in text
    assert text.startswith("Kenmerk: AV-0000001")
    assert "[naam]" in text and "{" not in text and "None" not in text


def test_nothing_about_the_asker_reads_as_nothing_found():
    assert letter(Decided(K.NOTE, date(2026, 1, 1), O.NOT_ABOUT)) == letter()


def test_what_is_given_is_named_by_kind_and_day_and_handed_over_by_a_person():
    text = letter(Decided(K.NOTE, date(2026, 3, 2), O.GIVE), refused("geheimhouding"))
    assert "- een aantekening van 2 maart 2026" in text
    assert "Wij sturen ze niet per e-mail." in text
    assert "Daarvoor is deze reden:" in text
    two = letter(refused("geheimhouding"), refused("belang-van-het-kind"))
    assert "Daarvoor zijn deze redenen:" in two
    assert "plicht tot geheimhouding" in text and "Wij geven niet alles." in text
    assert "Waarvoor" not in text and "artikel 6 van de Wet op het onderwijstoezicht" in text


def test_a_letter_can_leave_open_whether_there_is_anything_where_nothing_is_given():
    neutral = letter(refused(), is_neutral=True)
    assert "Wij zeggen niet of" in neutral and "geen inzage" not in neutral
    given_too = (refused(), Decided(K.NOTE, date(2026, 1, 1), O.GIVE))
    assert "Wij zeggen niet of" not in letter(*given_too, is_neutral=True)
    assert may_be_neutral([refused()]) and not may_be_neutral(given_too) and not may_be_neutral([])


def test_who_could_not_be_identified_is_not_told_whether_there_is_anything():
    text = letter(refused(), is_established=False)
    assert "Wij konden niet vaststellen wie u bent" in text and "geen inzage" not in text


def test_late_and_extended_are_said():
    assert "excuses" in letter(is_late=True) and "excuses" not in letter()
    assert "1 december 2026" in letter(extended_on=date(2026, 12, 1))


def test_the_answer_to_a_correction_and_to_a_restriction():
    whole = Decided(K.WHOLE, date(2026, 1, 1), O.CORRECT)
    kind = RequestKind.CORRECTION
    assert "Wij verbeteren uw gegevens" in letter(whole, kind=kind)
    statement = replace(whole, outcome=O.STATEMENT, ground="niet-onjuist")
    text = letter(statement, kind=kind)
    assert "eigen verklaring aan het dossier toegevoegd" in text and "geen oordeel" in text
    no = replace(whole, outcome=O.REFUSE, ground="niet-te-bepalen")
    assert "Wij veranderen de gegevens niet" in letter(no, kind=kind)
    kind = RequestKind.RESTRICTION
    yes = replace(whole, outcome=O.RESTRICT, ground="juistheid-betwist")
    assert "Wij beperken het gebruik van uw gegevens." in letter(yes, kind=kind)
    no = replace(whole, outcome=O.REFUSE, ground="geen-grond-voor-beperking")
    assert "Wij beperken het gebruik van uw gegevens niet" in letter(no, kind=kind)


# The grounds


@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("category", Category)
def test_whatever_needs_a_ground_has_one_to_choose(kind, category):
    for outcome in OUTCOMES[kind]:
        assert bool(grounds_for(kind, outcome, category)) == (outcome in NEED_A_GROUND)


def test_secrecy_is_a_ground_in_the_two_sexual_categories_alone():
    holding = {
        category
        for category in Category
        if "geheimhouding" in {g.code for g in grounds_for(RequestKind.ACCESS, O.REFUSE, category)}
    }
    assert holding == {Category.SEXUAL_ABUSE, Category.SEXUAL_HARASSMENT}


@pytest.mark.parametrize("ground", grounds().values(), ids=lambda ground: ground.code)
def test_every_ground_names_its_article_its_source_and_its_words_for_the_asker(ground):
    assert ground.article and ground.source and ground.title.nl and ground.title.en
    assert ground.verified <= (ground.source != "algemene kennis")
    assert "{" not in ground.letter and ground.letter.endswith(".")
    assert len(ground.code) <= 40


def test_every_block_of_the_letter_is_used():
    import inspect

    from vertrouwd.privacy_requests import letters

    source = inspect.getsource(letters)
    assert not [name for name in blocks() if f'"{name}"' not in source]


def test_the_letter_that_it_takes_longer_says_until_when_and_leaves_the_reason_to_its_writer():
    day = date(2026, 11, 2)
    text = extension_letter(
        reference="AV-0000001", received_on=day, made_on=date(2026, 11, 27), due_on=date(2027, 2, 2)
    )
    assert "2 november 2026" in text and "uiterlijk op 2 februari 2027" in text
    assert "[uw verzoek is ingewikkeld" in text and "{" not in text
    assert flesch_douma(text) >= 50 and longest_sentence(text) <= 30


def test_the_letter_about_erasure_reads_as_b1():
    kind = RequestKind.ERASURE
    codes = [code for code, ground in grounds().items() if kind in ground.kinds]
    erased = {c for c in codes if O.ERASE in grounds()[c].outcomes}
    decided = [
        Decided(K.NOTE, date(2026, 3, 2), O.ERASE if code in erased else O.REFUSE, code)
        for code in codes
    ]
    text = letter(*decided, kind=kind)
    assert flesch_douma(text) >= 50 and longest_sentence(text) <= 30


def test_the_letter_reads_as_b1():
    whole = letter(
        Decided(K.NOTE, date(2026, 3, 2), O.GIVE),
        Decided(K.STORY, date(2026, 3, 2), O.PARTLY, "rechten-van-anderen"),
        *(refused(code) for code in ACCESS),
        extended_on=date(2026, 12, 1),
        is_late=True,
    )
    assert flesch_douma(whole) >= 50  # the names of the laws are long
    assert longest_sentence(whole) <= 30


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_letter_has_plain_words_for_every_kind_of_document(kind):
    assert blocks()["kinds"][kind]
    assert set(blocks()["kinds"]) == {each.value for each in DocumentKind}


@pytest.mark.parametrize("kind", [RequestKind.CORRECTION, RequestKind.RESTRICTION])
def test_whatever_is_refused_beside_what_is_done_has_its_ground_in_the_letter(kind):
    done = O.CORRECT if kind is RequestKind.CORRECTION else O.RESTRICT
    ground = "" if done is O.CORRECT else "juistheid-betwist"
    one = Decided(K.WHOLE, date(2026, 1, 1), done, ground)
    other = Decided(K.WHOLE, date(2026, 1, 2), O.REFUSE, "buitensporig")
    text = letter(one, other, kind=kind)
    assert "Een deel van de gegevens" in text and "buitensporig" in text
    assert "vertellen wij hun dit ook" in text
    assert "Een deel" not in letter(one, kind=kind) and "Een deel" not in letter(other, kind=kind)
