"""Dossiers and their reports, drawn so that every target is met. No Django here.

One seed, one year: only `random.Random` is drawn from, in one order.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from vertrouwd.demonstration.fit import Numbers
from vertrouwd.demonstration.prior import UNKNOWN, Leaf, Prior, ages_fit_role, assumptions
from vertrouwd.demonstration.space import Atom, Branch, Space, depends_on_report
from vertrouwd.demonstration.targets import Code
from vertrouwd.demonstration.variants import Bundle, Groups, Variant
from vertrouwd.dossiers.terms import AccusedRole, AffectedRole, AgeBand, Answer, ReporterRole

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
    """What is decided of a dossier before its reports are drawn.

    `atoms` holds the dimensions the table speaks of; `codes` one code of each dimension.
    """

    trunk: int
    atoms: dict[str, Atom]
    reports: list[Variant]
    sector: str = ""
    leaf: Leaf = ("", "")
    codes: dict[str, Code] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def draw(
    space: Space, groups: Groups, numbers: Numbers, chance: random.Random, *, single: bool
) -> list[DrawnDossier]:
    """Dossiers with exactly these numbers, ordered by the date of their first report.

    `single` True: each dossier has one report.
    """
    plans: list[_Plan] = []
    for trunk in np.flatnonzero(numbers.trunk).tolist():
        plans.extend(_plans_of(space, groups, numbers, trunk, chance))
    if plans and numbers.reports is None and not single:
        _add_assumed_reports(plans, chance)
    for plan in plans:
        _decide(space, plan, chance)
        _add_unasked(space, groups, plan, chance)
    drawn = [_dossier(space, groups, plan, chance) for plan in plans]
    return sorted(drawn, key=lambda dossier: dossier.reports[0].received_on)


def _plans_of(
    space: Space, groups: Groups, numbers: Numbers, trunk: int, chance: random.Random
) -> list[_Plan]:
    """The dossiers of one trunk kind: a kind of each branch, put together at random.

    Kinds that need two reports go to dossiers that have two.
    """
    kinds_of: dict[Branch, list[int]] = {}
    for branch, found in zip(space.branches, numbers.branches, strict=True):
        kinds = np.repeat(np.arange(len(branch.kinds)), found[trunk]).tolist()
        chance.shuffle(kinds)
        kinds_of[branch] = kinds
    plans = [_Plan(trunk, {}, []) for _ in range(int(numbers.trunk[trunk]))]
    long = max((int((b.lengths[k] > 1).sum()) for b, k in kinds_of.items()), default=0)
    bundles = [groups.bundles[0]] * len(plans)
    if groups.branch is not None:
        kinds = kinds_of.pop(groups.branch)
        bundles = [groups.bundles[kind] for kind in kinds]
        for plan, kind in zip(plans, kinds, strict=True):
            plan.atoms.update(groups.branch.kinds[kind])
    for plan, bundle in zip(plans, bundles, strict=True):
        plan.reports.extend(variant for _, variant in bundle.needed)
    if numbers.reports is not None:
        _spread(plans, bundles, groups.needed, numbers.reports[trunk], long, chance)
    for branch, kinds in kinds_of.items():
        kinds.sort(key=lambda kind: -branch.lengths[kind])
        order = list(range(len(plans)))
        chance.shuffle(order)
        order.sort(key=lambda n: len(plans[n].reports) < 2)  # those with two reports come first
        few = int((branch.lengths[kinds] > 1).sum()) if kinds else 0
        rest = order[few:]
        chance.shuffle(rest)
        for at, kind in zip([*order[:few], *rest], kinds, strict=True):
            plans[at].atoms.update(branch.kinds[kind])
            while len(plans[at].reports) < branch.lengths[kind]:
                plans[at].reports.append(Variant())
    return plans


def _spread(
    plans: list[_Plan],
    bundles: list[Bundle],
    needed: np.ndarray,
    reports: np.ndarray,
    long: int,
    chance: random.Random,
) -> None:
    """Further reports of each group go unevenly to dossiers that can have them.

    First `long` dossiers get a second one, where they can.
    """
    rest = reports.astype(int).tolist()
    for bundle in bundles:
        for group, _ in bundle.needed:
            rest[group] -= 1
    pull = _pull(plans, chance)
    for group, left in enumerate(rest):
        fitting = [[v for g, v in bundle.possible if g == group] for bundle in bundles]
        hosts = [number for number, variants in enumerate(fitting) if variants]
        for _ in range(left):
            have_two = sum(len(plan.reports) > 1 for plan in plans) if long else 0
            single = [n for n in hosts if len(plans[n].reports) == 1] if have_two < long else []
            several = [n for n in hosts if len(plans[n].reports) < MOST_REPORTS]
            number = _choose(single or several or hosts, pull, chance)
            plans[number].reports.append(chance.choice(fitting[number]))


def _add_assumed_reports(plans: list[_Plan], chance: random.Random) -> None:
    """Where no reports were published: as many per dossier as assumed, unevenly."""
    wanted = round(len(plans) * assumptions()["reports"]["per_dossier"])
    left = wanted - sum(len(plan.reports) for plan in plans)
    numbers = chance.choices(range(len(plans)), _pull(plans, chance), k=max(left, 0))
    for number in numbers:
        plans[number].reports.append(Variant())


def _pull(plans: list[_Plan], chance: random.Random) -> list[float]:
    unevenness = assumptions()["reports"]["unevenness"]
    return [chance.lognormvariate(0, unevenness) for _ in plans]


def _decide(space: Space, plan: _Plan, chance: random.Random) -> None:
    """A code for every dimension: within the plan's atoms, else as the assumptions have it."""
    plan.sector, plan.leaf = _sector_and_leaf(space, plan, chance)
    prior = space.prior
    for dimension in ("social_media", "referred_to_police", "setting", "month"):
        atom = plan.atoms.get(dimension, space.atoms[dimension][0])
        weights = prior.weights(dimension, plan.sector, plan.leaf)
        plan.codes[dimension] = _choose_code(atom.parts[0], weights, chance)
    roles = plan.atoms.get("accused_role", space.atoms["accused_role"][0]).parts
    possible = {str(code) for part in roles for code in part}
    ages: Sequence[Code] = plan.atoms.get("ages", space.atoms["ages"][0]).parts[0]
    if space.reports_tell_ages and len(roles) > 1:
        ages = [code for code in ages if not depends_on_report(code)]
    weights = prior.weights("ages", plan.sector, plan.leaf)
    if AccusedRole.LEARNER.value not in possible or "ages" not in plan.atoms:
        plan.roles = _roles(prior, plan, roles, chance)
        ages = [a for a in ages if ages_fit_role(a, set(plan.roles))]
        plan.codes["ages"] = _choose_code(ages, weights, chance)
    else:
        plan.codes["ages"] = _choose_code(ages, weights, chance)
        if not ages_fit_role(plan.codes["ages"], set()):
            learner = AccusedRole.LEARNER.value
            roles = tuple((learner,) if learner in part else part for part in roles)
        plan.roles = _roles(prior, plan, roles, chance)
    weights = prior.weights("place", plan.sector, plan.leaf)
    places = plan.atoms.get("place", space.atoms["place"][0]).parts
    plan.places = [str(_choose_code(part, weights, chance)) for part in places]


