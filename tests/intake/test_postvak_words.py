"""What the receipt and the mailbox say: the same words for everybody, so a child must read them."""

import re
from pathlib import Path

import pytest

from tests.advice.readability import flesch_douma, longest_sentence
from tests.structure.test_words import of_code, of_template
from vertrouwd import intake
from vertrouwd.intake.postvak.asking import QUESTIONS

pytestmark = pytest.mark.one_engine
FOLDER = Path(intake.__file__).parent
PAGES = FOLDER / "templates" / "intake"


def said() -> set[str]:
    """Every sentence of templates and code, in Dutch."""
    found: set[str] = set()
    for path in (*PAGES.glob("receipt*.html"), *PAGES.glob("postvak/*.html")):
        found |= set(of_template(path))
    for path in (FOLDER / "mailbox.py", *FOLDER.glob("postvak/*.py")):
        found |= set(of_code(path))
    for question in QUESTIONS.values():
        found |= {str(words) for words in (question.title, *question.means)}
    plain = (re.sub(r"%\(\w+\)[sd]|<[^>]*>", "", words) for words in found)
    return {words for words in plain if words.endswith((".", "?"))}


def test_the_words_are_as_easy_as_those_of_the_form_for_a_child() -> None:
    text = "\n".join(sorted(said()))
    assert flesch_douma(text) >= 90
    assert longest_sentence(text) <= 16
