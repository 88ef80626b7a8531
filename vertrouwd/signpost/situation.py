"""What the answers tell, and what follows from them. No Django.

Two things that nobody is asked: a pupil of a primary school or a child in childcare is under 18,
and who is a learner or a parent asks about a learner.
"""

from collections.abc import Mapping

from vertrouwd.schools.terms import Sector
from vertrouwd.signpost.conditions import Told
from vertrouwd.signpost.terms import (
    ISLANDS,
    NO,
    RECENT,
    UNDER_18,
    YES,
    Role,
    Subject,
    Topic,
)

LEARNER = "leerling"
WORKS_THERE = "werkt er"
STAFF_MEMBER = "personeel"
YOUNG = frozenset({Sector.PRIMARY.value, Sector.CHILDCARE.value})
ABOUT_LEARNERS = frozenset({Role.LEARNER.value, Role.PARENT.value})
MAY_BE_A_CRIME = frozenset({Topic.SEX.value, Topic.PICTURES.value})


def told_by(answers: Mapping[str, str]) -> Told:
    """Each subject with its value; derived ones too, except the duties (duty_box.py)."""
    said = dict(answers)
    if said.get(Subject.DANGER) == NO or said.get(Subject.AFTER_DANGER) == "verder":
        said[Subject.GOES_ON] = YES
    if said.get(Subject.SECTOR) == ISLANDS:
        said[Subject.ISLANDS] = YES
        said.pop(Subject.SECTOR)
        if Subject.KIND in said:
            said[Subject.SECTOR] = said[Subject.KIND]
    elif Subject.SECTOR in said:
        said[Subject.ISLANDS] = NO
    if said.get(Subject.ROLE) in ABOUT_LEARNERS:
        said[Subject.AFFECTED] = LEARNER
    if said.get(Subject.SECTOR) in YOUNG and said.get(Subject.AFFECTED) == LEARNER:
        said[Subject.AGE] = UNDER_18
    if said.get(Subject.TOPIC) in MAY_BE_A_CRIME and said.get(Subject.WHEN) in RECENT:
        said[Subject.RECENT] = YES
    if (said.get(Subject.ACCUSED), said.get(Subject.AFFECTED)) == (WORKS_THERE, STAFF_MEMBER):
        said[Subject.BETWEEN_STAFF] = YES
    return {subject: frozenset({value}) for subject, value in said.items()}
