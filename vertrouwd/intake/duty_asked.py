"""What the law asks of who works there or governs it, decided by `duties`; knows no Django."""

from datetime import date

from vertrouwd.dossiers.terms import AccusedRole, AffectedRole, Category
from vertrouwd.duties.facts import UNKNOWN, Facts, Unknown
from vertrouwd.duties.outlook import Outlook
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Knower, Offence
from vertrouwd.intake.questions import MYSELF, Answers, asker
from vertrouwd.schools.terms import Sector

# Harassment may be a crime or not: unknown.
OFFENCES: dict[Category, Offence | Unknown] = {
    Category.SEXUAL_ABUSE: Offence.SEXUAL,
    Category.SEXUAL_HARASSMENT: UNKNOWN,
    Category.PHYSICAL_VIOLENCE: Offence.ASSAULT,
}
ACCUSED = {
    AccusedRole.ENTRUSTED: AccusedParty.ENTRUSTED,
    AccusedRole.LEARNER: AccusedParty.LEARNER,
    AccusedRole.PARENT: AccusedParty.PARENT,
    AccusedRole.OTHER: AccusedParty.OTHER,
}
AFFECTED = {
    AffectedRole.LEARNER: AffectedParty.LEARNER,
    AffectedRole.ENTRUSTED: AffectedParty.ENTRUSTED,
    AffectedRole.OTHER: AffectedParty.OTHER,
    MYSELF: AffectedParty.ENTRUSTED,
}


def duty_asked(answers: Answers, *, today: date) -> Outlook | None:
    """None for who has no duty, and where the rules ask nothing of anybody."""
    who = asker(answers)
    if who is None or who.knower is None:
        return None
    in_childcare = answers["sector"] == Sector.CHILDCARE
    board = Knower.PROVIDER if in_childcare else Knower.BOARD
    knower = board if who.knower is Knower.BOARD else who.knower
    found = Outlook(facts_of(answers, knower=knower), board, today)
    return found if found.now.duties or found.now.undecided else None


def facts_of(answers: Answers, *, knower: Knower) -> Facts:
    """The answers as the facts of a case; what was not told is unknown."""
    sector, age = Sector(answers["sector"]), answers["om_leeftijd"]
    category = Category(answers["onderwerp"])
    return Facts(
        sector=UNKNOWN if sector is Sector.WITHHELD else sector,
        category=category,
        possible_offence=OFFENCES.get(category, Offence.OTHER),
        accused_role=ACCUSED.get(AccusedRole(answers["wie"]), UNKNOWN),
        affected_role=AFFECTED.get(answers["om"], UNKNOWN),
        affected_age=int(age) if age else UNKNOWN,
        known_by=frozenset({knower}),
    )
