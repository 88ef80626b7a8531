"""The letter says every number of the founding letter that can be computed, and no more."""

import json
import re
from pathlib import Path

import pytest

from tests.publication.published_release import PublishedRelease, publish
from vertrouwd.publication.letter import catalogue
from vertrouwd.publication.letter.catalogue import Figures, read_figures
from vertrouwd.publication.letter.make import MadeLetter, make_letter

FOUNDING = {
    2152, 1743, 409, 992, 560, 470, 116, 7, 70, 91, 152, 178, 318, 24, 489, 1105, 57, 71,
}  # fmt: skip


def letter(home, year="2022-2023", **options) -> MadeLetter:
    return make_letter(PublishedRelease(year, home=home), home=home, **options)


def words_of(made: MadeLetter) -> str:
    return " ".join(made.text.split())


def claims_of(made: MadeLetter) -> dict[str, str]:
    return {f"{one['claim']} {one['about']}": one["outcome"] for one in made.explained["claims"]}


@pytest.fixture
def made(home) -> MadeLetter:
    return letter(home)


def test_every_computable_number_of_the_founding_letter_stands_in_the_letter(made):
    assert {int(number) for number in re.findall(r"\d+", made.text)} >= FOUNDING
    for phrase in (
        "91 van de 152 dossiers", "178 van de 318 dossiers", "489 van de 992 dossiers",
        "Van de 116 dossiers over discriminatie spelen er 57", "toegenomen met 409 dossiers",
        "toegenomen met 70 dossiers",
    ):  # fmt: skip
        assert phrase in words_of(made)


def test_the_count_of_sexual_dossiers_rose_and_the_letter_says_that_their_share_fell(made):
    assert "van 22,9 procent naar 21,8 procent" in words_of(made)
    assert "Het aandeel in alle dossiers is afgenomen" in words_of(made)


def test_half_a_share_is_not_called_a_majority(made):
    assert "57 in het voortgezet onderwijs (49,1 procent)." in words_of(made)
    assert words_of(made).count("meer dan de helft") == 1
    assert "1105 dossiers zijn leerlingen jonger dan 13 jaar betrokken. Dat is meer dan" in (
        words_of(made)
    )


def test_harassment_by_staff_is_not_called_high_again_but_lower_than_last_year(made):
    assert "opnieuw hoog" not in words_of(made)
    assert "lager dan in het schooljaar 2021-2022, toen het 63,2 procent was" in words_of(made)


def test_a_streak_and_a_trend_without_comparable_years_are_left_out_and_named_as_gaps(made):
    assert "op rij" not in words_of(made)
    assert "steeds vaker" not in words_of(made)
    claims = claims_of(made)
    assert claims["in_a_row under_13 share"] == "not comparable"
    assert claims["ever_more sexual"] == "not comparable"
    gaps = " ".join(gap["what"] for gap in made.explained["gaps"])
    assert "«meer jaren op rij»" in gaps
    assert "«steeds vaker»" in gaps
    assert "betrokkenheid van de jongste leerlingen" in words_of(made)  # named in the letter too


def test_what_was_never_published_is_not_in_the_letter_and_named_as_a_gap(made):
    for word in ("verschuiving", "trekken en duwen", "afkomst"):
        assert word not in words_of(made)
    gaps = [gap["what"] for gap in made.explained["gaps"]]
    assert "het gebruik van sociale media" in gaps
    assert "«verschuiving» over trekken en duwen in het primair onderwijs" in gaps


def test_the_categories_that_do_not_add_up_are_said_not_to(made):
    assert (
        "tellen samen op tot 2145 dossiers, een verschil van 7 met het totaal van 2152; wij "
        "hebben de getallen niet passend gemaakt" in words_of(made)
    )


def test_the_change_of_unit_stands_beside_the_rise_of_409(made):
    text = words_of(made)
    assert 0 < text.index("in januari 2024 herzien als dossiers") - text.index("409") < 250


def test_the_letter_judges_nothing_and_names_no_single_cause(made):
    assert not re.search("zorgelijk|doordat|dankzij", words_of(made))
    assert "dat er meer vertrouwen is om te melden" in words_of(made)
    assert "Welke van deze verklaringen opgaat, is uit de cijfers niet af te leiden" in (
        words_of(made)
    )


def test_what_the_inspectors_observe_is_attributed_and_said_not_to_be_counted(made):
    assert (
        "De vertrouwensinspecteurs geven aan dat zij bij de dossiers over sociale media geen "
        "verband zien" in words_of(made)
    )
    assert "zij is niet geteld" in words_of(made)
    assert [one["topic"] for one in made.explained["observations"]] == ["social_media"]


def test_an_observation_belongs_to_its_year_only(home):
    assert "roddelkanalen" not in letter(home, "2021-2022").text


def test_a_demonstration_says_so_at_the_top(made):
    assert made.text.startswith("DEMONSTRATIE: DE DOSSIERS ZIJN VERZONNEN")


