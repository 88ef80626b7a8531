"""What the report form says: complete in both languages, and easy to read."""

from collections.abc import Iterator

import pytest

from tests.advice.plain_words import assert_complete, assert_plain
from vertrouwd.advice.wording import Text
from vertrouwd.dossiers import codes
from vertrouwd.intake.questions import FIELDS, Step, options_for
from vertrouwd.intake.texts import field_texts, phrases, step_texts

pytestmark = pytest.mark.one_engine


def texts() -> Iterator[Text]:
    yield from phrases().values()
    for said in step_texts().values():
        yield from filter(None, (said.text, said.hint))
    for field in field_texts().values():
        yield from filter(None, (field.short, field.label, field.hint))
        for option in field.options.values():
            yield from filter(None, (option.text, option.hint))


def test_every_text_is_there_in_dutch_and_english_and_a_childs_wording_in_both():
    assert_complete(texts())


def test_every_page_field_and_option_has_its_words_and_no_more():
    assert step_texts().keys() == set(Step)
    fields = {field.name: field for step in Step for field in FIELDS[step]}
    assert field_texts().keys() == fields.keys()
    for name, field in fields.items():
        offered = set(field.options)
        if name == "nader":
            every = [options_for(field, {"onderwerp": s.category, "rol": "personeel"})
                     for s in codes.subcategories()]  # fmt: skip
            offered = {option for options in every for option in options}
        assert field_texts()[name].options.keys() == offered, name


def test_the_dutch_is_plain_and_to_a_child_plainer_still():
    assert_plain(texts(), usual=85, longest_for_a_child=13)
