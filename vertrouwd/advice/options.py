"""What a reporter can do now, with what speaks for and against it in this situation. No Django."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from vertrouwd.advice.bodies import Body, bodies
from vertrouwd.advice.situation import Situation, When, when
from vertrouwd.advice.terms import Option
from vertrouwd.advice.words import Words, words
from vertrouwd.schools.terms import Sector

DATA = Path(__file__).parent / "data" / "options.toml"


@dataclass(frozen=True)
class Point:
    """One thing that speaks for or against an option, where it applies."""

    words: Words
    when: When


@dataclass(frozen=True, kw_only=True)
class ListedOption:
    """One option as the data hold it."""

    option: Option
    what: Words
    when: When
    pros: tuple[Point, ...]
    cons: tuple[Point, ...]
    bodies: tuple[str, ...]  # codes of the bodies that belong to it
    articles: dict[Sector, str]  # where it stands in the law, by sector
    source: str
    checked_on: date
    verified: bool


@dataclass(frozen=True)
class Offer:
    """An option as it is put before a reporter in one situation."""

    option: Option
    what: Words
    pros: tuple[Words, ...]
    cons: tuple[Words, ...]
    bodies: tuple[Body, ...]
    article: str
    verified: bool


@cache
def listed_options() -> dict[Option, ListedOption]:
    """Every option, in the order in which a page shows them."""
    read = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {Option(each["option"]): _listed(each) for each in read["options"]}


def offers_for(found: Situation) -> list[Offer]:
    """The options of this situation; each with the pros and cons that apply."""
    return [
        Offer(
            option=each.option,
            what=each.what,
            pros=_said(each.pros, found),
            cons=_said(each.cons, found),
            bodies=tuple(b for c in each.bodies if (b := bodies()[c]).when.fits(found)),
            article=each.articles.get(found.sector, "") if found.sector else "",
            verified=each.verified,
        )
        for each in listed_options().values()
        if each.when.fits(found)
    ]


def _said(points: Iterable[Point], found: Situation) -> tuple[Words, ...]:
    return tuple(point.words for point in points if point.when.fits(found))


def _listed(read: Mapping[str, Any]) -> ListedOption:
    return ListedOption(
        option=Option(read["option"]),
        what=words(read["what"]),
        when=when(read.get("when", {})),
        pros=_points(read["pros"]),
        cons=_points(read["cons"]),
        bodies=tuple(read.get("bodies", ())),
        articles={Sector(sector): text for sector, text in read.get("articles", {}).items()},
        source=read["source"],
        checked_on=read["checked_on"],
        verified=read["verified"],
    )


def _points(read: Iterable[Mapping[str, Any]]) -> tuple[Point, ...]:
    return tuple(Point(words(each), when(each.get("when", {}))) for each in read)
