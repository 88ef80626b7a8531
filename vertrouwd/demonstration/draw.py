"""Dossiers and their reports, drawn so that every target is met. No Django here.

One seed, one year: only `random.Random` is drawn from, in one order.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import TypeVar

import numpy as np

from vertrouwd.demonstration.prior import Leaf, ages_fit_role, assumptions
from vertrouwd.demonstration.space import Space
from vertrouwd.demonstration.tallies import Tallies, Variant
from vertrouwd.demonstration.targets import Code
from vertrouwd.dossiers.terms import AccusedRole, AffectedRole, AgeBand, Answer, ReporterRole

T = TypeVar("T")
MOST_REPORTS = 25  # in one dossier, where more are not needed
AGES = {
    AgeBand.UNDER_13: (4, 12),
    AgeBand.FROM_13_TO_15: (13, 15),
    AgeBand.FROM_16_TO_17: (16, 17),
    AgeBand.ADULT: (18, 26),
}
STAFF_AGES = (22, 66)
TODDLER_AGES = (0, 12)
YOUNGEST_OF_SECTOR = {"vo": 11, "mbo": 15, "ho": 16}


@dataclass
class DrawnReport:
    """The coded answers of one invented report."""

    received_on: date
    channel: str
    reporter_role: str
    accused_role: str
    accused_age: int | None
    affected_role: str
    affected_age: int | None
    place: str
    social_media: str
    referred_to_police: str
    happened_from: date | None
    happened_until: date | None


@dataclass
class DrawnDossier:
    """One invented dossier: its coding, and its reports in the order they came in."""

    sector: str
    category: str
    subcategory: str
    setting: str
    youngest: str
    affected_band: str
    reports: list[DrawnReport] = field(default_factory=list)
    institution: int | None = None  # index in the list of invented institutions of the sector


@dataclass
class _Plan:
    """What is decided of a dossier before its reports are drawn."""

    kind: int
    sector: str
    leaf: Leaf
    codes: dict[str, Code]
    roles: list[str]
    places: list[str]
    reports: list[Variant]


def draw(
    tallies: Tallies, dossiers: np.ndarray, reports: np.ndarray, chance: random.Random
) -> list[DrawnDossier]:
    """Dossiers with these numbers per class and reports per group, ordered by their first date."""
    space = tallies.space
    plans = [_plan(space, kind, chance) for kind in _kinds(tallies, dossiers, chance)]
    _spread_reports(tallies, plans, reports, chance)
    drawn = [_dossier(tallies, plan, chance) for plan in plans]
    return sorted(drawn, key=lambda dossier: dossier.reports[0].received_on)


def _kinds(tallies: Tallies, dossiers: np.ndarray, chance: random.Random) -> Iterator[int]:
    """A possible kind for each dossier of a class, by its weight."""
    space = tallies.space
    order = np.argsort(tallies.class_of, kind="stable")
    starts = np.searchsorted(tallies.class_of[order], np.arange(tallies.size + 1))
    weights = space.weights[space.possible]
    for number in np.flatnonzero(dossiers):
        kinds = order[starts[number] : starts[number + 1]]
        yield from _choose_many(
            kinds.tolist(), weights[kinds].tolist(), int(dossiers[number]), chance
        )


def _plan(space: Space, kind: int, chance: random.Random) -> _Plan:
    """Codes for every dimension within the kind's atoms."""
    sector, leaf = _sector_and_leaf(space, kind, chance)
    prior = space.prior
    codes: dict[str, Code] = {}
    for dimension in ("social_media", "referred_to_police", "setting", "month"):
        weights = prior.weights(dimension, sector, leaf)
        codes[dimension] = _choose_code(space.atom(kind, dimension).parts[0], weights, chance)
    roles_at = space.atom(kind, "accused_role").parts
    weights = prior.weights("ages", sector, leaf)
    possible_roles = {str(code) for part in roles_at for code in part}
    ages = [a for a in space.atom(kind, "ages").parts[0] if ages_fit_role(a, possible_roles)]
    codes["ages"] = _choose_code(ages, weights, chance)
    weights = prior.weights("accused_role", sector, leaf)
    while True:  # at least one of the atom's roles fits the ages
        roles = [str(_choose_code(part, weights, chance)) for part in roles_at]
        if ages_fit_role(codes["ages"], set(roles)):
            break
        needs = [
            (AccusedRole.LEARNER.value,) if AccusedRole.LEARNER.value in part else part
            for part in roles_at
        ]
        roles_at = tuple(needs)
    weights = prior.weights("place", sector, leaf)
    places = [str(_choose_code(part, weights, chance)) for part in space.atom(kind, "place").parts]
    return _Plan(kind, sector, leaf, codes, roles, places, [])


