"""What is known of a case, as far as the duties ask; what is unknown says so. No Django."""

from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Final

from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Knower, Offence, Weighing
from vertrouwd.schools.terms import Sector


class Unknown(Enum):
    """Nobody told us: another thing than «no»."""

    UNKNOWN = "onbekend"


UNKNOWN: Final = Unknown.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts of one case, in the order in which the contract names them.

    Roles and age are those at the time of the alleged act. `possible_offence=None`: no offence is
    suspected. `weighing=None`: not weighed yet. `refused_on=None`: nobody refused.
    `known_on`: the day on which the board or provider, else the first staff member, knew; None is
    today. `rule_set=None`: the one of that sector and day.
    """

    sector: Sector | Unknown = UNKNOWN
    category: Category | Unknown = UNKNOWN
    possible_offence: Offence | Unknown | None = UNKNOWN
    accused_role: AccusedParty | Unknown = UNKNOWN
    affected_role: AffectedParty | Unknown = UNKNOWN
    affected_age: int | Unknown = UNKNOWN  # years
    affected_incapacitated: bool | Unknown = UNKNOWN
    dependency_relation: bool | Unknown = UNKNOWN
    known_by: frozenset[Knower] | Unknown = UNKNOWN
    weighing: Weighing | None = None
    refused_on: date | None = None
    known_on: date | None = None
    rule_set: str | None = None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The keys of what is not known, in the order of the contract."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) is UNKNOWN)
