"""What one reporter told on the form, checked and complete; knows no Django.

The pages of the form make it, `receiving` stores it, a kept record carries it as JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vertrouwd.dossiers.casework_terms import Condition, Wish
from vertrouwd.dossiers.terms import (
    AccusedRole,
    AffectedRole,
    Answer,
    Category,
    Place,
    ReporterRole,
)
from vertrouwd.schools.terms import Sector, Setting


@dataclass(frozen=True, kw_only=True)
class Told:
    """Coded answers, and texts that are sealed and exist nowhere in clear after the request.

    `texts` and `identity` hold only fields that were filled in. Of `texts`: `narrative`, and
    `institution` (how the reporter wrote it, when it was not found in the register). Of
    `identity`: the names that the phone intake seals (desk/intake: the same keys).
    """

    reporter_role: ReporterRole
    sector: Sector
    setting: Setting | None = None
    institution: int | None = None  # primary key; None: withheld or not found
    category: Category
    subcategory: str = ""
    accused_role: AccusedRole = AccusedRole.UNKNOWN
    accused_age: int | None = None
    affected_role: AffectedRole = AffectedRole.UNKNOWN
    affected_age: int | None = None
    happened_from: date | None = None
    happened_until: date | None = None
    place: Place = Place.UNKNOWN
    social_media: Answer = Answer.UNKNOWN
    referred_to_police: Answer = Answer.UNKNOWN
    is_acute: bool = False
    condition: Condition = Condition.NONE
    keeps_to_self: bool = False  # «record now, decide later»
    wishes: frozenset[Wish] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    identity: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_anonymous(self) -> bool:
        """Whether the reporter gave no name and no way to be reached."""
        return not {"reporter_name", "reporter_contact"} & self.identity.keys()
