"""The threat model promises nothing that no test shows: each test it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MODEL = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
SECTIONS = MODEL.partition("\n## Per attacker\n")[2].partition("\n## ")[0].split("\n### ")[1:]
ATTACKERS = dict(section.split("\n", 1) for section in SECTIONS)
PARTS = ("Gets", "Does not get", "Left", "Tests")
MUST_BE_THERE = (
    "laptop", "copy of the database", "backup", "Curious colleague",
    "administrator of the application", "administrator of the database",
    "intruder on the public process",
    "intruder on the casework process", "network", "phone", "Court order",
)  # fmt: skip


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[\w/]+\.py)`", MODEL))))
def test_a_test_that_the_threat_model_names_is_there(path: str):
    found = ROOT / path
    assert found.is_file()
    assert re.search(r"^ *def test_", found.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("title", ATTACKERS)
def test_each_attacker_has_what_they_get_what_not_what_is_left_and_what_shows_it(title: str):
    said = dict(re.findall(r"^\*([\w ]+):\* (.+)$", ATTACKERS[title], re.MULTILINE))
    assert tuple(said) == PARTS
    assert "`tests/" in said["Tests"]


@pytest.mark.parametrize("words", MUST_BE_THERE)
def test_nobody_is_left_out(words: str):
    assert len([title for title in ATTACKERS if words in title]) == 1
