"""Whole dossiers from whole numbers: which kinds go together, and which codes. No Django here."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vertrouwd.demonstration.fit import Numbers
from vertrouwd.demonstration.prior import Leaf, Prior, ages_fit_role, assumptions
from vertrouwd.demonstration.space import Atom, Branch, Space, depends_on_report
from vertrouwd.demonstration.targets import Code
from vertrouwd.demonstration.variants import Bundle, Groups, Variant
from vertrouwd.dossiers.codes import UNKNOWN
from vertrouwd.dossiers.terms import AccusedRole

MOST_REPORTS = 25  # in one dossier, where more are not needed


@dataclass
class Plan:
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


def plan_dossiers(
    space: Space, groups: Groups, numbers: Numbers, chance: random.Random, *, single: bool
) -> list[Plan]:
    """A plan for every dossier, with exactly these numbers. `single` True: each has one report."""
    plans: list[Plan] = []
    for trunk in np.flatnonzero(numbers.trunk).tolist():
        plans.extend(_plans_of(space, groups, numbers, trunk, chance))
    if plans and numbers.reports is None and not single:
        _add_assumed_reports(plans, chance)
    for plan in plans:
        _decide(space, plan, chance)
        _add_unasked(space, groups, plan, chance)
    return plans


def _plans_of(
    space: Space, groups: Groups, numbers: Numbers, trunk: int, chance: random.Random
) -> list[Plan]:
    """The dossiers of one trunk kind: a kind of each branch, put together at random.

    Kinds that need two reports go to dossiers that have two.
    """
    kinds_of: dict[Branch, list[int]] = {}
    for branch, found in zip(space.branches, numbers.branches, strict=True):
        kinds = np.repeat(np.arange(len(branch.kinds)), found[trunk]).tolist()
        chance.shuffle(kinds)
        kinds_of[branch] = kinds
    plans = [Plan(trunk, {}, []) for _ in range(int(numbers.trunk[trunk]))]
    long = max((int((b.lengths[k] > 1).sum()) for b, k in kinds_of.items()), default=0)
    bundles = [groups.bundles[0]] * len(plans)
    counted: list[int] = []
    if groups.branch is not None:
        kinds = counted = kinds_of.pop(groups.branch)
        bundles = [groups.bundles[kind] for kind in kinds]
        for plan, kind in zip(plans, kinds, strict=True):
            plan.atoms.update(groups.branch.kinds[kind])
    for plan, bundle in zip(plans, bundles, strict=True):
        plan.reports.extend(variant for _, variant in bundle.needed)
    if numbers.reports is not None:
        rest = numbers.reports[trunk].astype(int).copy()
        if numbers.seconds is not None:
            _give_seconds(plans, bundles, counted, numbers.seconds[trunk], rest, chance)
        _spread(plans, bundles, rest, long, chance)
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


def _give_seconds(
    plans: list[Plan],
    bundles: list[Bundle],
    kinds: list[int],
    seconds: np.ndarray,
    rest: np.ndarray,
    chance: random.Random,
) -> None:
    """Second reports as decided: of each kind so many dossiers get one of each group."""
    for kind, group in np.argwhere(seconds).tolist():
        for _ in range(int(seconds[kind, group])):
            single = [n for n, k in enumerate(kinds) if k == kind and len(plans[n].reports) == 1]
            number = chance.choice(single)
            fitting = [v for g, v in bundles[number].possible if g == group]
            plans[number].reports.append(chance.choice(fitting))
            rest[group] -= 1


def _spread(
    plans: list[Plan],
    bundles: list[Bundle],
    reports: np.ndarray,
    long: int,
    chance: random.Random,
) -> None:
    """Further reports of each group go unevenly to dossiers that can have them.

    First `long` dossiers get a second one, where they can.
    """
    rest = reports.tolist()
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


def _add_assumed_reports(plans: list[Plan], chance: random.Random) -> None:
    """Where no reports were published: as many per dossier as assumed, unevenly."""
    wanted = round(len(plans) * assumptions()["reports"]["per_dossier"])
    left = wanted - sum(len(plan.reports) for plan in plans)
    numbers = chance.choices(range(len(plans)), _pull(plans, chance), k=max(left, 0))
    for number in numbers:
        plans[number].reports.append(Variant())


def _pull(plans: list[Plan], chance: random.Random) -> list[float]:
    unevenness = assumptions()["reports"]["unevenness"]
    return [chance.lognormvariate(0, unevenness) for _ in plans]


def _decide(space: Space, plan: Plan, chance: random.Random) -> None:
    """A code for every dimension: within the plan's atoms, else as the assumptions have it."""
    plan.sector, plan.leaf = _sector_and_leaf(space, plan, chance)
    prior = space.prior
    for dimension in ("social_media", "referred_to_police", "setting", "month"):
        codes: Sequence[Code] = plan.atoms.get(dimension, space.atoms[dimension][0]).parts[0]
        if dimension == "month":
            codes = [code for code in codes if str(code) <= _last_first_month(space, plan)]
        weights = prior.weights(dimension, plan.sector, plan.leaf)
        plan.codes[dimension] = _choose_code(codes, weights, chance)
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


def _last_first_month(space: Space, plan: Plan) -> str:
    """The month a dossier must have been opened by, so that none of its reports came before."""
    months = space.atoms["month"]
    latest = [
        max(map(str, months[variant.month].parts[0]))
        for variant in plan.reports
        if variant.month is not None
    ]
    return min(latest, default=max(space.prior.year.months))


def _add_unasked(space: Space, groups: Groups, plan: Plan, chance: random.Random) -> None:
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
    prior: Prior, plan: Plan, parts: tuple[tuple[Code, ...], ...], chance: random.Random
) -> list[str]:
    weights = prior.weights("accused_role", plan.sector, plan.leaf)
    return [str(_choose_code(part, weights, chance)) for part in parts]


def _sector_and_leaf(space: Space, plan: Plan, chance: random.Random) -> tuple[str, Leaf]:
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


def _choose(numbers: list[int], pull: list[float], chance: random.Random) -> int:
    return chance.choices(numbers, [pull[number] for number in numbers])[0]


def _choose_code(
    codes: Sequence[Code], weights: Mapping[Code, float], chance: random.Random
) -> Code:
    if len(codes) == 1:
        return codes[0]
    return chance.choices(codes, [weights[code] for code in codes])[0]
