"""The bodies, options and letters: each is dated, can be reached, and reads easily."""

import re
from datetime import date, timedelta
from itertools import product

import pytest

from tests.advice.readability import flesch_douma, longest_sentence
from vertrouwd.advice.bodies import bodies, bodies_for, named_only
from vertrouwd.advice.letters import letters, letters_for
from vertrouwd.advice.options import listed_options, offers_for
from vertrouwd.advice.situation import Situation, Window
from vertrouwd.advice.terms import Option
from vertrouwd.audit.detail import is_code
from vertrouwd.dossiers.terms import AccusedRole, AffectedRole, Category, ReporterRole
from vertrouwd.schools.terms import Sector

ROWS = [*bodies().values(), *named_only().values(), *listed_options().values(), *letters().values()]
PHONE = re.compile(r"112|113|0800-\d{4}|0800-\d{7}|0900-\d{4}|0\d{2}-\d{7}|0\d{3}-\d{6}")
URL = re.compile(r"https://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[a-z-]+)*")
BLANK = re.compile(r"\[[^\[\]\n]+\]")
AGES = (9, 20)
WINDOWS = (Window.HOURS_72, Window.LATER)


def everything() -> list[Situation]:
    """The situations that the coded facts can give, of ages and windows the outermost."""
    return [
        Situation(
            sector=sector, category=category, accused=accused, affected=affected,
            reporter=reporter, affected_age=age, window=window,
        )
        for sector, category, accused, affected, reporter, age, window in product(
            Sector, Category, AccusedRole, AffectedRole, ReporterRole, AGES, WINDOWS
        )
        if affected == AffectedRole.LEARNER or age == 20
    ]  # fmt: skip


@pytest.fixture(scope="module")
def told():
    """What is said in each situation: options, points, bodies and letters."""
    found, fewest = set(), 99
    for situation in everything():
        offers = offers_for(situation)
        fewest = min(fewest, len(offers))
        for offer in offers:
            found |= {offer.option, *(words.nl for words in (*offer.pros, *offer.cons))}
            found |= {(offer.option, body.code) for body in offer.bodies}
        found |= {body.code for body in bodies_for(situation)}
        found |= {each.code for each in letters_for(situation, [o.option for o in offers])}
    return found, fewest


# Each can be reached, and nobody is left without


def test_every_option_point_body_and_letter_is_said_to_somebody(told):
    found, _ = told
    points = {p.words.nl for each in listed_options().values() for p in (*each.pros, *each.cons)}
    named = {(each.option, code) for each in listed_options().values() for code in each.bodies}
    wanted = {*Option, *points, *named, *bodies(), *letters()}
    assert wanted - found == set()


def test_whatever_is_told_there_are_several_roads(told):
    assert told[1] >= 5


def test_every_option_of_the_code_is_in_the_data_with_pros_and_cons():
    assert set(listed_options()) == set(Option)
    for each in listed_options().values():
        assert len(each.pros) >= 2
        assert len(each.cons) >= 2


def test_every_option_that_asks_for_a_text_has_one():
    has = frozenset().union(*(letter.options for letter in letters().values()))
    assert set(Option) - has == {Option.WAIT}


# Each is dated and can be called


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(getattr(row, "code", row)[:20]
                         if hasattr(row, "code") else row.option))  # fmt: skip
def test_every_row_says_where_it_comes_from_and_when_it_was_checked(row):
    assert row.source
    newest = max(each.checked_on for each in ROWS)
    assert date(2026, 1, 1) <= row.checked_on <= newest
    assert newest - row.checked_on < timedelta(days=366)
    assert isinstance(row.verified, bool)


@pytest.mark.parametrize("body", bodies().values(), ids=lambda body: body.code)
def test_every_body_can_be_reached(body):
    assert PHONE.fullmatch(body.phone) or (body.phone == "" and "site" in body.hours.nl)
    assert URL.fullmatch(body.url)
    assert is_code(body.code)  # the log holds it
    assert len(body.code) <= 40


def test_the_numbers_that_the_domain_names_are_these():
    codes = ("alarmnummer-112", "centrum-seksueel-geweld", "veilig-thuis", "kindertelefoon")
    numbers = {code: bodies()[code].phone for code in codes}
    assert list(numbers.values()) == ["112", "0800-0188", "0800-2000", "0800-0432"]


# Each reads easily, in both languages, and names nobody


@pytest.mark.parametrize("letter", letters().values(), ids=lambda letter: letter.code)
def test_a_letter_reads_easily_and_leaves_the_names_open(letter):
    assert letter.title.nl and letter.title.en
    filled = BLANK.sub("dit", letter.text)
    assert flesch_douma(filled) >= 65, flesch_douma(filled)
    assert longest_sentence(filled) <= 15
    assert len(BLANK.findall(letter.text)) >= 2
    assert "[" not in filled and "]" not in filled
    assert not re.search(r"\b(?:Jan|Piet|Anna|Fatima|Mohammed)\b|\d{4,}", filled)


def test_what_is_said_of_the_options_and_bodies_reads_easily():
    hard = {}
    for each in listed_options().values():
        points = [p.words for p in (*each.pros, *each.cons)]
        text = "\n".join(words.nl for words in [each.what, *points])
        if flesch_douma(text) < 55 or longest_sentence(text) > 16:
            hard[each.option] = (round(flesch_douma(text)), longest_sentence(text))
        assert all(words.en and words.en != words.nl for words in [each.what, *points])
    said = "\n".join(body.what.nl for body in bodies().values())
    assert flesch_douma(said) >= 50
    assert all(body.what.en and body.hours.en for body in bodies().values())
    assert hard == {}


def test_the_measure_tells_plain_from_hard():
    plain = "Er is iets gebeurd op school. Ik wil graag met u praten."
    hard = (
        "Ondergetekende verzoekt uw commissie met inachtneming van de vigerende klachtenregeling "
        "ontvankelijkheidsverklaring en inhoudelijke behandeling van onderhavige aangelegenheid."
    )
    assert flesch_douma(plain) > 80
    assert flesch_douma(hard) < 10
