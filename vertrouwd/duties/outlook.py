"""What the law asks of somebody now, and what once the board knows and has weighed. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from vertrouwd.duties.assessment import Assessment, assess
from vertrouwd.duties.facts import UNKNOWN, Facts
from vertrouwd.duties.terms import Knower, Weighing


@dataclass(frozen=True)
class Outlook:
    """The facts as one who bears a duty knows them; `board` is who governs the institution."""

    facts: Facts
    board: Knower
    today: date

    @property
    def in_childcare(self) -> bool:
        """Whether a provider governs it, who has duties of its own."""
        return self.board is Knower.PROVIDER

    @cached_property
    def now(self) -> Assessment:
        return assess(self.facts, self.today)

    @cached_property
    def then(self) -> Assessment:
        """When the board knows it as well, and finds the suspicion reasonable."""
        known_by = self.facts.known_by
        knowers = frozenset() if known_by is UNKNOWN else known_by
        weighed = replace(self.facts, known_by=knowers | {self.board}, weighing=Weighing.REASONABLE)
        return assess(weighed, self.today)

    def said(self, words: Mapping[str, str]) -> dict[str, Any]:
        """What a page shows; `words` are those of `advice.duty_texts`, in one language."""
        group = "childcare_duties" if self.in_childcare else "duties"
        now = {owed.duty for owed in self.now.duties}
        return {
            "owed": [
                {"text": words[f"{group}.{o.duty}"], "source": o.source, "verified": o.verified}
                for o in self.now.duties
            ],
            "perhaps": [words[f"{group}.{duty}"] for duty in self.now.undecided],
            "missing": [words[f"facts.{key}"] for key in self.now.missing],
            "then": [words[f"{group}.{o.duty}"] for o in self.then.duties if o.duty not in now],
        }
