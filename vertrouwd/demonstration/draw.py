"""Dossiers and their reports, drawn so that every target is met. No Django here.

One seed, one year: only `random.Random` is drawn from, in one order.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from vertrouwd.demonstration.assemble import Plan, plan_dossiers
from vertrouwd.demonstration.fit import Numbers
from vertrouwd.demonstration.prior import assumptions
from vertrouwd.demonstration.space import Space
from vertrouwd.demonstration.variants import UNTOLD, Groups
from vertrouwd.dossiers.codes import UNKNOWN
from vertrouwd.dossiers.terms import AccusedRole, AffectedRole, AgeBand, Answer, ReporterRole
from vertrouwd.schools.terms import Sector

AGES = {
    AgeBand.UNDER_13: (4, 12),
    AgeBand.FROM_13_TO_15: (13, 15),
    AgeBand.FROM_16_TO_17: (16, 17),
    AgeBand.ADULT: (18, 26),
}
STAFF_AGES = (22, 66)
TODDLER_AGES = (0, 12)
YOUNGEST_OF_SECTOR: dict[str, int] = {
    Sector.SECONDARY: 11, Sector.VOCATIONAL: 15, Sector.HIGHER: 16,
}  # fmt: skip


@dataclass
class DrawnReport:
    """The coded answers of one invented report, named as the model names them."""

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
    reports: list[DrawnReport] = field(default_factory=list)


def draw(
    space: Space, groups: Groups, numbers: Numbers, chance: random.Random, *, single: bool
) -> list[DrawnDossier]:
    """Dossiers with exactly these numbers, ordered by the date of their first report.

    `single` True: each dossier has one report.
    """
    plans = plan_dossiers(space, groups, numbers, chance, single=single)
    drawn = [_dossier(space, groups, plan, chance) for plan in plans]
    return sorted(drawn, key=lambda dossier: dossier.reports[0].received_on)


def _dossier(space: Space, groups: Groups, plan: Plan, chance: random.Random) -> DrawnDossier:
    youngest, affected_band = map(str, plan.codes["ages"])
    dossier = DrawnDossier(
        sector=plan.sector,
        category=plan.leaf[0],
        subcategory=plan.leaf[1],
        setting=str(plan.codes["setting"]),
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
        cls, plan: Plan, youngest: str, affected_band: str, chance: random.Random
    ) -> "_People":
        """Ages whose bands are exactly the two decided ones."""
        accused_is_learner = AccusedRole.LEARNER.value in plan.roles
        no_learner = youngest == AgeBand.UNKNOWN and affected_band == AgeBand.ADULT
        is_staff = no_learner or (
            youngest != affected_band
            and affected_band == AgeBand.ADULT
            and plan.sector not in (Sector.VOCATIONAL, Sector.HIGHER)
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
    if sector == Sector.CHILDCARE and band == AgeBand.UNDER_13:
        low, high = TODDLER_AGES
    low = min(max(low, YOUNGEST_OF_SECTOR.get(sector, low)), high)
    return chance.randint(low, high)


def _days(space: Space, groups: Groups, plan: Plan, chance: random.Random) -> list[date]:
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


def _reporter(plan: Plan, people: _People, chance: random.Random) -> str:
    shares = assumptions()["reporter_role"]
    role = _weighted_of(shares.get(plan.leaf[1]) or shares[plan.sector], chance)
    if role == ReporterRole.LEARNER and people.affected_role == AffectedRole.ENTRUSTED:
        return ReporterRole.STAFF.value
    return role


def _sometimes_unknown(
    groups: Groups, plan: Plan, dimension: str, number: int, chance: random.Random
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
    if told == UNTOLD:
        return UNKNOWN
    if told is not None:
        return parts[told]
    return parts[number] if number < len(parts) else chance.choice(parts)
