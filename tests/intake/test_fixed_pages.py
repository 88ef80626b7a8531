"""The fixed pages of the public site: how to report safely, what is kept, who can use it."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.advice.readability import flesch_douma, longest_sentence
from vertrouwd.intake.postvak.cookie import NAME

FIXED = ("/veilig-melden", "/privacy", "/toegankelijkheid")
FOR_A_CHILD = ("/", "/veilig-melden", "/privacy")
EVERY = (*FIXED, "/", "/wegwijzer", "/melden", "/postvak", "/cijfers", "/nergens")
BLOCK = re.compile(r"</?(?:p|li|ul|dt|dd|dl|h1|h2|div|section)\b[^>]*>")


@pytest.fixture
def visitor(home, db) -> Client:
    return Client(raise_request_exception=False)


def page(visitor, address: str, language: str = "") -> str:
    return visitor.get(address + ("?taal=en" if language == "en" else "")).content.decode()


def said(visitor, address: str, language: str = "") -> str:
    """The words of the main part; each block a line of its own."""
    main = page(visitor, address, language).partition("<main")[2].partition("</main>")[0]
    lines = BLOCK.sub("\f", main.partition(">")[2]).split("\f")
    words = (" ".join(unescape(re.sub(r"<[^>]*>", "", line)).split()) for line in lines)
    return "\n".join(line for line in words if line)


@pytest.mark.parametrize("address", EVERY)
def test_the_foot_of_every_page_leads_to_them_and_the_top_away(visitor, address):
    text = page(visitor, address)
    foot = text.partition("<footer")[2]
    assert [f'href="{each}"' in foot for each in FIXED] == [True] * 3
    assert text.count('<a id="exit" href="/weg">') == 1


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("address", EVERY)
def test_every_title_says_nothing(visitor, address, language):
    title = re.search(r"<title>(.*?)</title>", page(visitor, address, language))[1].strip()
    assert title in {"Informatie", "Information", "Cijfers", "Figures"}


@pytest.mark.parametrize("address", FIXED)
def test_they_only_tell_and_keep_nothing(visitor, address):
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert b"://" not in answer.content
    assert b"<form" not in answer.content
    assert visitor.post(address).status_code == 405


@pytest.mark.parametrize("address", ["/", *FIXED])
def test_in_english_no_dutch_is_left_but_names(visitor, address):
    text = page(visitor, address, "en")
    assert '<html lang="en">' in text
    dutch = {line for line in said(visitor, address).split("\n") if len(line) > 25}
    assert not dutch & set(said(visitor, address, "en").split("\n"))


@pytest.mark.parametrize("address", FOR_A_CHILD)
def test_a_child_can_read_it(visitor, address):
    sentences = [line for line in said(visitor, address).split("\n") if line.endswith((".", "?"))]
    text = "\n".join(sentences)
    assert len(sentences) > 5
    assert flesch_douma(text) >= 85
    assert longest_sentence(text) <= 22


def test_the_page_about_safety_says_what_others_see_and_what_the_way_out_does_not_do(visitor):
    text = said(visitor, "/veilig-melden")
    for words in (
        "geen telefoon, tablet of computer van school", "Gebruik je mobiele data", "privévenster",
        "Tor Browser", "haal alleen die regels weg", "Drie keer snel op Esc", "Bel 112",
        "Het wist je geschiedenis niet", "0900 111 3 111",
    ):  # fmt: skip
        assert words in text


def test_the_page_about_privacy_says_what_is_kept_what_is_not_and_ones_rights(visitor):
    text = said(visitor, "/privacy")
    for words in (
        "geen adres van je apparaat", "geen cookie", "verzegeld",
        "Wat je aanklikt, is niet verzegeld", "artikel 15",
        "artikel 16", "artikel 18", "te controleren",
        "Autoriteit Persoonsgegevens",
    ):  # fmt: skip
        assert words in text


def test_the_statement_does_not_claim_what_nobody_assessed(visitor):
    text = said(visitor, "/toegankelijkheid")
    assert "WCAG 2.2, AA" in text
    assert "Niet volledig beoordeeld: te controleren." in text
    assert "Nog niet gecontroleerd" in text
    assert "voldoet volledig" not in text


def test_who_leaves_closes_the_mailbox_and_who_has_none_hears_of_no_cookie(visitor, settings):
    settings.VERTROUWD_EXIT_URL = "https://weer.example.nl/"
    answer = visitor.get("/weg")
    assert (answer.status_code, answer["Location"]) == (302, "https://weer.example.nl/")
    assert not answer.cookies
    visitor.cookies[NAME] = "open"
    closed = visitor.get("/weg").cookies[NAME]
    assert (closed.value, closed["max-age"]) == ("", 0)


@pytest.mark.parametrize("address", ["/", "/melden"])
def test_who_is_watched_is_led_to_the_page_about_safety_before_telling_anything(visitor, address):
    main = page(visitor, address).partition("<main")[2].partition("</main>")[0]
    assert "Kijkt er iemand mee?" in main
    assert 'href="/veilig-melden"' in main