def _sector_and_leaf(space: Space, kind: int, chance: random.Random) -> tuple[str, Leaf]:
    pairs = [
        (str(sector), leaf)
        for sector in space.atom(kind, "sector").parts[0]
        for leaf in space.atom(kind, "leaf").parts[0]
    ]
    if len(pairs) == 1:
        return pairs[0]  # type: ignore[return-value]
    weights = [
        space.weight_given(kind, sector, leaf)  # type: ignore[arg-type]
        for sector, leaf in pairs
    ]
    return _choose_many(pairs, weights, 1, chance)[0]  # type: ignore[return-value]


def _spread_reports(
    tallies: Tallies, plans: list[_Plan], reports: np.ndarray, chance: random.Random
) -> None:
    """Every dossier gets the reports it needs; the rest go where they can, unevenly."""
    rest = reports.astype(int).copy()
    hosts: dict[int, list[int]] = {}
    for number, plan in enumerate(plans):
        of_kind = tallies.reports_of(plan.kind)
        for group, variant in of_kind.needed:
            plan.reports.append(variant)
            rest[group] -= 1
        for group in {group for group, _ in of_kind.possible}:
            hosts.setdefault(group, []).append(number)
    unevenness = assumptions()["reports"]["unevenness"]
    pull = [chance.lognormvariate(0, unevenness) for _ in plans]
    for group in range(len(rest)):
        left = int(rest[group])
        while left > 0:
            open_to_more = [n for n in hosts[group] if len(plans[n].reports) < MOST_REPORTS]
            chosen = open_to_more or hosts[group]
            batch = min(left, max(1, len(chosen)))
            for number in _choose_many(chosen, [pull[n] for n in chosen], batch, chance):
                fitting = [
                    v for g, v in tallies.reports_of(plans[number].kind).possible if g == group
                ]
                plans[number].reports.append(chance.choice(fitting))
            left -= batch


def _dossier(tallies: Tallies, plan: _Plan, chance: random.Random) -> DrawnDossier:
    youngest, affected_band = map(str, plan.codes["ages"])
    dossier = DrawnDossier(
        sector=plan.sector,
        category=plan.leaf[0],
        subcategory=plan.leaf[1],
        setting=str(plan.codes["setting"]),
        youngest=youngest,
        affected_band=affected_band,
    )
    people = _People.drawn(plan, youngest, affected_band, chance)
    days = _days(tallies, plan, chance)
    began, ended = _happened(days[0], chance)
    for number, (day, variant) in enumerate(zip(days, plan.reports, strict=True)):
        role = plan.roles[variant.role]
        dossier.reports.append(
            DrawnReport(
                received_on=day,
                channel=_weighted("channel", chance),
                reporter_role=_reporter(plan, people, chance),
                accused_role=role,
                accused_age=people.accused_age if role == AccusedRole.LEARNER else None,
                affected_role=people.affected_role,
                affected_age=people.affected_age,
                place=plan.places[variant.place],
                social_media=_sometimes_unknown(tallies, plan, "social_media", number, chance),
                referred_to_police=_sometimes_unknown(
                    tallies, plan, "referred_to_police", number, chance
                ),
                happened_from=began,
                happened_until=ended,
            )
        )
    dossier.reports.sort(key=lambda report: report.received_on)
    return dossier


@dataclass(frozen=True)
class _People:
    affected_role: str
    affected_age: int | None
    accused_age: int | None

    @classmethod
    def drawn(
        cls, plan: _Plan, youngest: str, affected_band: str, chance: random.Random
    ) -> "_People":
        """Ages whose bands are exactly the two decided ones."""
        accused_is_learner = AccusedRole.LEARNER.value in plan.roles
        no_learner = youngest == AgeBand.UNKNOWN and affected_band == AgeBand.ADULT
        is_staff = no_learner or (
            youngest != affected_band
            and affected_band == AgeBand.ADULT
            and plan.sector not in ("mbo", "ho")
        )
        low, high = STAFF_AGES
        if is_staff:
            return cls(
                AffectedRole.ENTRUSTED.value,
                chance.randint(low, high),
                _age(youngest, plan.sector, chance) if accused_is_learner else None,
            )
        affected_age = _age(affected_band, plan.sector, chance)
        accused_age = None
        if accused_is_learner and youngest != affected_band:
            accused_age = _age(youngest, plan.sector, chance)
        elif accused_is_learner and affected_age is not None:
            accused_age = affected_age + chance.choice((0, 0, 1, 1, 2))
        return cls(AffectedRole.LEARNER.value, affected_age, accused_age)


