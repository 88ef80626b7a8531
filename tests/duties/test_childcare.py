"""Childcare since 2013: mishandeling counts too, and the houder may be the accused."""

import pytest

from tests.duties.fact_sheets import (
    AANGIFTE,
    ALL,
    CHILDCARE,
    CHILDCARE_WORKER_HITS_TODDLER,
    HOUDER_ACCUSED,
    HOUSEMATE_OF_CHILDMINDER,
    MELD,
    NONE,
    OVERLEG,
    assessed,
    owed,
)
from vertrouwd.duties.facts import UNKNOWN
from vertrouwd.duties.terms import AccusedParty, AffectedParty, Knower, Offence, Weighing


def test_staff_tells_the_houder_who_consults_and_files():
    found = assessed(CHILDCARE_WORKER_HITS_TODDLER)
    assert found.rule_set == CHILDCARE
    assert [(each.duty, each.on, each.to, each.source) for each in found.duties] == [
        (MELD, "personeel", "houder", "Wko 1.51b-c"),
        (OVERLEG, "houder", "vertrouwensinspecteur", "Wko 1.51b"),
        (AANGIFTE, "houder", "politie", "Wko 1.51b"),
    ]
    assert all(each.verified for each in found.duties)


@pytest.mark.parametrize(
    ("offence", "duties"),
    [(Offence.SEXUAL, ALL), (Offence.ASSAULT, ALL), (Offence.OTHER, NONE), (None, NONE)],
)
def test_a_sexual_offence_counts_and_so_does_mishandeling(offence, duties):
    assert owed(CHILDCARE_WORKER_HITS_TODDLER, possible_offence=offence) == duties


@pytest.mark.parametrize("age", [0, 12, 18, 40, UNKNOWN])
def test_there_is_no_age_condition(age):
    assert owed(CHILDCARE_WORKER_HITS_TODDLER, affected_age=age) == ALL


def test_whoever_of_18_or_over_lives_with_the_childminder_counts_as_accused():
    found = assessed(HOUSEMATE_OF_CHILDMINDER).duties
    assert tuple(each.duty for each in found) == ALL
    assert all(each.verified for each in found)


@pytest.mark.parametrize(
    "accused",
    sorted(
        set(AccusedParty) - {AccusedParty.ENTRUSTED, AccusedParty.HOUSEMATE, AccusedParty.PROVIDER}
    ),
)
def test_nobody_else_counts_as_accused(accused):
    assert owed(CHILDCARE_WORKER_HITS_TODDLER, accused_role=accused) == NONE


@pytest.mark.parametrize(
    ("knowers", "duties"),
    [
        ({Knower.STAFF}, (MELD,)),
        ({Knower.PROVIDER}, (OVERLEG, AANGIFTE)),
        ({Knower.PROVIDER, Knower.STAFF}, ALL),
        ({Knower.EXTERNAL_ADVISER}, NONE),
        (set(), NONE),
    ],
    ids=lambda value: "+".join(sorted(value)) or "none",
)
def test_what_is_owed_follows_from_who_knows(knowers, duties):
    assert owed(CHILDCARE_WORKER_HITS_TODDLER, known_by=frozenset(knowers)) == duties


def test_when_the_houder_is_accused_the_employee_files():
    [duty] = assessed(HOUDER_ACCUSED).duties
    assert (duty.duty, duty.on, duty.to) == (AANGIFTE, "medewerker", "politie")
    assert (duty.source, duty.verified) == ("Wko 1.51c(2)", True)
    assert assessed(HOUDER_ACCUSED).notes == ()


@pytest.mark.parametrize("knowers", [set(), {Knower.PROVIDER}, {Knower.EXTERNAL_ADVISER}], ids=str)
def test_when_the_houder_is_accused_somebody_of_the_staff_must_know(knowers):
    assert owed(HOUDER_ACCUSED, known_by=frozenset(knowers)) == NONE


def test_that_the_accused_houder_knows_too_changes_nothing():
    known_by = frozenset({Knower.STAFF, Knower.PROVIDER})
    assert assessed(HOUDER_ACCUSED, known_by=known_by) == assessed(HOUDER_ACCUSED)


def test_when_the_houder_is_accused_and_nothing_is_weighed_there_is_no_duty_and_a_note():
    found = assessed(HOUDER_ACCUSED, weighing=None)
    assert found.duties == ()
    [note] = found.notes
    assert "not weighed yet" in note
    assert "«kan»" in note


@pytest.mark.parametrize("weighing", [Weighing.NOT_REASONABLE, Weighing.DOUBT])
def test_when_the_houder_is_accused_without_reasonable_suspicion_nothing_is_owed(weighing):
    found = assessed(HOUDER_ACCUSED, weighing=weighing)
    assert (found.duties, found.notes) == ((), ())


@pytest.mark.parametrize("affected", [AffectedParty.ENTRUSTED, AffectedParty.OTHER])
@pytest.mark.parametrize("facts", [CHILDCARE_WORKER_HITS_TODDLER, HOUDER_ACCUSED])
def test_only_a_child_is_affected_in_the_sense_of_the_law(facts, affected):
    assert owed(facts, affected_role=affected) == NONE


def test_an_accused_houder_and_an_affected_employee_are_not_staff_on_staff():
    found = assessed(HOUDER_ACCUSED, affected_role=AffectedParty.ENTRUSTED)
    assert not found.advice_only
