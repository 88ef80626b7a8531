"""How codes and numbers are said to the reader: Dutch in every file, also English on the site."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from vertrouwd.disclosure.safe import SUM_CATEGORY
from vertrouwd.publication.dutch import MONTHS, dutch_number
from vertrouwd.publication.overview.wording import IN_CHILDCARE

SECTOR_NAMES = {
    "po": "primair onderwijs",
    "so": "speciaal onderwijs",
    "vo": "voortgezet onderwijs",
    "mbo": "middelbaar beroepsonderwijs",
    "ho": "hoger onderwijs",
}
# Codes and column names that need other words for a reader.
LABELS = {
    SUM_CATEGORY: "seksueel geweld",  # as Kamerstuk 29 240 nr. 136 calls it
    "reports": "meldingen",
    "referrals": "verwijzingen",
    "category": "categorie",
    "subcategory": "subcategorie",
    "accused_role": "rol van de beklaagde",
    "sector_niet_bekendgemaakt": "sector niet bekendgemaakt",
}
YEAR = re.compile(r"\b[12]\d{3}(?:-[12]\d{3})?\b")


@dataclass(frozen=True)
class Language:
    """`text` says a Dutch word in the language, `number` writes a number in it."""

    code: str
    text: Callable[[str], str]
    number: Callable[[int | float], str]

    def label(self, code: str) -> str:
        """A code as the reader sees it: a month by name, a sum by its own word."""
        if len(code) == 7 and code[4] == "-" and code[:4].isdigit():
            return f"{self.text(MONTHS[int(code[5:]) - 1])} {code[:4]}"
        return self.text(LABELS.get(code, code.replace("_", " ")))

    def note(self, text: str) -> tuple[str, str]:
        """A note of one or more Dutch sentences, and the language it ended up in.

        Years stand in the list of words as `{}`. A note with a sentence that is not in the list
        stays Dutch as a whole.
        """
        sentences = re.split(r"(?<=[.?]) (?=[A-Z«\d])", text)
        if self.code == "nl":
            return " ".join(map(self.text, sentences)), "nl"
        said = []
        for sentence in sentences:
            pattern = YEAR.sub("{}", sentence)
            if self.text(pattern) == pattern:
                return text, "nl"
            said.append(self.text(pattern).format(*YEAR.findall(sentence)))
        return " ".join(said), self.code


def for_childcare(language: Language) -> Language:
    """The same language, in which a learner is a child and a school is childcare."""
    return replace(language, text=lambda words: language.text(IN_CHILDCARE.get(words, words)))


DUTCH = Language("nl", str, dutch_number)
