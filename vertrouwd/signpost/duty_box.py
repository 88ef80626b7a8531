"""What the law asks of who works at an institution or governs it, decided by `duties`. No Django.

Nothing is decided here: the answers become the facts of `vertrouwd.duties`, and the box shows what
its rules say of them.
"""

from datetime import date

from vertrouwd.duties.assessment import assess
from vertrouwd.duties.facts import UNKNOWN, Facts, Unknown
from vertrouwd.duties.outlook import Outlook
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Duty, Knower, Offence
from vertrouwd.schools.terms import Sector
from vertrouwd.signpost.conditions import NOTHING, Told
from vertrouwd.signpost.terms import FROM_18, UNDER_18, YES, Role, Subject, Topic

# Topics in which the rules have something to say. Remarks may be a crime or not: unknown.
OFFENCES: dict[str, Offence | Unknown] = {
    Topic.SEX: Offence.SEXUAL,
    Topic.PICTURES: Offence.SEXUAL,
    Topic.REMARKS: UNKNOWN,
    Topic.VIOLENCE: Offence.ASSAULT,
    Topic.BULLYING: Offence.OTHER,
    Topic.DISCRIMINATION: Offence.OTHER,
    Topic.RADICALISATION: Offence.OTHER,
}
ACCUSED: dict[str, AccusedParty] = {
    "werkt er": AccusedParty.ENTRUSTED,
    "houder": AccusedParty.PROVIDER,
    "huisgenoot gastouder": AccusedParty.HOUSEMATE,
    "leerling": AccusedParty.LEARNER,
    "ouder": AccusedParty.PARENT,
    "stagebedrijf": AccusedParty.INTERNSHIP_FIRM,
    "ander": AccusedParty.OTHER,
}
AFFECTED: dict[str, AffectedParty] = {
    "leerling": AffectedParty.LEARNER,
    "personeel": AffectedParty.ENTRUSTED,
    "ander": AffectedParty.OTHER,
}
# Years that stand for their side of the border; a test holds the border to that of the rule sets.
AGES = {UNDER_18: 17, FROM_18: 18}
KNOWERS = {
    Role.STAFF: Knower.STAFF,
    Role.INTERNAL_ADVISER: Knower.INTERNAL_ADVISER,
    Role.EXTERNAL_ADVISER: Knower.EXTERNAL_ADVISER,
}


def duty_box(told: Told, *, today: date) -> Outlook | None:
    """The box for who works there or governs it; None for others, and where no rule set is known.

    The islands have education acts of their own, which are in no rule set.
    """
    role = _one(told, Subject.ROLE)
    if role not in (*KNOWERS, Role.BOARD) or not _rules_may_speak(told):
        return None
    facts = facts_of(told, knower=_knower(told))
    return Outlook(facts, _board(told), today)


def school_must(told: Told, *, today: date) -> frozenset[Duty]:
    """What somebody who works there has to do on hearing this, or may have to: for who tells it."""
    if not _rules_may_speak(told):
        return frozenset()
    found = assess(facts_of(told, knower=Knower.STAFF), today)
    return frozenset({*(owed.duty for owed in found.duties), *found.undecided})


def with_duties(told: Told, box: Outlook | None, *, today: date) -> Told:
    """What was told, with the duties that follow: owed by who asks (`box`), and by who would hear
    it."""
    more: dict[str, frozenset[str]] = {}
    if box:
        owed = {duty.duty.value for duty in box.now.duties}
        more[Subject.DUTY] = frozenset({*owed, *(f"misschien {d}" for d in box.now.undecided)})
    more[Subject.SCHOOL_MUST] = frozenset(duty.value for duty in school_must(told, today=today))
    return {**told, **more}


def facts_of(told: Told, *, knower: Knower) -> Facts:
    """The answers as the facts of a case; what was not asked or not known is unknown."""
    age = _one(told, Subject.AGE)
    sector = _one(told, Subject.SECTOR)
    return Facts(
        sector=Sector(sector) if sector and sector != Sector.WITHHELD else UNKNOWN,
        possible_offence=OFFENCES[_one(told, Subject.TOPIC)],
        accused_role=ACCUSED.get(_one(told, Subject.ACCUSED), UNKNOWN),
        affected_role=AFFECTED.get(_one(told, Subject.AFFECTED), UNKNOWN),
        affected_age=AGES.get(age, UNKNOWN),
        known_by=frozenset({knower}),
    )


def _rules_may_speak(told: Told) -> bool:
    on_islands = YES in told.get(Subject.ISLANDS, NOTHING)
    return not on_islands and _one(told, Subject.TOPIC) in OFFENCES


def _knower(told: Told) -> Knower:
    return KNOWERS.get(Role(_one(told, Subject.ROLE)), _board(told))


def _board(told: Told) -> Knower:
    in_childcare = _one(told, Subject.SECTOR) == Sector.CHILDCARE
    return Knower.PROVIDER if in_childcare else Knower.BOARD


def _one(told: Told, subject: Subject) -> str:
    """The value of a subject that has one; empty when nothing was told."""
    return next(iter(told.get(subject, NOTHING)), "")
