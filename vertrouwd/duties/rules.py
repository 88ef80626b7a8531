"""What the law asks when all facts are known; the article stands beside the branch. No Django.

What is missing is the matter of `missing.py`; this module is never asked about unknown facts.
"""

from dataclasses import dataclass
from datetime import date
from typing import cast

from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.facts import UNKNOWN, Facts
from vertrouwd.duties.reasons import Case, Consequence, Note, Protection, Reason, Saying
from vertrouwd.duties.rule_sets import Act, RuleSet, rule_set_for
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Duty, Knower, Offence, Weighing
from vertrouwd.schools.terms import Sector

STAFF, INSPECTOR, POLICE = "personeel", "vertrouwensinspecteur", "politie"


@dataclass(frozen=True)
class Owed:
    """A duty that somebody has: whose, towards whom, why, and where it stands."""

    duty: Duty
    on: str
    to: str
    because: str
    source: str
    verified: bool  # the wording was read in a consolidated text


@dataclass(frozen=True)
class Decision:
    """What a rule set answers to facts that are all known."""

    advice_only: bool
    rule_set: RuleSet | None = None
    owed: tuple[Owed, ...] = ()
    follows: tuple[str, ...] = ()  # what would be owed once something else happens
    remark: str | None = None  # why the law is silent here


@dataclass(frozen=True)
class Protected:
    """Why the law protects this learner."""

    why: Protection
    verified: bool = True


def decide(facts: Facts, *, on: date) -> Decision:
    """The duties of one case on the day that it became known; no fact is unknown."""
    chosen = rule_set_for(facts.sector, on, facts.rule_set)
    between_staff = is_between_staff(facts)
    if chosen is None:
        return Decision(between_staff, remark=Saying.NO_SET_YET)
    act = chosen.act_for(facts.sector, on)
    if act is None:
        return Decision(between_staff, chosen, remark=_silence(chosen, cast(Sector, facts.sector)))
    owed, follows = _asked(facts, chosen, act)
    return Decision(between_staff, chosen, owed, follows)


def is_between_staff(facts: Facts) -> bool:
    """Both accused and affected are entrusted with duties: advice to the reporter, nothing else.

    Source: Kamerstuk 29 240 nr. 136 (22 January 2024).
    """
    return (
        facts.accused_role is AccusedParty.ENTRUSTED
        and facts.affected_role is AffectedParty.ENTRUSTED
    )


def _silence(chosen: RuleSet, sector: Sector) -> str:
    begins = chosen.first_day_in(sector)
    # a bill does not touch the Wet kinderopvang, for one
    saying = Saying.NOT_TOUCHED if begins is None else Saying.NOT_YET
    return str(Note(saying, chosen.name, sector, begins))


def _asked(facts: Facts, chosen: RuleSet, act: Act) -> tuple[tuple[Owed, ...], tuple[str, ...]]:
    if facts.accused_role is AccusedParty.PROVIDER and chosen.provider_accused:
        return _of_employee(facts, chosen)  # Wko 1.51c(2)
    accused = facts.accused_role
    if not isinstance(accused, AccusedParty) or accused not in chosen.accused:
        # WPO 4a: «een ten behoeve van zijn school met taken belast persoon»;
        # Wko 1.51b: who works there, or is meant in 1.56b(3). No learner, parent, stranger.
        return (), ()
    protected = _protected(facts, chosen, act)
    deed = _deed(facts, chosen)
    if protected is None or deed is None:
        return (), ()
    case = Case(deed, accused, protected.why, act.minor_under)
    return _of_board(facts, chosen, act, case, protected.verified)


