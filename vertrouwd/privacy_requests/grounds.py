"""On what ground something is refused, blacked out, added, erased or restricted: a closed list.

No Django.

The grounds are data (`data/grounds.toml`), each with its article and whether that was read in a
source. Which can be chosen hangs on what is asked, what is decided, and what the dossier is about:
the secrecy of the inspector holds for the two sexual categories only (WOT 6(3)).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from vertrouwd.advice.words import Words, words
from vertrouwd.dossiers.terms import Category
from vertrouwd.privacy_requests.terms import Outcome, RequestKind

DATA = Path(__file__).parent / "data" / "grounds.toml"
OUTCOMES: dict[RequestKind, tuple[Outcome, ...]] = {
    RequestKind.ACCESS: (Outcome.GIVE, Outcome.PARTLY, Outcome.REFUSE, Outcome.NOT_ABOUT),
    RequestKind.CORRECTION: (Outcome.CORRECT, Outcome.STATEMENT, Outcome.REFUSE),
    RequestKind.ERASURE: (Outcome.ERASE, Outcome.REFUSE, Outcome.NOT_ABOUT),
    RequestKind.RESTRICTION: (Outcome.RESTRICT, Outcome.REFUSE),
}
NEED_A_GROUND = frozenset(
    {Outcome.PARTLY, Outcome.REFUSE, Outcome.STATEMENT, Outcome.ERASE, Outcome.RESTRICT}
)
NEED_WORDS = frozenset({Outcome.PARTLY, Outcome.REFUSE})  # why, sealed


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One ground, as it stood on `checked_on`; not `verified`: still to be checked."""

    code: str
    title: Words
    article: str
    kinds: frozenset[RequestKind]
    outcomes: frozenset[Outcome]
    categories: frozenset[Category]  # empty: in any dossier
    letter: str  # Dutch, for the asker; tells nothing of anybody
    source: str
    checked_on: date
    verified: bool

    def holds_for(self, kind: RequestKind, outcome: Outcome, category: Category) -> bool:
        """Whether it can be chosen for this decision in a dossier of this category."""
        fits = not self.categories or category in self.categories
        return kind in self.kinds and outcome in self.outcomes and fits


@cache
def grounds() -> dict[str, Ground]:
    """Every ground by its code, in the order in which a page shows them."""
    return grounds_in(DATA)


def grounds_in(path: Path) -> dict[str, Ground]:
    """The grounds of a file of this form, by their code."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return {each["code"]: _ground(each) for each in read["grounds"]}


def grounds_for(kind: RequestKind, outcome: Outcome, category: Category) -> list[Ground]:
    """Those that can be chosen for this decision."""
    return [g for g in grounds().values() if g.holds_for(kind, outcome, category)]


def _ground(read: Mapping[str, Any]) -> Ground:
    kept = {"title", "for", "outcomes", "categories"}
    return Ground(
        title=words(read["title"]),
        kinds=frozenset(map(RequestKind, read["for"])),
        outcomes=frozenset(map(Outcome, read["outcomes"])),
        categories=frozenset(map(Category, read.get("categories", []))),
        **{key: value for key, value in read.items() if key not in kept},
    )
