"""A telephone number stands in one row, with its source and its date; nobody types it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from vertrouwd.advice.numbers import numbers, text_of
from vertrouwd.advice.wording import Text, Wording
from vertrouwd.signpost.steps import all_bodies

pytestmark = pytest.mark.one_engine

PACKAGE = Path(__file__).resolve().parent.parent.parent / "vertrouwd"
ROWS = {"advice/data/bodies.toml", "advice/data/named.toml", "signpost/data/bodies.toml"}
TEXT = {".html", ".py", ".css", ".js", ".toml", ".po", ".txt", ".typ", ".xml"}
HOURS = re.compile(r"8[.:]00|van 8 tot|from 8 to", re.IGNORECASE)


def as_written(phone: str) -> re.Pattern[str]:
    """The number with or without spaces and dashes, and not as a part of a code or of a number."""
    digits = [re.escape(digit) for digit in phone if digit.isdecimal()]
    return re.compile(r"(?<![\w.-])" + r"[ -]?".join(digits) + r"(?![\w-]|\.\w)")


def typed(pattern: re.Pattern[str]) -> list[str]:
    """The places of the package where it stands, but for the rows of the bodies."""
    return [place for place, line in every_line() if pattern.search(line)]


@cache
def every_line() -> list[tuple[str, str]]:
    """Where it is, and what it says."""
    return [
        (f"{name}:{number}", line)
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in TEXT and (name := str(path.relative_to(PACKAGE))) not in ROWS
        for number, line in lines(path)
    ]


def lines(path: Path) -> list[tuple[int, str]]:
    """What a file says and where; of a module its texts, of which the docstrings are a part."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return list(enumerate(text.splitlines(), 1))
    return [
        (node.lineno, node.value)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize("phone", sorted({b.phone for b in all_bodies().values() if b.phone}))
def test_no_page_module_or_text_types_a_telephone_number(phone):
    assert not typed(as_written(phone))


def test_no_page_module_or_text_types_the_hours_of_the_inspectors():
    inspectors = all_bodies()["vertrouwensinspecteurs"]
    for hours in (inspectors.hours.nl, inspectors.hours.en):
        assert HOURS.search(hours)
    assert not typed(HOURS)


def test_the_search_knows_a_number_however_it_is_written_and_a_code_from_a_number():
    pattern, alarm = as_written("0900 111 3 111"), as_written("112")
    for line in ("Bel 0900 111 3 111.", 'href="tel:09001113111"', "0900-1113111"):
        assert pattern.search(line)
    for line in ("Bel 112.", 'href="tel:112"'):
        assert alarm.search(line)
    for line in ("alarmnummer-112", "say.call_112", "1120", "3.112", "bel-112", "112.nl"):
        assert not alarm.search(line)


@pytest.mark.parametrize("for_children", [False, True])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_named_number_is_that_of_its_body_in_the_words_of_who_reads(language, for_children):
    how, bodies = Wording(language, for_children), all_bodies()
    named = {
        "alarm": "alarmnummer-112",
        "alarm_on_islands": "alarm-eilanden",
        "inspectors": "vertrouwensinspecteurs",
        "sexual_violence": "centrum-seksueel-geweld",
        "suicide_prevention": "zelfmoordpreventie-113",
        "violence_at_home": "veilig-thuis",
    }
    found = vars(numbers(how))
    assert found.keys() == named.keys()
    for name, code in named.items():
        number, body = found[name], bodies[code]
        said = (number.phone, number.dial, number.hours)
        assert said == (body.phone, re.sub(r"\D", "", body.phone), body.hours.said(how))


def test_a_text_says_its_numbers_and_a_number_that_is_none_of_ours_is_a_mistake():
    said = text_of({"nl": "Bel {alarm.phone}.", "en": "Call us {inspectors.hours}."})
    assert said == Text("Bel 112.", "Call us on working days from 8:00 to 17:00.")
    with pytest.raises(KeyError):
        text_of({"nl": "Bel {office.phone}.", "en": "x"})
