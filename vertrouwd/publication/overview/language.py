"""How codes and numbers are said to the reader: Dutch in every file, also English on the site."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from vertrouwd.publication.dutch import MONTHS, dutch_number

SECTOR_NAMES = {
    "po": "primair onderwijs",
    "so": "speciaal onderwijs",
    "vo": "voortgezet onderwijs",
    "mbo": "middelbaar beroepsonderwijs",
    "ho": "hoger onderwijs",
}
# Codes and column names that need other words for a reader.
LABELS = {
    "seksueel misbruik + seksuele intimidatie": "seksueel geweld",
    "reports": "meldingen",
    "referrals": "verwijzingen",
    "category": "categorie",
    "subcategory": "subcategorie",
    "accused_role": "rol van de beklaagde",
    "sector_niet_bekendgemaakt": "sector niet bekendgemaakt",
}


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

        Notes of the release may name years and reasons no list of words foresees; such a note stays
        Dutch as a whole.
        """
        sentences = re.split(r"(?<=[.?]) (?=[A-Z«])", text)
        said = [self.text(sentence) for sentence in sentences]
        if self.code != "nl" and any(map(str.__eq__, said, sentences)):
            return text, "nl"
        return " ".join(said), self.code


DUTCH = Language("nl", str, dutch_number)
