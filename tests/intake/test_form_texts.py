"""What the report form says: complete in both languages, and easy to read."""

from collections.abc import Iterator

import pytest

from tests.advice.readability import flesch_douma, longest_sentence
from vertrouwd.advice.wording import Text, Wording
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


def sentences(how: Wording) -> str:
    """Everything that is said in sentences, one a line."""
    return "\n".join(said for text in texts() if (said := text.said(how)).endswith((".", "?")))


def test_every_text_is_there_in_dutch_and_english_and_a_childs_wording_in_both():
    for text in texts():
        assert text.nl.strip()
        assert text.en.strip()
        assert bool(text.kind) == bool(text.child), text.nl


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
    adult, child = (sentences(Wording("nl", for_children)) for for_children in (False, True))
    own = "\n".join(text.kind for text in texts() if text.kind.endswith((".", "?")))
    assert flesch_douma(adult) >= 85
    assert longest_sentence(adult) <= 15
    assert flesch_douma(own) >= 92
    assert longest_sentence(own) <= 13
    assert flesch_douma(child) > flesch_douma(adult)
