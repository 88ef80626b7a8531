"""Words that claim something about numbers: said only when the rule holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vertrouwd.publication.letter import guarded_words, wording
from vertrouwd.publication.letter.wording import Outcome, Point

counts = st.integers(min_value=0, max_value=5000)


def years(*values: float | None, broken: dict[int, str] | None = None) -> list[Point]:
    first = 2024 - len(values)
    return [
        Point(f"{first + place}-{first + place + 1}", value, (broken or {}).get(place, ""))
        for place, value in enumerate(values)
    ]


# toegenomen, afgenomen


def test_a_count_that_rose_is_toegenomen_and_one_that_fell_afgenomen():
    assert wording.changed(2152, 1743).words == "toegenomen"
    assert wording.changed(1296, 1351).words == "afgenomen"
    assert wording.changed(7, 7).words == "gelijk gebleven"


def test_without_an_earlier_value_nothing_is_said_to_have_changed():
    assert wording.changed(2152, None).outcome is Outcome.NOT_COMPARABLE
    assert wording.compared(56.0, None).outcome is Outcome.NOT_COMPARABLE


def test_the_share_of_harassment_by_staff_is_lower_than_last_year():
    assert wording.compared(56.0, 63.2).words == "lager dan"


@given(now=counts, before=counts)
def test_a_rise_and_a_fall_are_never_said_of_the_same_two_numbers(now, before):
    assert (wording.changed(now, before).words == "toegenomen") == (now > before)
    assert (wording.changed(now, before).words == "afgenomen") == (now < before)


# steeds vaker


def test_three_rises_on_end_are_steeds_vaker_and_it_says_what_rose():
    claim = wording.ever_more(years(10, 20, 30, 40), counts="aantal")
    assert claim.words == "steeds vaker (in aantal)"
    assert wording.ever_more(years(1, 2, 3, 4), counts="aandeel").words.endswith("(in aandeel)")


def test_two_rises_are_not_yet_steeds_vaker():
    claim = wording.ever_more(years(None, 267, 400, 470), counts="aantal")
    assert claim.outcome is Outcome.NOT_COMPARABLE


def test_a_count_that_rose_does_not_make_its_share_rise():
    assert wording.ever_more(years(19, 20.6, 22.9, 21.8), counts="aandeel").outcome is (
        Outcome.NOT_BORNE_OUT
    )


def test_a_corona_year_is_no_base_for_steeds_vaker():
    points = years(10, 20, 30, 40, broken={1: "coronajaar"})
    claim = wording.ever_more(points, counts="aantal")
    assert not claim
    assert "coronajaar" in claim.reason


@given(values=st.lists(counts, min_size=4, max_size=8))
def test_steeds_vaker_means_that_each_of_the_last_three_years_was_above_the_one_before(values):
    a, b, c, d = values[-4:]
    assert bool(wording.ever_more(years(*values), counts="aantal")) == (a < b < c < d)


# opnieuw hoog


def test_a_value_high_in_its_own_history_twice_is_opnieuw_hoog():
    assert wording.high_again(years(50, 52, 51, 60, 62)).words == "opnieuw hoog"


def test_opnieuw_hoog_says_so_when_it_is_lower_than_last_year():
    assert "maar lager dan het jaar ervoor" in wording.high_again(years(50, 52, 51, 63, 60)).words


def test_a_value_in_the_middle_of_its_history_is_not_opnieuw_hoog():
    assert wording.high_again(years(50, 70, 71, 63, 56)).outcome is Outcome.NOT_BORNE_OUT


def test_a_short_history_has_no_top():
    assert wording.high_again(years(63.2, 56.0)).outcome is Outcome.NOT_COMPARABLE


@given(values=st.lists(counts, min_size=4, max_size=9))
def test_opnieuw_hoog_is_never_said_of_the_lowest_year(values):
    if wording.high_again(years(*values)):
        assert values[-1] > min(values)


# voor het N-de jaar op rij


def test_the_number_of_years_on_end_is_counted_and_not_typed():
    claim = wording.in_a_row(years(40, 51, 52, 53, 51.3), above=50)
    assert claim.words == "voor het vierde jaar op rij"


def test_a_break_in_the_series_ends_a_streak():
    points = years(51, 52, 53, 51.3, broken={1: "andere eenheid"})
    assert wording.in_a_row(points, above=50).words == "voor het tweede jaar op rij"


def test_without_a_comparable_year_before_there_is_no_streak_and_the_gap_is_named():
    claim = wording.in_a_row(years(None, 51.3), above=50)
    assert claim.outcome is Outcome.NOT_COMPARABLE
    assert "2022-2023: geen waarde bekend" in claim.reason
    assert wording.in_a_row(years(51.3), above=50).outcome is Outcome.NOT_COMPARABLE


def test_a_value_below_the_limit_has_no_streak():
    assert wording.in_a_row(years(60, 60, 49), above=50).outcome is Outcome.NOT_BORNE_OUT


# meer dan de helft


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(1105, 2152, True), (57, 116, False), (58, 116, False), (59, 116, True)],
)
def test_meer_dan_de_helft_is_more_than_half(part, whole, said):
    assert bool(wording.majority(part, whole)) is said


@given(part=counts, whole=counts)
def test_half_is_not_more_than_half(part, whole):
    assert bool(wording.majority(part, whole)) == (part <= whole and 2 * part > whole)


# vooral


def test_the_part_that_is_certainly_the_largest_is_vooral():
    assert wording.mainly(489, 992, [71, None, None]).words == "vooral"


def test_a_part_that_an_unknown_one_may_exceed_is_not_vooral():
    assert wording.mainly(300, 992, [71, None]).outcome is Outcome.NOT_COMPARABLE


def test_the_second_largest_part_is_not_vooral():
    assert wording.mainly(40, 116, [57]).outcome is Outcome.NOT_BORNE_OUT


@given(parts=st.lists(counts, min_size=2, max_size=6), hidden=st.integers(min_value=0, max_value=5))
def test_hiding_a_part_never_makes_a_smaller_one_vooral(parts, hidden):
    whole = sum(parts)
    others = [None if place == hidden else value for place, value in enumerate(parts[1:])]
    if wording.mainly(parts[0], whole, others):
        assert all(parts[0] > other for other in parts[1:])


# verschuiving


def test_a_mix_that_changed_beyond_chance_is_a_verschuiving_with_its_size():
    claim = wording.shift((120, 300), (60, 300), coding_changed=False)
    assert claim.words == "verschuiving"
    assert "+20.0 procentpunt" in claim.reason


def test_a_change_within_chance_or_under_another_coding_is_no_verschuiving():
    assert (
        wording.shift((62, 300), (60, 300), coding_changed=False).outcome is Outcome.NOT_BORNE_OUT
    )
    assert wording.shift((120, 300), (60, 300), coding_changed=True).outcome is (
        Outcome.NOT_COMPARABLE
    )
    assert wording.shift((120, 300), None, coding_changed=False).outcome is Outcome.NOT_COMPARABLE


def test_the_chance_is_that_of_pearsons_test():
    # 2 x 2 table of 10 | 20 and 20 | 10: chi-squared 6.667, p = 0.00982 (any table of chi-squared).
    assert wording.chance_of_same_mix((10, 30), (20, 30)) == pytest.approx(0.00982, abs=1e-5)


# opvallend


def test_opvallend_names_the_rule_that_selected_the_number():
    assert "groter dan bij toeval" in wording.remarkable(470, 300).words
    assert "kleine aantallen" not in wording.remarkable(470, 300).words


def test_a_remarkable_small_number_carries_a_warning():
    assert "kleine aantallen" in wording.remarkable(24, 4).words


def test_a_change_that_chance_explains_is_not_opvallend():
    assert wording.remarkable(24, 20).outcome is Outcome.NOT_BORNE_OUT
    assert wording.remarkable(24, None).outcome is Outcome.NOT_COMPARABLE


# oorzaken


def test_a_change_always_gets_the_whole_open_list_of_causes():
    words = wording.causes(2152, 1743).words
    for one in ("weten te vinden", "aandacht", "vertrouwen", "gebeurt", "ernstiger"):
        assert one in words
    assert words.count(" of ") == 1
    assert not wording.causes(5, 5)


# De woordenlijsten


@pytest.mark.parametrize(
    "words",
    [
        "het aantal is toegenomen", "een stijging van de cijfers", "steeds vaker", "opnieuw hoog",
        "voor het vierde jaar op rij", "meer dan de helft", "het merendeel", "een verschuiving",
        "opvallend is", "ook valt op dat", "vooral pesten", "voornamelijk afkomst",
    ],
)  # fmt: skip
def test_the_list_of_guarded_words_knows_those_of_the_founding_letter(words):
    assert guarded_words.COUNTING_WORDS.search(words)


def test_the_lists_know_judgements_causes_and_numerals():
    assert guarded_words.JUDGEMENTS.search("de stijging is zorgelijk")
    assert guarded_words.CAUSAL_WORDS.search("dit komt doordat")
    assert guarded_words.NUMERALS.search("voor het vierde jaar")
    assert not guarded_words.NUMERALS.search("tot één dossier")
