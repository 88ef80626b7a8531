"""Where a duty stands, in the language of the page."""

from django.utils import translation

from vertrouwd.desk.duties.shown import article_in_words
from vertrouwd.duties.rule_sets import rule_sets
from vertrouwd.duties.terms import Duty


def articles() -> set[str]:
    sets = rule_sets().values()
    found = {act.article_of(duty) for each in sets for act in each.acts for duty in Duty}
    return found | {each.provider_accused.article for each in sets if each.provider_accused}


def test_no_article_has_english_words_on_a_dutch_page():
    with translation.override("nl"):
        assert {article_in_words(each) for each in articles()} == {
            "WPO 4a",
            "WEC 4a",
            "WVO 3",
            "WVO 2020 (nummer niet bekend; eerder: WVO 3)",
            "WEB 1.3.8",
            "WHW 1.20",
            "Wko 1.51b",
            "Wko 1.51b-c",
            "Wko 1.51c(2)",
            "wetsvoorstel 36 777 (WPO 4a)",
            "wetsvoorstel 36 777 (WEC 4a)",
            "wetsvoorstel 36 777 (WVO 2020, nummer niet bekend)",
            "wetsvoorstel 36 777 (WEB 1.3.8)",
            "wetsvoorstel 36 777 (WHW 1.20)",
        }


def test_an_english_page_names_them_as_the_data_does():
    with translation.override("en"):
        assert {article_in_words(each) for each in articles()} == articles()
