"""What somebody can do next: at most three steps, chosen by what was told. No Django.

The steps stand in data/steps.toml, each with the situations in which it is offered and the place
it takes there. The first three by place are shown. The bodies are those of `advice`, and a few
that only the signpost needs (data/bodies.toml).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from vertrouwd.advice.bodies import Body, bodies, bodies_in, named_only
from vertrouwd.advice.numbers import text_of
from vertrouwd.advice.wording import Text
from vertrouwd.signpost.conditions import Condition, Told

DATA = Path(__file__).parent / "data"
AT_MOST = 3


@dataclass(frozen=True)
class Variant:
    """A text for some situations; the first that fits is said."""

    text: Text
    when: Condition


@dataclass(frozen=True)
class Offered:
    """In which situation a step is offered, and before which others: a lower place comes first."""

    place: int
    when: Condition


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step as the data hold it."""

    code: str
    title: tuple[Variant, ...]
    why: tuple[Variant, ...]
    sees: tuple[Variant, ...]  # who gets to know what
    how: tuple[Variant, ...]
    offered: tuple[Offered, ...]
    bodies: tuple[str, ...]
    source: str
    checked_on: date
    verified: bool


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A step as it is shown in one situation."""

    code: str
    title: Text
    why: Text
    sees: Text
    how: Text | None
    bodies: tuple[Body, ...]
    checked_on: date  # the oldest of what is shown
    verified: bool


@cache
def steps() -> dict[str, Step]:
    """Every step by its code."""
    read = tomllib.loads((DATA / "steps.toml").read_text(encoding="utf-8"))
    return {each["code"]: _step(each) for each in read["steps"]}


@cache
def all_bodies() -> dict[str, Body]:
    """Those of `advice` and those of the signpost alone, by code."""
    own = bodies_in(DATA / "bodies.toml")
    of_advice = {**bodies(), **named_only()}
    if both := own.keys() & of_advice.keys():
        raise ValueError(f"{sorted(both)}: described twice, here and in advice.")
    return {**of_advice, **own}


def signs_for(told: Told) -> tuple[Sign, ...]:
    """At most three, the most pressing first. `told` holds the duties too."""
    places = {
        step.code: place for step in steps().values() if (place := _place(step, told)) is not None
    }
    chosen = sorted(places, key=lambda code: places[code])[:AT_MOST]
    return tuple(_sign(steps()[code], told) for code in chosen)


def _place(step: Step, told: Told) -> int | None:
    return min((o.place for o in step.offered if o.when.fits(told)), default=None)


def _sign(step: Step, told: Told) -> Sign:
    shown = tuple(all_bodies()[code] for code in step.bodies)
    return Sign(
        code=step.code,
        title=_said(step.title, told),
        why=_said(step.why, told),
        sees=_said(step.sees, told),
        how=_said(step.how, told) if step.how else None,
        bodies=shown,
        checked_on=min(step.checked_on, *(body.checked_on for body in shown), date.max),
        verified=step.verified and all(body.verified for body in shown),
    )


def _said(variants: tuple[Variant, ...], told: Told) -> Text:
    """The last one has no condition (a test keeps it), so something is always said."""
    return next(variant.text for variant in variants if variant.when.fits(told))


def _step(read: Mapping[str, Any]) -> Step:
    return Step(
        code=read["code"],
        title=_variants(read["title"]),
        why=_variants(read["why"]),
        sees=_variants(read["sees"]),
        how=_variants(read.get("how", [])),
        offered=tuple(
            Offered(each["place"], Condition.read(each.get("when", {}))) for each in read["offered"]
        ),
        bodies=tuple(read.get("bodies", [])),
        source=read["source"],
        checked_on=read["checked_on"],
        verified=read["verified"],
    )


def _variants(read: list[dict[str, Any]]) -> tuple[Variant, ...]:
    return tuple(
        Variant(
            text_of({key: value for key, value in each.items() if key != "when"}),
            Condition.read(each.get("when", {})),
        )
        for each in read
    )