def test_a_number_that_is_changed_moves_and_nothing_typed_stays_behind(home):
    before = {one["name"]: one["text"] for one in letter(home).explained["figures"]}
    publish(home, "2022-2023", one={"category": "discriminatie", "count": 118})
    made = letter(home)
    after = {one["name"]: one["text"] for one in made.explained["figures"]}
    moved = {name for name in before if before[name] != after[name]}
    assert moved == {
        "discrimination", "discrimination_vo share", "named_categories", "unnamed_categories",
    }  # fmt: skip
    assert not re.search(r"\b116\b", made.text)


def test_a_majority_that_becomes_true_is_said(home):
    publish(home, "2022-2023", one={"sector": "vo", "category": "discriminatie", "count": 59})
    assert "er 59 in het voortgezet onderwijs (50,9 procent), meer dan de helft." in (
        words_of(letter(home))
    )


def test_a_year_of_reports_speaks_of_meldingen_and_compares_with_no_dossiers(home):
    made = letter(home, "2019-2020")
    text = words_of(made)
    assert made.explained["unit"] == "reports"
    assert "hebben de vertrouwensinspecteurs 1351 meldingen over het onderwijs ontvangen" in text
    assert "Van het schooljaar 2018-2019 is geen vergelijkbaar totaal bekend" in text
    assert "63 van de 92 meldingen (68,5 procent)" in text
    assert "coronaperiode" in text


def test_the_year_after_a_corona_year_says_what_it_is_compared_with(home):
    text = words_of(letter(home, "2021-2022"))
    assert "toegenomen met 447 dossiers (34,5 procent)" in text
    assert "2020-2021 viel in de coronaperiode" in text


def test_fewer_reports_than_dossiers_are_said_not_to_fit(home):
    assert "1742 meldingen gepubliceerd; dat sluit niet aan op het aantal dossiers" in (
        words_of(letter(home, "2021-2022"))
    )


def test_childcare_has_its_own_letter_about_a_calendar_year(home):
    text = words_of(letter(home, "2022"))
    assert "In 2022 hebben de vertrouwensinspecteurs over 233 dossiers in de kinderopvang" in text
    assert "In 26 van de 36 dossiers over seksueel misbruik (72,2 procent)" in text
    assert "Bij 28 van die 48 dossiers is de houder verwezen naar de politie" in text
    assert "Minister van Sociale Zaken" in text
    assert "schooljaar" not in text


def test_one_dossier_is_written_in_the_singular(home):
    publish(home, "2022-2023", one={
        "category": "psychisch geweld", "subcategory": "intimidatie op de werkvloer", "count": 1,
    })  # fmt: skip
    assert "In 1 dossier gaat het om intimidatie op de werkvloer" in words_of(letter(home))


def test_of_no_dossiers_no_part_is_said(home):
    publish(home, "2022", none={
        "sector": "kinderopvang", "category": "fysiek geweld", "subcategory": "mishandeling",
        "accused_role": "met taken belast persoon", "count": 0,
    }, referred={
        "sector": "kinderopvang", "category": "fysiek geweld", "subcategory": "mishandeling",
        "accused_role": "met taken belast persoon", "measure": "referrals",
        "other_dimension": "verwezen_naar", "other_value": "politie", "count": 0,
    })  # fmt: skip
    text = words_of(letter(home, "2022"))
    assert "Bij 0 van de 53 dossiers over mishandeling" in text
    assert "van die 0" not in text


def test_what_the_sources_left_open_is_said_beside_what_they_told(home):
    publish(home, "2022-2023", form={
        "category": "psychisch geweld", "subcategory": "onbekend", "count": 120,
    }, place={
        "category": "seksueel misbruik", "other_dimension": "locatie",
        "other_value": "onbekend", "count": 41,
    }, age={
        "other_dimension": "leeftijd_betrokken_leerling", "other_value": "onbekend", "count": 308,
    })  # fmt: skip
    text = words_of(letter(home))
    assert "Van 120 dossiers over psychisch geweld is de vorm niet bekend." in text
    assert "Van 41 dossiers over seksueel misbruik is de plaats niet bekend." in text
    assert "Bij 308 dossiers is van geen leerling de leeftijd bekend." in text


def test_of_what_is_known_of_all_nothing_is_said_to_be_left_open(made):
    assert "niet bekend." not in words_of(made)
    assert "onbekende vorm" not in json.dumps(made.explained["gaps"], ensure_ascii=False)


def test_a_growth_from_nothing_is_not_said_and_the_nothing_is(home):
    publish(home, "2021-2022", abuse={"category": "seksueel misbruik", "count": 0},
            harassment={"category": "seksuele intimidatie", "count": 0})  # fmt: skip
    made = letter(home)
    text = words_of(made)
    assert "In het schooljaar 2021-2022 ging het om 0 dossiers." in text
    gaps = {gap["why"] for gap in made.explained["gaps"]}
    assert "in 2021-2022 was dit aantal nul; van nul is geen groei in procenten te nemen" in gaps
    assert "in 2021-2022 was het geheel nul; van nul is geen aandeel te nemen" in gaps


