"""Cases as the law sees them, every fact known; a test changes or removes one thing."""

from dataclasses import fields, replace
from datetime import date

from vertrouwd.dossiers.terms import Category
from vertrouwd.duties.assessment import Assessment, assess
from vertrouwd.duties.facts import UNKNOWN, Facts
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Duty, Knower, Offence, Weighing
from vertrouwd.schools.terms import Sector

TODAY = date(2026, 11, 28)
EDUCATION, CHILDCARE, BILL = "NL-1999-education", "NL-2013-childcare", "NL-bill-36777"
MELD, OVERLEG, AANGIFTE = Duty.INFORM_BOARD, Duty.CONSULT_INSPECTOR, Duty.REPORT_TO_POLICE
ALL, NONE = (MELD, OVERLEG, AANGIFTE), ()
UNCERTAIN = [f.name for f in fields(Facts) if f.default is UNKNOWN]

TEACHER_AND_PUPIL_OF_9 = Facts(
    sector=Sector.PRIMARY,
    category=Category.SEXUAL_ABUSE,
    possible_offence=Offence.SEXUAL,
    accused_role=AccusedParty.ENTRUSTED,
    affected_role=AffectedParty.LEARNER,
    affected_age=9,
    affected_incapacitated=False,
    dependency_relation=False,
    known_by=frozenset({Knower.STAFF, Knower.BOARD}),
    weighing=Weighing.REASONABLE,
    known_on=date(2026, 11, 2),
)
LECTURER_AND_STUDENT_OF_17 = replace(TEACHER_AND_PUPIL_OF_9, sector=Sector.HIGHER, affected_age=17)
LECTURER_AND_DEPENDENT_STUDENT_OF_20 = replace(
    LECTURER_AND_STUDENT_OF_17, affected_age=20, dependency_relation=True
)
REMARKS_WITHOUT_CRIME = replace(
    TEACHER_AND_PUPIL_OF_9,
    sector=Sector.SECONDARY,
    category=Category.SEXUAL_HARASSMENT,
    possible_offence=None,
    affected_age=15,
)
CHILDCARE_WORKER_HITS_TODDLER = replace(
    TEACHER_AND_PUPIL_OF_9,
    sector=Sector.CHILDCARE,
    category=Category.PHYSICAL_VIOLENCE,
    possible_offence=Offence.ASSAULT,
    affected_age=2,
    known_by=frozenset({Knower.STAFF, Knower.PROVIDER}),
)
TEACHER_HITS_PUPIL = replace(
    TEACHER_AND_PUPIL_OF_9,
    category=Category.PHYSICAL_VIOLENCE,
    possible_offence=Offence.ASSAULT,
)
HOUDER_ACCUSED = replace(
    TEACHER_AND_PUPIL_OF_9,
    sector=Sector.CHILDCARE,
    accused_role=AccusedParty.PROVIDER,
    affected_age=3,
    known_by=frozenset({Knower.STAFF}),
)
HOUSEMATE_OF_CHILDMINDER = replace(
    HOUDER_ACCUSED,
    accused_role=AccusedParty.HOUSEMATE,
    known_by=frozenset({Knower.STAFF, Knower.PROVIDER}),
)
BETWEEN_STAFF = replace(
    TEACHER_AND_PUPIL_OF_9,
    sector=Sector.SECONDARY,
    affected_role=AffectedParty.ENTRUSTED,
    affected_age=41,
)
STRANGER_IN_THE_STREET = replace(TEACHER_AND_PUPIL_OF_9, accused_role=AccusedParty.OTHER)
INSTITUTION_WITHHELD = replace(TEACHER_AND_PUPIL_OF_9, sector=UNKNOWN)
INCAPACITATED_STUDENT_OF_19 = replace(
    TEACHER_AND_PUPIL_OF_9,
    sector=Sector.VOCATIONAL,
    affected_age=19,
    affected_incapacitated=True,
)


def assessed(facts: Facts, **changed: object) -> Assessment:
    return assess(replace(facts, **changed), TODAY)  # type: ignore[arg-type]


def owed(facts: Facts, **changed: object) -> tuple[Duty, ...]:
    """The duties of a case in which some facts are changed."""
    return tuple(each.duty for each in assessed(facts, **changed).duties)