def _add_unasked(space: Space, groups: Groups, plan: _Plan, chance: random.Random) -> None:
    """Some dossiers with several reports name a second role or place that changes no cell."""
    share = assumptions()["two_at_once"]["unasked"]
    for dimension, named in (("accused_role", plan.roles), ("place", plan.places)):
        is_counted = any(dimension in target.condition for target in groups.targets)
        is_counted |= dimension == "accused_role" and space.reports_tell_ages
        if len(plan.reports) < 2 or len(named) > 1 or UNKNOWN in named or is_counted:
            continue
        if chance.random() >= share:
            continue
        asked = [t.condition[dimension] for t in space.targets if dimension in t.condition]
        weights = space.prior.weights(dimension, plan.sector, plan.leaf)
        free = [
            code
            for code in weights
            if code not in (*named, UNKNOWN)
            and all(named[0] in allowed for allowed in asked if code in allowed)
        ]
        if free:
            named.append(str(_choose_code(free, weights, chance)))


def _roles(
    prior: Prior, plan: _Plan, parts: tuple[tuple[Code, ...], ...], chance: random.Random
) -> list[str]:
    weights = prior.weights("accused_role", plan.sector, plan.leaf)
    return [str(_choose_code(part, weights, chance)) for part in parts]


def _sector_and_leaf(space: Space, plan: _Plan, chance: random.Random) -> tuple[str, Leaf]:
    """A sector and leaf of the trunk kind, likely for what the branches say."""
    pairs = space.pairs(plan.trunk)
    if len(pairs) == 1:
        return next(iter(pairs))
    weights = []
    for (sector, leaf), weight in pairs.items():
        for dimension, atom in plan.atoms.items():
            weight *= space.prior.weight_of_parts(dimension, atom.parts, sector, leaf)
        weights.append(weight)
    return chance.choices(list(pairs), weights)[0]