def test_a_year_without_a_total_gets_no_letter(home):
    with pytest.raises(ValueError, match="no total of 2018-2019"):
        letter(home, "2018-2019")


@pytest.mark.parametrize(
    "year", ["2022-2023", "2021-2022", "2020-2021", "2019-2020", "2022", "2021"]
)
def test_a_letter_reads_well(home, year):
    text = letter(home, year).text
    prose = words_of(letter(home, year))
    assert not re.search(r" ,| \.|\.\.|,,|\( | \)|[{}<>|]", prose)
    assert "  " not in re.sub(r"^ +", "", text, flags=re.MULTILINE)
    assert all(len(line) <= 78 for line in text.splitlines())
    assert not re.search(r"\b(\w+) \1\b", prose)


# Years to come, in which more can be compared


def publish_five_years(home) -> None:
    """2022-2023 to 2026-2027 in one unit, every year a little more of everything."""
    for step in range(5):
        physical = {"sector": "po", "category": "fysiek geweld"}
        publish(
            home,
            f"{2022 + step}-{2023 + step}",
            like="2022-2023",
            total={"count": 2152 + 100 * step},
            abuse={"category": "seksueel misbruik", "count": 152 + 20 * step},
            harassment={"category": "seksuele intimidatie", "count": 318 + 20 * step},
            sexual={
                "category": "seksueel misbruik + seksuele intimidatie", "count": 470 + 40 * step,
            },
            by_staff={
                "category": "seksuele intimidatie", "accused_role": "met taken belast persoon",
                "count": 178 + 30 * step - 20 * (step == 4),
            },
            young={
                "other_dimension": "leeftijd_betrokken_leerling", "other_value": "jonger dan 13",
                "count": 1105 + 80 * step,
            },
            outside={
                "category": "seksueel misbruik", "other_dimension": "locatie",
                "other_value": "buiten school", "count": 24 + 50 * (step == 4),
            },
            physical={**physical, "count": 300},
            pulling={**physical, "subcategory": "trekken en duwen", "count": 150 - 20 * step},
            media={"other_dimension": "sociale_media", "other_value": "ja", "count": 80 + step},
        )  # fmt: skip


def test_with_comparable_years_behind_it_the_letter_makes_the_claims_it_may_make(home):
    publish_five_years(home)
    text = words_of(letter(home, "2026-2027"))
    for said in (
        "Zij zijn voor het vijfde jaar op rij bij meer dan de helft van de dossiers betrokken.",
        "Het gaat steeds vaker (in aantal) om deze onderwerpen.",
        "Het gaat steeds vaker (in aandeel) om deze onderwerpen.",
        "Het aandeel is opnieuw hoog, maar lager dan het jaar ervoor.",
        "Dat aantal is opvallend (de verandering is groter dan bij toeval te verwachten is).",
        "Het aantal is toegenomen met 1 (1,2 procent).",
        "In 84 dossiers gaat het om het gebruik van sociale media; in het schooljaar 2025-2026 "
        "waren dat er 83.",
    ):
        assert said in text
    assert "herzien als dossiers" not in text
    assert not re.search(r",\.|\.\.| ,|\)\)", text)


def test_a_shift_in_severity_is_said_with_both_shares_when_chance_does_not_explain_it(home):
    publish_five_years(home)
    physical = {"sector": "po", "category": "fysiek geweld"}
    publish(
        home, "2026-2027", like="2022-2023",
        physical={**physical, "count": 300},
        pulling={**physical, "subcategory": "trekken en duwen", "count": 40},
    )  # fmt: skip
    assert (
        "In het primair onderwijs is er binnen fysiek geweld een verschuiving: in het schooljaar "
        "2025-2026 ging 30,0 procent over trekken en duwen, in het schooljaar 2026-2027 13,3 "
        "procent." in words_of(letter(home, "2026-2027"))
    )


def test_an_unchanged_total_is_said_to_be_equal_and_needs_no_causes(home):
    publish(home, "2023-2024", like="2022-2023")
    text = words_of(letter(home, "2023-2024"))
    assert "gelijk aan dat van het schooljaar 2022-2023, toen het om 2152 dossiers ging" in text
    assert "Het kan zijn dat melders" not in text


def test_corona_years_and_a_change_of_unit_break_a_series(home):
    declared = read_figures(Path(catalogue.__file__).parent / "education.figures.toml")

    def broken(year: str) -> dict[str, str]:
        figures = Figures(PublishedRelease(year, home=home), declared)
        return {point.year: point.broken for point in figures.points("sexual share")}

    assert "coronajaar" in broken("2021-2022")["2020-2021"]
    assert "meldingen" in broken("2022-2023")["2021-2022"]
    assert broken("2022-2023")["2022-2023"] == ""