def _age(band: str, sector: str, chance: random.Random) -> int | None:
    if band == AgeBand.UNKNOWN:
        return None
    low, high = AGES[AgeBand(band)]
    if sector == "kinderopvang" and band == AgeBand.UNDER_13:
        low, high = TODDLER_AGES
    low = min(max(low, YOUNGEST_OF_SECTOR.get(sector, low)), high)
    return chance.randint(low, high)


def _days(tallies: Tallies, plan: _Plan, chance: random.Random) -> list[date]:
    """A date for each report; the first lies in the dossier's month."""
    year = tallies.space.prior.year
    first = _working_day(*_bounds(str(plan.codes["month"])), chance)
    months_count = any("month" in target.condition for target in tallies.report_targets)
    found = [first]
    mean = assumptions()["reports"]["days_until_next"]
    for variant in plan.reports[1:]:
        if months_count:
            months = sorted(map(str, tallies.space.atoms["month"][variant.month].parts[0]))
            later = [m for m in months if m >= str(plan.codes["month"])]
            start, end = _bounds(chance.choice(later or months[-1:]))
            found.append(_working_day(max(start, first), max(end, first), chance))
        else:
            after = first + timedelta(days=round(chance.expovariate(1 / mean)))
            found.append(_on_a_working_day(min(after, year.last_day), first))
    return found


def _bounds(month: str) -> tuple[date, date]:
    year, number = map(int, month.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, 1), following - timedelta(days=1)


def _working_day(start: date, end: date, chance: random.Random) -> date:
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return chance.choice([day for day in days if day.weekday() < 5] or days)


def _on_a_working_day(day: date, earliest: date) -> date:
    while day.weekday() > 4 and day > earliest:
        day -= timedelta(days=1)
    return day


def _happened(received: date, chance: random.Random) -> tuple[date | None, date | None]:
    if chance.random() < 0.12:
        return None, None
    ended = received - timedelta(days=round(chance.expovariate(1 / 25)))
    began = ended - timedelta(days=round(chance.expovariate(1 / 40)) * (chance.random() < 0.5))
    return began, None if chance.random() < 0.2 else ended


def _reporter(plan: _Plan, people: _People, chance: random.Random) -> str:
    shares = assumptions()["reporter_role"]
    role = _weighted_of(shares.get(plan.leaf[1]) or shares[plan.sector], chance)
    if role == ReporterRole.LEARNER and people.affected_role == AffectedRole.ENTRUSTED:
        return ReporterRole.STAFF.value
    return role


def _sometimes_unknown(
    tallies: Tallies, plan: _Plan, dimension: str, number: int, chance: random.Random
) -> str:
    """A later report does not always know; never where reports are counted by this answer."""
    is_counted = any(dimension in target.condition for target in tallies.report_targets)
    if (
        number
        and not is_counted
        and chance.random() < assumptions()["unknown_beside_known"]["share"]
    ):
        return Answer.UNKNOWN.value
    return str(plan.codes[dimension])


def _weighted(name: str, chance: random.Random) -> str:
    return _weighted_of(assumptions()[name], chance)


def _weighted_of(shares: Mapping[str, float], chance: random.Random) -> str:
    return _choose_many(list(shares), list(shares.values()), 1, chance)[0]


def _choose_code(
    codes: Sequence[Code], weights: Mapping[Code, float], chance: random.Random
) -> Code:
    if len(codes) == 1:
        return codes[0]
    return _choose_many(list(codes), [weights[code] for code in codes], 1, chance)[0]


def _choose_many(
    items: Sequence[T], weights: Sequence[float], count: int, chance: random.Random
) -> list[T]:
    return chance.choices(items, cum_weights=list(accumulate(weights)), k=count)
