"""The English words: complete, and compiled from the file one can read."""

import ast
import gettext
import re
from functools import cache
from pathlib import Path

from tests.publication.overview_example import ExampleRelease
from vertrouwd.publication.overview import wording
from vertrouwd.publication.overview.contents import overview_of
from vertrouwd.publication.overview.language import Language
from vertrouwd.publication.overview.page import overview_context

PACKAGE = Path(wording.__file__).resolve().parents[2]
FOLDER = PACKAGE / "locale/en/LC_MESSAGES"


@cache
def readable() -> dict[str, str]:
    """msgid -> msgstr of django.po; of a plural its first form.

    A context stands before the msgid, as gettext has it: `context\\x04msgid`.
    """
    file = (FOLDER / "django.po").read_text(encoding="utf-8")
    found = {}
    for entry in file.replace('"\n"', "").split("\n\n"):
        lines = [line.split(" ", 1) for line in entry.splitlines() if line.startswith("msg")]
        said = {word: ast.literal_eval(text) for word, text in lines}
        if not said:
            continue
        context = f"{said['msgctxt']}\x04" if "msgctxt" in said else ""
        found[context + said["msgid"]] = said.get("msgstr", said.get("msgstr[0]", ""))
    return found


def compiled() -> dict[str, str]:
    with (FOLDER / "django.mo").open("rb") as file:
        words = gettext.GNUTranslations(file)._catalog
    single = {key: text for key, text in words.items() if isinstance(key, str)}
    return single | {key[0]: text for key, text in words.items() if key[1:] == (0,)}


def test_the_compiled_words_are_those_of_the_readable_file():
    words, made = dict(readable()), compiled()
    words.pop("")
    made.pop("")
    assert made == words


def test_every_word_of_the_templates_has_its_english():
    missing = []
    for template in PACKAGE.glob("publication/templates/**/*.html"):
        if template.name == "file.html":  # the file is Dutch only
            continue
        for text in re.findall(r'{% translate "([^"]+)" %}', template.read_text("utf-8")):
            if text not in readable():
                missing.append(f"{template.name}: {text}")
    assert not missing


def test_every_fixed_sentence_has_its_english():
    sentences = [text for name, text in vars(wording).items() if name.isupper()]
    more = [*wording.INTRODUCTIONS.values(), *wording.IN_CHILDCARE, *wording.IN_CHILDCARE.values()]
    for text in [s for s in sentences if isinstance(s, str)] + more:
        assert text in readable(), text


def test_every_code_and_heading_of_an_overview_has_its_english():
    asked = set()
    listening = Language("en", lambda text: asked.add(text) or text, str)
    example = overview_of(ExampleRelease())
    tables = {table.title for table in (*example.tables, example.series)}
    overview_context(example, language=listening)
    dutch = {text for text in asked if not re.fullmatch(r"[\d -]*", text)} - tables
    assert not {text for text in dutch if text not in readable()}
