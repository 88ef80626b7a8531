"""The duties of a dossier: which set was applied, the road, the ladder, and what joining does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.duties.fact_sheets import (
    AANGIFTE,
    ALL,
    BILL,
    EDUCATION,
    HOUDER_ACCUSED,
    LECTURER_AND_STUDENT_OF_17,
    MELD,
    OVERLEG,
)
from tests.duties.kept import KNOWN, MONDAY, NOW, duties
from tests.factories import make_dossier
from tests.teams import make_opened_team
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.refused import Refused
from vertrouwd.duties.clocks import clocks
from vertrouwd.duties.facts import UNKNOWN
from vertrouwd.duties.models import DutyAssessment, OwedDuty, TrackStep
from vertrouwd.duties.terms import RUNGS, Duty, Step, Weighing
from vertrouwd.schools.terms import Sector
from vertrouwd.sealing.opening import open_texts
from vertrouwd.sealing.terms import Purpose

pytestmark = pytest.mark.django_db


def test_a_dossier_keeps_the_duties_their_reason_and_the_set_that_was_applied(dossier, act):
    stored = act.assess(dossier)
    assert (stored.rule_set, stored.known_on) == (EDUCATION, MONDAY)
    assert stored.facts["sector"] == "po"
    assert stored.facts["known_by"] == ["bevoegd gezag", "personeel"]
    assert [
        (d.duty, d.owed_by, d.owed_to, d.since, d.source, d.verified)
        for d in clocks(dossier).duties
    ] == [
        (MELD, "personeel", "bevoegd gezag", MONDAY, "WPO 4a", True),
        (OVERLEG, "bevoegd gezag", "vertrouwensinspecteur", MONDAY, "WPO 4a", True),
    ]


def test_what_is_missing_is_kept_and_nothing_is_guessed(dossier, act):
    act.assess(dossier, replace(KNOWN, accused_role=UNKNOWN))
    assert clocks(dossier).missing == ("accused_role",)
    assert duties(dossier) == []
    act.assess(dossier)
    assert clocks(dossier).missing == ()
    assert duties(dossier) == [MELD, OVERLEG]
    assert DutyAssessment.objects.count() == 2


def test_a_bill_is_never_applied_to_a_dossier(dossier, act):
    with pytest.raises(Refused):
        act.assess(dossier, replace(KNOWN, rule_set=BILL))
    assert not DutyAssessment.objects.exists()


def test_a_day_that_was_given_stays_until_another_is_given(dossier, act):
    act.assess(dossier)
    assert act.assess(dossier, replace(KNOWN, known_on=None)).known_on == MONDAY
    corrected = MONDAY + timedelta(days=3)
    assert act.assess(dossier, replace(KNOWN, known_on=corrected)).known_on == corrected
    assert clocks(dossier).since == corrected


def test_without_a_day_it_is_today(dossier, act):
    assert act.assess(dossier, replace(KNOWN, known_on=None)).known_on == NOW.date()


def test_a_dossier_of_long_ago_keeps_the_law_of_then(act):
    secondary = make_dossier(sector="vo")
    facts = replace(LECTURER_AND_STUDENT_OF_17, sector=Sector.SECONDARY, known_on=date(2021, 3, 1))
    act.assess(secondary, facts)
    act.assess(secondary, replace(facts, known_on=None))
    assert {owed.source for owed in clocks(secondary).duties} == {"WVO 3"}


def test_the_weighing_of_the_track_makes_the_filing_owed(dossier, act):
    act.consult_and_weigh(dossier)
    act.assess(dossier)
    assert duties(dossier) == list(ALL)
    assert clocks(dossier).weighing is Weighing.REASONABLE


@pytest.mark.parametrize("weighing", [Weighing.DOUBT, Weighing.NOT_REASONABLE])
def test_another_weighing_does_not(dossier, act, weighing):
    act.consult_and_weigh(dossier, weighing)
    act.assess(dossier)
    assert duties(dossier) == [MELD, OVERLEG]


def test_a_board_that_disagrees_lifts_nothing(dossier, act):
    act.step(dossier, Step.CONSULTED)
    act.step(
        dossier,
        Step.WEIGHED,
        weighing=Weighing.REASONABLE,
        view_of_board=Weighing.NOT_REASONABLE,
    )
    act.assess(dossier)
    assert Duty.REPORT_TO_POLICE in duties(dossier)


def test_a_refusal_starts_the_ladder_to_the_minister(dossier, act):
    act.refuse(dossier, MONDAY)
    act.assess(dossier)
    assert [(step.step, step.due.isoformat()) for step in clocks(dossier).ladder] == [
        (1, "2026-11-05"),
        (2, "2026-11-10"),
        (3, "2026-11-13"),
        (4, "2026-11-16"),
    ]
    assert clocks(dossier).ladder[-1].by == "minister van OCW"


def test_a_board_that_files_after_all_ends_the_ladder(dossier, act):
    act.refuse(dossier, MONDAY)
    act.assess(dossier)
    act.step(dossier, Step.FILED, MONDAY + timedelta(days=7))
    assert clocks(dossier).ladder == ()
    assert Duty.REPORT_TO_POLICE in duties(dossier)  # a duty that was met stays listed


def test_the_whole_road(dossier, act, inspector):
    for days, step in enumerate(
        [
            Step.BOARD_INFORMED,
            Step.CONSULTED,
            Step.WEIGHED,
            Step.PARENTS_INFORMED,
            Step.ACCUSED_INFORMED,
            Step.FILED,
            Step.REPORTED_BACK,
            Step.CHECKED,
        ]
    ):
        weighing = Weighing.REASONABLE if step is Step.WEIGHED else None
        act.step(dossier, step, MONDAY + timedelta(days=days), weighing=weighing)
    road = clocks(dossier).track
    assert road.keys() == set(Step) - {Step.REFUSED, *RUNGS.values()}
    assert road[Step.CHECKED].on == MONDAY + timedelta(days=7)
    assert {each.by for each in road.values()} == {inspector}


@pytest.mark.parametrize(
    ("step", "on"),
    [
        (Step.WEIGHED, MONDAY),
        (Step.REFUSED, MONDAY),
        (Step.CHECKED, MONDAY),
        (Step.FILED, NOW.date() + timedelta(days=1)),
    ],
)
def test_a_step_that_cannot_stand_is_refused_and_nothing_is_stored(dossier, act, step, on):
    weighing = Weighing.REASONABLE if step is Step.WEIGHED else None
    with pytest.raises(Refused):
        act.step(dossier, step, on, weighing=weighing)
    assert not TrackStep.objects.exists()


def test_only_a_weighing_has_grounds_or_a_view_of_the_board(dossier, act):
    with pytest.raises(Refused):
        act.step(dossier, Step.FILED, grounds="omdat")
    with pytest.raises(Refused):
        act.step(dossier, Step.FILED, view_of_board=Weighing.DOUBT)


def test_when_the_houder_is_accused_the_employee_weighs_without_a_consultation(act):
    childcare = make_dossier(sector="kinderopvang")
    act.assess(childcare, replace(HOUDER_ACCUSED, weighing=None))
    act.step(childcare, Step.WEIGHED, weighing=Weighing.REASONABLE)
    act.assess(childcare, replace(HOUDER_ACCUSED, weighing=None))
    [filing] = clocks(childcare).duties
    assert (filing.duty, filing.owed_by) == (AANGIFTE, "medewerker")


def test_a_step_by_mistake_is_withdrawn_and_stays_to_be_seen(dossier, act, inspector):
    mistaken = act.step(dossier, Step.FILED)
    withdrawn = act.withdraw(mistaken)
    assert (withdrawn.withdrawn_at, withdrawn.withdrawn_by) == (NOW, inspector)
    assert clocks(dossier).track == {}
    act.step(dossier, Step.FILED, MONDAY + timedelta(days=1))
    assert TrackStep.objects.count() == 2
    with pytest.raises(Refused):
        act.withdraw(mistaken)


def test_a_step_that_another_needs_is_not_withdrawn(dossier, act):
    weighed = act.consult_and_weigh(dossier)
    consulted = TrackStep.objects.get(step=Step.CONSULTED)
    with pytest.raises(Refused):
        act.withdraw(consulted)
    act.withdraw(weighed)
    act.withdraw(consulted)
    assert clocks(dossier).track == {}


def test_the_grounds_of_a_weighing_are_sealed(dossier, act):
    opened = make_opened_team()
    grounds = "De moeder zag het zelf."
    act.step(dossier, Step.CONSULTED)
    weighed = act.step(dossier, Step.WEIGHED, weighing=Weighing.DOUBT, grounds=grounds)
    found = open_texts(dossier.record, Purpose.DOSSIER, opener=opened)
    assert found[weighed.field] == grounds
    assert grounds not in str(list(TrackStep.objects.values()))


def test_every_act_leaves_one_line_without_a_word_of_the_case(dossier, act, inspector):
    before = set(Line.objects.values_list("pk", flat=True))
    act.assess(dossier)
    step = act.step(dossier, Step.CONSULTED)
    act.withdraw(step)
    lines = Line.objects.exclude(pk__in=before).order_by("pk")
    assert [(line.action, line.object, line.actor) for line in lines] == [
        (action, dossier.reference, inspector.username)
        for action in ("assess_duties", "record_duty_step", "withdraw_duty_step")
    ]


def test_a_day_that_is_corrected_is_judged_by_the_law_of_the_right_day(act):
    secondary = make_dossier(sector="vo")
    facts = replace(LECTURER_AND_STUDENT_OF_17, sector=Sector.SECONDARY)
    act.assess(secondary, replace(facts, known_on=date(2022, 3, 1)))
    corrected = act.assess(secondary, replace(facts, known_on=date(2023, 3, 1)))
    assert "WVO 2020" in corrected.duties.first().source


def test_what_the_track_says_of_weighing_and_refusal_goes_before_what_was_told(dossier, act):
    told = replace(KNOWN, weighing=Weighing.REASONABLE, refused_on=MONDAY)
    act.consult_and_weigh(dossier, Weighing.NOT_REASONABLE)
    stored = act.assess(dossier, told)
    assert (stored.facts["weighing"], duties(dossier)) == ("niet redelijk", [MELD, OVERLEG])


def test_a_refusal_of_the_track_stands_among_the_facts(dossier, act):
    act.refuse(dossier, MONDAY)
    assert act.assess(dossier).facts["refused_on"] == MONDAY.isoformat()


@pytest.mark.parametrize(
    "wrong",
    [
        {"step": Step.WEIGHED},
        {"step": Step.FILED, "weighing": Weighing.DOUBT},
        {"step": Step.FILED, "withdrawn_at": NOW},
    ],
    ids=["weighed without an outcome", "filed with an outcome", "withdrawn by nobody"],
)
def test_the_database_keeps_what_belongs_together(dossier, inspector, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        TrackStep.objects.create(dossier=dossier, on=MONDAY, by=inspector, recorded_at=NOW, **wrong)


def test_the_database_keeps_a_step_and_a_duty_once(dossier, act, inspector):
    act.step(dossier, Step.FILED)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrackStep.objects.create(
            dossier=dossier, step=Step.FILED, on=MONDAY, by=inspector, recorded_at=NOW
        )
    owed = act.assess(dossier).duties.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        OwedDuty.objects.create(
            assessment=owed.assessment, duty=owed.duty, since=MONDAY, verified=True
        )


@pytest.mark.parametrize(
    ("model", "change"),
    [(DutyAssessment, {"rule_set": BILL}), (OwedDuty, {"since": MONDAY})],
    ids=["assessment", "duty"],
)
def test_what_was_assessed_is_never_changed_or_removed(dossier, act, model, change):
    act.assess(dossier)
    rows = model.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)
    assert rows.exists()
