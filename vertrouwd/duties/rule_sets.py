"""The rule sets: dated, in data, one file each. No Django.

A rule set says in which sectors and from when, which offences and which accused, from which age a
learner is an adult, by which article of which act, and whether that wording was read.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.ladder import Rung
from vertrouwd.duties.terms import AccusedParty, Duty, Knower, Offence
from vertrouwd.schools.terms import Sector

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True, eq=False)
class Act:
    """The act of one sector in which the duties stand, for a span of time."""

    sector: Sector
    article: str
    verified: bool
    text_date: str = ""  # of the consolidated text in which the wording was read
    valid_from: date = date.min
    valid_to: date = date.max
    minor_under: int | None = None  # years; None: no age condition
    articles: dict[Duty, str] = field(default_factory=dict)

    def article_of(self, duty: Duty) -> str:
        """Where this duty stands."""
        return self.articles.get(duty, self.article)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, kw_only=True, eq=False)
class ProviderAccused:
    """What is asked when the provider, a natural person, is the accused."""

    article: str
    on: str
    verified: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class RuleSet:
    """One set of duties, with the days on which it holds."""

    name: str
    title: str
    source: str
    in_force: bool
    board: Knower
    offences: frozenset[Offence]
    accused: frozenset[AccusedParty]
    categories: frozenset[Category]
    adult_in_dependency: bool
    acts: tuple[Act, ...]
    ladder: tuple[Rung, ...]
    valid_from: date = date.min
    provider_accused: ProviderAccused | None = None

    @property
    def sectors(self) -> tuple[Sector, ...]:
        return tuple(dict.fromkeys(act.sector for act in self.acts))

    def first_day_in(self, sector: object) -> date | None:
        """The day on which it began to hold in a sector; None when it does not touch it."""
        begins = [act.valid_from for act in self.acts if act.sector is sector]
        return max(self.valid_from, min(begins)) if begins else None

    def act_for(self, sector: object, day: date) -> Act | None:
        """The act that holds for a sector on a day; None when the set asks nothing there."""
        if day < self.valid_from:
            return None
        return next((a for a in self.acts if a.sector is sector and a.holds_on(day)), None)


@cache
def rule_sets() -> dict[str, RuleSet]:
    """Every rule set by its name, in the order of their names."""
    return {
        path.stem: _rule_set(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(DATA.glob("NL-*.toml"))
    }


def rule_set_for(sector: object, day: date, asked: str | None) -> RuleSet | None:
    """The one that was asked for, else the latest in force in that sector on that day."""
    if asked is not None:
        return rule_sets()[asked]
    in_force = [s for s in rule_sets().values() if s.in_force and s.valid_from <= day]
    return max(
        (each for each in in_force if sector in each.sectors),
        key=lambda each: each.valid_from,
        default=None,
    )


def _rule_set(read: dict[str, Any]) -> RuleSet:
    provider = read.pop("provider_accused", None)
    return RuleSet(
        board=Knower(read.pop("board")),
        offences=frozenset(map(Offence, read.pop("offences"))),
        accused=frozenset(map(AccusedParty, read.pop("accused"))),
        categories=frozenset(map(Category, read.pop("categories"))),
        acts=tuple(map(_act, read.pop("acts"))),
        ladder=tuple(Rung(**rung) for rung in read.pop("ladder")),
        provider_accused=ProviderAccused(**provider) if provider else None,
        **read,
    )


def _act(read: dict[str, Any]) -> Act:
    articles = {Duty(duty): text for duty, text in read.pop("articles", {}).items()}
    return Act(sector=Sector(read.pop("sector")), articles=articles, **read)
