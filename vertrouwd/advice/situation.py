"""The coded facts that choose between options and bodies, and what fits them. No Django.

What is unknown excludes nothing: a caller who tells little is shown more, never less.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from vertrouwd.dossiers.terms import AccusedRole, AffectedRole, Category, ReporterRole
from vertrouwd.schools.terms import Sector

NOT_KNOWN = frozenset({AccusedRole.UNKNOWN, AffectedRole.UNKNOWN, ReporterRole.UNKNOWN})


class Window(StrEnum):
    """How long ago it was, as help after sexual violence counts: by the day, the longest it may be.

    Best within 72 hours, at most 7 days (Centrum Seksueel Geweld).
    """

    HOURS_72 = "binnen 72 uur"
    DAYS_7 = "binnen 7 dagen"
    LATER = "langer geleden"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known of a case; None is unknown. Ages are in whole years, at the alleged act."""

    sector: Sector | None = None
    category: Category | None = None
    accused: AccusedRole | None = None
    affected: AffectedRole | None = None
    reporter: ReporterRole | None = None
    affected_age: int | None = None
    window: Window | None = None

    @property
    def is_between_staff(self) -> bool:
        return is_between_staff([(self.accused, self.affected)])


def is_between_staff(roles: Iterable[tuple[str | None, str | None]]) -> bool:
    """Whether a case is staff on staff: then there is advice to the reporter, and nothing else.

    `roles` are accused and affected of each report. One report must say so, and none may say
    otherwise; what a report leaves unknown changes nothing. Source: Kamerstuk 29 240, nr. 136.
    """
    sides = list(roles)
    says_so = (AccusedRole.ENTRUSTED, AffectedRole.ENTRUSTED) in sides
    leaves_open = {None, AccusedRole.UNKNOWN.value, AccusedRole.ENTRUSTED.value}
    return says_so and all(role in leaves_open for side in sides for role in side)


def window_of(happened: date | None, *, today: date) -> Window | None:
    """How long ago at most: within three days may still be within 72 hours."""
    if happened is None:
        return None
    days = (today - happened).days
    if days <= 3:
        return Window.HOURS_72
    return Window.DAYS_7 if days <= 7 else Window.LATER


@dataclass(frozen=True, kw_only=True)
class When:
    """In which situations something is said; a part that is left out asks nothing."""

    sectors: frozenset[Sector] = frozenset(Sector)
    categories: frozenset[Category] = frozenset(Category)
    accused: frozenset[AccusedRole] = frozenset(AccusedRole)
    affected: frozenset[AffectedRole] = frozenset(AffectedRole)
    reporters: frozenset[ReporterRole] = frozenset(ReporterRole)
    windows: frozenset[Window] = frozenset(Window)
    under: int = 200  # years
    between_staff: bool | None = None
    primary_learner_reports: bool | None = None

    def fits(self, found: Situation) -> bool:
        """Whether it may be so; unknown may be anything."""
        return (
            _may_be(found.sector, self.sectors)
            and _may_be(found.category, self.categories)
            and _may_be(found.accused, self.accused)
            and _may_be(found.affected, self.affected)
            and _may_be(found.reporter, self.reporters)
            and _may_be(found.window, self.windows)
            and (found.affected_age is None or found.affected_age < self.under)
            and self.between_staff in (None, found.is_between_staff)
            and self.primary_learner_reports in (None, _primary_learner_reports(found))
        )


def when(read: Mapping[str, Any]) -> When:
    """From a file of data: names of parts and lists of official values."""
    terms: dict[str, type[StrEnum]] = {
        "sectors": Sector, "categories": Category, "accused": AccusedRole,
        "affected": AffectedRole, "reporters": ReporterRole, "windows": Window,
    }  # fmt: skip
    known = {field.name for field in fields(When)}
    if strange := set(read) - known:
        raise ValueError(f"{sorted(strange)}: not a part of a situation. Use {sorted(known)}.")
    parts: dict[str, Any] = {
        key: frozenset(map(terms[key], value)) if key in terms else value
        for key, value in read.items()
    }
    return When(**parts)


def _primary_learner_reports(found: Situation) -> bool:
    """Only when both are known: who is unsure is told of every road."""
    return found.sector == Sector.PRIMARY and found.reporter == ReporterRole.LEARNER


def _may_be(value: Any, among: frozenset[Any]) -> bool:
    return value is None or value == Sector.WITHHELD or value in NOT_KNOWN or value in among