def _protected(facts: Facts, chosen: RuleSet, act: Act) -> Protected | None:
    """Whether the law protects whom it concerns, and why."""
    if facts.affected_role is not AffectedParty.LEARNER:
        return None
    if act.minor_under is None:  # WPO 4a: «een leerling van de school»; Wko 1.51b: a child
        in_childcare = act.sector is Sector.CHILDCARE
        return Protected(Protection.CHILD if in_childcare else Protection.LEARNER)
    if isinstance(facts.affected_age, int) and facts.affected_age < act.minor_under:
        # WEC 4a, WVO 3, WEB 1.3.8, WHW 1.20: «minderjarige»
        return Protected(Protection.MINOR)
    if facts.affected_incapacitated is True:  # in none of the acts
        return Protected(Protection.INCAPACITATED, verified=False)
    if chosen.adult_in_dependency and facts.dependency_relation is True:  # bill 36 777
        return Protected(Protection.DEPENDENT)
    return None


def _deed(facts: Facts, chosen: RuleSet) -> Offence | Category | None:
    """What the rule set looks at: a possible offence, or under the bill a category."""
    offence, category = facts.possible_offence, facts.category
    if isinstance(offence, Offence) and offence in chosen.offences:
        return offence  # Title XIV Sr; Wko 1.51b also mishandeling
    if isinstance(category, Category) and category in chosen.categories:
        return category  # bill 36 777
    return None


def _of_board(
    facts: Facts, chosen: RuleSet, act: Act, case: Case, protection_read: bool
) -> tuple[tuple[Owed, ...], tuple[str, ...]]:
    board = chosen.board.value
    read = act.verified and protection_read

    def owed(duty: Duty, on: str, to: str, consequence: Consequence) -> Owed:
        why = str(Reason(case, consequence, chosen.board))
        return Owed(duty, on, to, why, act.article_of(duty), read)

    duties: list[Owed] = []
    staff_knows, board_knows = _staff_knows(facts), _knows(facts, chosen.board)
    if staff_knows:  # WPO 4a, Wko 1.51b-c: also when the board knows already
        duties.append(owed(Duty.INFORM_BOARD, STAFF, board, Consequence.STAFF_TELLS))
    if board_knows:  # WPO 4a, Wko 1.51b: «op enigerlei wijze bekend», always
        duties.append(owed(Duty.CONSULT_INSPECTOR, board, INSPECTOR, Consequence.BOARD_CONSULTS))
    files = _may_be_filed(facts, chosen) and facts.weighing is Weighing.REASONABLE
    if board_knows and files:  # WPO 4a, Wko 1.51b: out of the consultation
        duties.append(owed(Duty.REPORT_TO_POLICE, board, POLICE, Consequence.BOARD_FILES))
    if board_knows or not staff_knows:
        return tuple(duties), ()
    later = [Saying.CONSULT_FOLLOWS, *([Saying.FILING_FOLLOWS] if files else [])]
    return tuple(duties), tuple(later)


def _may_be_filed(facts: Facts, chosen: RuleSet) -> bool:
    """Under the bill harassment is filed only if it is a crime too."""
    if facts.possible_offence in chosen.offences:
        return True
    return facts.category in chosen.categories and facts.possible_offence is not None


def _of_employee(facts: Facts, chosen: RuleSet) -> tuple[tuple[Owed, ...], tuple[str, ...]]:
    """The provider is the accused: no meldplicht, no overlegplicht; the employee files."""
    place = chosen.provider_accused
    deed = _deed(facts, chosen)
    concerns_child = facts.affected_role is AffectedParty.LEARNER
    if place is None or deed is None or not (concerns_child and _staff_knows(facts)):
        return (), ()
    if facts.weighing is None:
        return (), (Saying.EMPLOYEE_WEIGHS,)
    if facts.weighing is not Weighing.REASONABLE:
        return (), ()
    case = Case(deed, AccusedParty.PROVIDER, Protection.CHILD)
    why = str(Reason(case, Consequence.EMPLOYEE_FILES, chosen.board))
    filing = Owed(Duty.REPORT_TO_POLICE, place.on, POLICE, why, place.article, place.verified)
    return (filing,), ()


def _knows(facts: Facts, who: Knower) -> bool:
    return facts.known_by is not UNKNOWN and who in facts.known_by


def _staff_knows(facts: Facts) -> bool:
    return facts.known_by is not UNKNOWN and any(knower.is_staff for knower in facts.known_by)
