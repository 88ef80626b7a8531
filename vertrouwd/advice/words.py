"""A text of the data in both languages of the pages. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The same said in Dutch (B1) and in English."""

    nl: str
    en: str

    def said_in(self, language: str) -> str:
        """In the language of the page; Dutch when there is no other."""
        return self.en if language.startswith("en") else self.nl


def words(read: Mapping[str, str]) -> Words:
    """From a file of data."""
    return Words(nl=read["nl"], en=read["en"])
