"""A text in Dutch and in English, for adults and in words for a child. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass

from vertrouwd.schools.terms import Sector

CHILD, USUAL = "kind", "gewoon"  # what somebody chose to read
MOSTLY_CHILDREN = {Sector.PRIMARY, Sector.SPECIAL, Sector.SECONDARY, Sector.CHILDCARE}


def is_for_children(chosen: str, *, is_learner: bool, sector: str | None) -> bool:
    """Whether in words for a child: chosen, or because a pupil who is mostly a child reads."""
    if chosen:
        return chosen == CHILD
    return is_learner and sector in MOSTLY_CHILDREN


@dataclass(frozen=True)
class Wording:
    """How a page speaks: its language, and whether in words for a child."""

    language: str = "nl"
    for_children: bool = False

    @property
    def is_english(self) -> bool:
        return self.language.startswith("en")


@dataclass(frozen=True)
class Text:
    """The same said in each way; an empty child's wording is that of adults."""

    nl: str
    en: str
    kind: str = ""  # Dutch for a child
    child: str = ""  # English for a child

    def said(self, how: Wording) -> str:
        if how.is_english:
            return (self.child if how.for_children else "") or self.en
        return (self.kind if how.for_children else "") or self.nl

    @classmethod
    def read(cls, found: Mapping[str, str]) -> "Text":
        """From a file of data. Raises TypeError when a language is missing or is not known."""
        return cls(**found)
