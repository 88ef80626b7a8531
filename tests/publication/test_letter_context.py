"""What the letter holds besides figures: ministers' own words, promises, names; all of it data."""

from datetime import date

import pytest

from tests.publication.published_release import PublishedRelease, publish
from vertrouwd.publication.letter.context import read_context
from vertrouwd.publication.letter.make import make_letter


@pytest.fixture
def own(home):
    folder = home / "letter" / "2022-2023"
    folder.mkdir(parents=True)
    return folder


def words(home, year="2022-2023", **options) -> str:
    made = make_letter(PublishedRelease(year, home=home), home=home, **options)
    return " ".join(made.text.split())


def test_a_minister_may_judge_in_a_signed_block_of_the_own_home(home, own):
    (own / "minister.txt").write_text(
        "Ondertekend door: de Minister voor Primair en Voortgezet Onderwijs\n\n"
        "Ik vind deze cijfers zorgelijk.\n\nElke leerling moet zich veilig weten.\n"
    )
    assert (
        "Ik vind deze cijfers zorgelijk. Elke leerling moet zich veilig weten. "
        "— de Minister voor Primair en Voortgezet Onderwijs" in words(home)
    )


def test_without_such_a_block_nobody_judges(home):
    assert "zorgelijk" not in words(home)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Ik vind dit zorgelijk.", "the first line must be 'Ondertekend door: ...'"),
        ("Ondertekend door: de Minister\n\nEr zijn 2152 dossiers.", "digit '2'"),
        ("Ondertekend door: de Minister\n\nHet is steeds vaker zo.", "guarded word"),
        ("Ondertekend door: de Minister\n\nVoor het vierde jaar.", "numeral 'vierde'"),
    ],
)
def test_a_block_without_a_name_or_with_a_count_is_refused(home, own, text, finding):
    (own / "minister.txt").write_text(text)
    with pytest.raises(ValueError, match=r"minister\.txt") as refused:
        words(home)
    assert finding in str(refused.value)


MEASURE = """
[[measure]]
id = "typed"
year = "2022-2023"
minister = "pvo"
text = "{text}"
numbers = {{n = "{n}"}}
source = "eigen opgave"
"""


@pytest.mark.parametrize(
    ("text", "n", "finding"),
    [
        ("Er waren {n} dossiers.", "99999", "'99999' is not a year"),
        ("Er waren {n}.", "12 dossiers in 2023", "is not a year"),
        ("Sinds {n} is er een toename.", "2022", "'toename'"),
        ("Sinds {n} is het \N{VULGAR FRACTION ONE HALF} minder.", "2022", "a digit outside"),
    ],
)
def test_a_measure_brings_neither_a_count_nor_a_claim_into_the_letter(home, own, text, n, finding):
    (own / "measures.toml").write_text(MEASURE.format(text=text, n=n), encoding="utf-8")
    with pytest.raises(ValueError, match=r"measures\.toml, typed") as refused:
        words(home)
    assert finding in str(refused.value)


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("observations.toml", '[[observation]]\nyear = "2022-2023"\n'),
        ("measures.toml", '[[measure]]\nid = "voorjaar"\nyaer = "2022-2023"\n'),
        ("signatories.toml", '[[education]]\noffice = "De Minister"\nnaam = "A."\n'),
        ("signatories.toml", "education = [3]\n"),
    ],
)
def test_a_file_with_a_part_too_few_or_unknown_is_named(home, own, name, entry):
    (own / name).write_text(entry)
    with pytest.raises(ValueError, match=name.replace(".", r"\.")):
        words(home)


def test_names_of_the_ministers_come_from_the_home(home, own):
    (own / "signatories.toml").write_text(
        '[[education]]\noffice = "De Minister van Onderwijs"\nname = "A. Voorbeeld"\n'
    )
    text = words(home)
    assert "De Minister van Onderwijs, A. Voorbeeld" in text
    assert "[naam]" not in text


def test_the_date_of_the_letter_is_a_reference_or_left_open(home):
    assert "Den Haag, [datum]" in words(home)
    assert "Den Haag, 22 januari 2024" in words(home, on=date(2024, 1, 22))


def test_the_letter_of_a_year_names_its_measures_with_their_source(home):
    text = words(home)
    assert "Voor de zomer van 2024 ontvangt uw Kamer een inhoudelijke beleidsreactie." in text
    assert "Kamerstukken II 2023-2024, 29 240 / 31 524, nr. 135)" in text
    assert "Toezeggingen uit eerdere brieven" not in text


def test_the_next_letter_answers_each_promise_or_names_it_open(home):
    publish(home, "2023-2024", like="2022-2023")
    text = words(home, "2023-2024")
    assert "Toezeggingen uit eerdere brieven" in text
    assert "Stand: het wetsvoorstel is bij uw Kamer ingediend (Kamerstukken II, 36 777)." in text
    assert "Stand: deze toezegging voor de zomer van 2024 staat nog open." in text
    assert "jouwveiligeschool" not in text  # a measure that promised nothing


def test_a_promise_is_answered_in_the_home(home):
    publish(home, "2023-2024", like="2022-2023")
    folder = home / "letter" / "2023-2024"
    folder.mkdir(parents=True)
    (folder / "measures.toml").write_text(
        '[[measure]]\nid = "conduct"\nstatus = "done"\nanswer = "uw Kamer heeft de brief '
        'ontvangen."\nanswer_source = "Kamerstukken II 2023-2024, 29 240, nr. 140"\n'
    )
    assert (
        "Stand: uw Kamer heeft de brief ontvangen (Kamerstukken II 2023-2024, 29 240, nr. 140)."
        in words(home, "2023-2024")
    )


@pytest.mark.parametrize(
    ("name", "content", "finding"),
    [
        ("measures.toml", "[[measure]\n", "measures.toml"),
        ("measures.toml", '[[measure]]\nid = "new"\n', "new"),
        (
            "measures.toml",
            '[[measure]]\nyear = "2022-2023"\nid = "new"\nminister = "m"\ntext = "In 2024."\n'
            'source = "s"\n',
            "a digit outside {}",
        ),
        (
            "measures.toml",
            '[[measure]]\nyear = "2022-2023"\nid = "new"\nminister = "m"\ntext = "In {year}."\n'
            'source = "s"\n',
            "not among its numbers",
        ),
        ("measures.toml", '[[measure]]\nid = "conduct"\nstatus = "done"\n', "needs an answer"),
        (
            "observations.toml",
            '[[observation]]\nyear = "2022-2023"\ntopic = "t"\nauthor = "a"\ndate = "d"\n'
            'source = "s"\ntext = "Er waren 3 zaken."\n',
            "an observation holds digit '3'",
        ),
    ],
)
def test_a_mistake_in_the_data_is_named_with_its_file(home, own, name, content, finding):
    (own / name).write_text(content)
    with pytest.raises(ValueError, match=name.replace(".", r"\.")) as refused:
        read_context("2022-2023", childcare=False, home=home)
    assert finding in str(refused.value)