def _dossier(space: Space, groups: Groups, plan: _Plan, chance: random.Random) -> DrawnDossier:
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
    days = _days(space, groups, plan, chance)
    began, ended = _happened(days[0], chance)
    for number, (day, variant) in enumerate(zip(days, plan.reports, strict=True)):
        role = _part(plan.roles, variant.role, number, chance)
        dossier.reports.append(
            DrawnReport(
                received_on=day,
                channel=_weighted("channel", chance),
                reporter_role=_reporter(plan, people, chance),
                accused_role=role,
                accused_age=people.accused_age if role == AccusedRole.LEARNER else None,
                affected_role=people.affected_role,
                affected_age=people.affected_age,
                place=_part(plan.places, variant.place, number, chance),
                social_media=_sometimes_unknown(groups, plan, "social_media", number, chance),
                referred_to_police=_sometimes_unknown(
                    groups, plan, "referred_to_police", number, chance
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


def _days(space: Space, groups: Groups, plan: _Plan, chance: random.Random) -> list[date]:
    """A date for each report; the first lies in the dossier's month."""
    year = space.prior.year
    first = _working_day(*_bounds(str(plan.codes["month"])), chance)
    months_count = any("month" in target.condition for target in groups.targets)
    found = [first]
    mean = assumptions()["reports"]["days_until_next"]
    for variant in plan.reports[1:]:
        if months_count and variant.month is not None:
            months = sorted(map(str, space.atoms["month"][variant.month].parts[0]))
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
    groups: Groups, plan: _Plan, dimension: str, number: int, chance: random.Random
) -> str:
    """A later report does not always know; never where reports are counted by this answer."""
    is_counted = any(dimension in target.condition for target in groups.targets)
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
    return chance.choices(list(shares), list(shares.values()))[0]


def _part(parts: list[str], told: int | None, number: int, chance: random.Random) -> str:
    """The part of a set a report names: as told, else each once and then any."""
    if told is not None:
        return parts[told]
    return parts[number] if number < len(parts) else chance.choice(parts)


def _choose(numbers: list[int], pull: list[float], chance: random.Random) -> int:
    return chance.choices(numbers, [pull[number] for number in numbers])[0]


def _choose_code(
    codes: Sequence[Code], weights: Mapping[Code, float], chance: random.Random
) -> Code:
    if len(codes) == 1:
        return codes[0]
    return chance.choices(codes, [weights[code] for code in codes])[0]
