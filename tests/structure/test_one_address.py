"""The public pages speak to everybody in one way: «je» (docs/decisions/je-to-everybody.md)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.intake.test_form_texts import texts as texts_of_the_form
from tests.signpost.test_data import texts as texts_of_the_signpost
from tests.structure.test_words import PACKAGE, of_code, of_template
from vertrouwd.advice.bodies import named_only
from vertrouwd.advice.duty_texts import duty_texts

pytestmark = pytest.mark.one_engine

FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
APPS = ("intake", "signpost", "publication")  # of the public site


def files(ending: str) -> Iterator[Path]:
    for app in APPS:
        yield from (PACKAGE / app).rglob(f"*{ending}")


def test_no_template_and_no_module_of_the_public_site_says_u():
    said = {(path.name, text) for path in files(".html") for text in of_template(path)}
    said |= {(path.name, text) for path in files(".py") for text in of_code(path)}
    assert len(said) > 300
    assert not {each for each in said if FORMAL.search(each[1])}


def test_no_text_of_the_form_and_the_signpost_says_u():
    texts = [*texts_of_the_form(), *texts_of_the_signpost(), *duty_texts().values()]
    texts += [body.hours for body in named_only().values()]
    said = {words for text in texts for words in (text.nl, text.kind)}
    assert not {words for words in said if FORMAL.search(words)}


def test_words_for_a_child_are_there_only_where_they_are_other_words():
    for text in [*texts_of_the_form(), *texts_of_the_signpost()]:
        assert (text.kind, text.child) != (text.nl, text.en)
