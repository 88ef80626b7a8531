"""The template of the letter: no number can be typed, no claim can be made, only asked for."""

import re
from pathlib import Path

import pytest

import vertrouwd.publication.letter
from vertrouwd.publication.letter.catalogue import read_figures
from vertrouwd.publication.letter.claims import CLAIMS
from vertrouwd.publication.letter.context import read_context
from vertrouwd.publication.letter.template import (
    PIECE,
    Enumeration,
    Guarded,
    Slot,
    check,
    flat,
    parse,
    pieces_of,
)

LETTER = Path(vertrouwd.publication.letter.__file__).parent
KINDS = ("education", "childcare")
FIXED = [
    "wil niet zeggen dat er zich ook een ernstig feit heeft voorgedaan",
    "laten ook niet zien hoe vaak iets",
    "doen geen onderzoek naar de achtergrond",
    "samen tot één dossier",
]


def text_of(kind: str) -> str:
    return (LETTER / f"{kind}.nl.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_the_reviewed_text_holds_no_digit_outside_its_slots(kind):
    for line in text_of(kind).splitlines():
        if not line.startswith("#"):
            words = re.sub(r"^(\((if [^)]*|else|then)\)\s*)+", "", re.sub(r"\[\^\w+\]:?", "", line))
            assert not re.search(r"\d", PIECE.sub("", words.replace("[[", "").replace("]]", "")))


@pytest.mark.parametrize("kind", KINDS)
def test_the_reviewed_text_passes_every_rule_of_the_language(kind):
    assert check(parse(text_of(kind))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_slot_and_claim_of_the_text_exists(kind):
    declared = read_figures(LETTER / f"{kind}.figures.toml")
    year = "2022" if kind == "childcare" else "2022-2023"
    references = read_context(year, childcare=kind == "childcare").references
    for section in parse(text_of(kind)).sections:
        for paragraph in section.paragraphs:
            for statement in () if isinstance(paragraph, str) else paragraph:
                for piece in flat(statement.pieces):
                    if isinstance(piece, Slot) and piece.name not in {"unit", *references}:
                        assert piece.name.split()[0] in declared, piece
                    if isinstance(piece, Guarded):
                        assert piece.claim in CLAIMS, piece
                        assert piece.about.split()[0] in declared, piece


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sentence", FIXED)
def test_the_sentences_that_are_always_printed_depend_on_nothing(kind, sentence):
    [line] = [line for line in text_of(kind).splitlines() if sentence in line]
    words = re.sub(r"^\[\^\w+\]:", "", line)
    assert not re.search(r"[{<]|\(if", words)


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("Het gaat om 2152 dossiers.", "digit '2'"),
        ("Het is voor het vierde jaar zo.", "numeral 'vierde'"),
        ("Het gaat om veertig dossiers.", "numeral 'veertig'"),
        ("Het gaat om vijfentachtig dossiers.", "numeral 'vijfentachtig'"),
        ("Het gaat om vijftienhonderd dossiers.", "numeral 'vijftienhonderd'"),
        ("Het aantal is gehalveerd.", "numeral 'gehalveerd'"),
        (
            "Het is \N{VULGAR FRACTION ONE HALF} van het totaal.",
            "digit '\N{VULGAR FRACTION ONE HALF}'",
        ),
        ("Het gaat vooral om pesten.", "guarded word 'vooral'"),
        ("Het aantal is toegenomen.", "guarded word 'toegenomen'"),
        ("Deze cijfers zijn zorgelijk.", "judgement 'zorgelijk'"),
        ("Dat komt doordat melders ons beter vinden.", "cause 'doordat'"),
        ("Het is [[{a} over 3 zaken|{b}]].", "digit '3'"),
        ("Het aantal is <changed total> met {total change}.", "needs {total before} beside it"),
        ("Het gaat <mainly bullying> om pesten.", "needs {bullying share} beside it"),
        ("Een noot.[^weg]", "footnote 'weg' does not exist"),
    ],
)
def test_what_may_not_be_written_is_found(line, finding):
    assert any(finding in one for one in check(parse(line)))


def test_a_digit_in_a_heading_or_a_footnote_is_found_too():
    assert check(parse("== Alle 7 onderwerpen\n\nTekst.[^a]\n\n[^a]: Noot 1.")) == [
        "heading: digit '7'",
        "footnote a: digit '1'",
    ]


def test_a_line_is_cut_into_words_slots_claims_and_enumerations():
    pieces = pieces_of("Bij [[{a} en b|{c  before}]] is <majority d>.")
    assert isinstance(pieces[1], Enumeration)
    assert pieces[1].parts[1] == (Slot("c before"),)
    assert pieces[3] == Guarded("majority", "d")


def test_an_else_or_a_then_without_a_statement_before_it_is_refused_with_its_line():
    with pytest.raises(ValueError, match="line 3"):
        parse("Een zin.\n\n(else) Een andere.")
    with pytest.raises(ValueError, match=r"line 1: \(then\)"):
        parse("(then) Een zin.")


def test_a_figure_that_names_an_unknown_whole_is_refused(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('[a]\nlabel = "a"\nof = "b"\n')
    with pytest.raises(ValueError, match="a names 'b'"):
        read_figures(path)
