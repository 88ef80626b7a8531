"""Broken glass lets somebody read and act for three hours; it moves no report, and so keeps nobody
in a dossier for good."""

import pytest
from django.utils import timezone

from tests.at_once import at_once
from tests.dossiers.casework import Office, behind_glass, handle, handlers, join
from tests.factories import make_institution, make_report
from vertrouwd.accounts.models import User
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.access import access_dossier, visible_dossiers
from vertrouwd.dossiers.assigning import GLASS_STAYS_OPEN, end_assignment
from vertrouwd.dossiers.casework_terms import JoinReason, SeparateReason
from vertrouwd.dossiers.joining import (
    join_dossiers,
    kept_apart_from,
    not_the_same,
    separate_report,
    take_event_back,
)
from vertrouwd.dossiers.may_move import MayNotMove
from vertrouwd.dossiers.models import Dossier, LedgerEvent
from vertrouwd.dossiers.rota import set_duty

SAME, WRONG = JoinReason.SAME_ACT, SeparateReason.JOINED_WRONGLY


@pytest.fixture
def office(db, home) -> Office:
    return Office()


@pytest.fixture
def own(office) -> Dossier:
    return office.dossier()


@pytest.fixture
def theirs(office) -> Dossier:
    """A dossier of a colleague, of which the inspector broke the glass."""
    dossier = office.dossier(office.colleague())
    behind_glass(dossier, office.inspector)
    assert access_dossier(dossier.reference, by=office.inspector).through == "glass"
    return dossier


def sees_for_good(person: User, dossier: Dossier) -> bool:
    """Also after the glass has closed."""
    later = timezone.now() + GLASS_STAYS_OPEN
    return visible_dossiers(person, now=later).filter(pk=dossier.pk).exists()


# Joining


@pytest.mark.parametrize("into_own", [True, False])
def test_who_broke_the_glass_joins_nothing_with_what_is_behind_it_in_either_order(
    office, own, theirs, into_own: bool
) -> None:
    source, into = (theirs, own) if into_own else (own, theirs)
    with pytest.raises(MayNotMove, match="wie vandaag dienst heeft"):
        join_dossiers(source, into=into, reason=SAME, by=office.inspector)
    assert own.reports.count() == theirs.reports.count() == 1
    assert office.inspector not in handlers(theirs)
    assert not sees_for_good(office.inspector, theirs)
    assert not Line.objects.filter(action="join").exists()


def test_who_got_the_dossier_as_well_or_has_duty_joins_it_with_the_glass_still_open(
    office, own, theirs
) -> None:
    handle(theirs, office.inspector)
    event = join_dossiers(own, into=theirs, reason=SAME, by=office.inspector)
    take_event_back(event, by=office.inspector)
    other = office.dossier(office.colleague())
    behind_glass(other, office.inspector)
    set_duty(timezone.localdate(), people=[office.inspector], by=office.coordinator)
    join_dossiers(own, into=other, reason=SAME, by=office.inspector)
    assert other.reports.count() == 2


def test_two_dossiers_that_are_both_behind_glass_are_not_joined(office, theirs) -> None:
    other = office.dossier(office.colleague())
    behind_glass(other, office.inspector)
    with pytest.raises(MayNotMove):
        join_dossiers(theirs, into=other, reason=SAME, by=office.inspector)


@pytest.mark.parametrize("ended", ["glass", "assignment"])
def test_a_way_that_ended_while_one_looked_at_the_preview_is_no_way_any_more(
    office, own, theirs, ended: str
) -> None:
    """The page came through the door with it; the act asks anew."""
    if ended == "glass":
        theirs.glass_breaks.update(ends_at=timezone.now())
    else:
        handle(theirs, office.inspector)
        end_assignment(theirs.reference, of=office.inspector, by=office.coordinator)
    with pytest.raises(MayNotMove):
        join_dossiers(own, into=theirs, reason=SAME, by=office.inspector)


# Separating


def test_who_broke_the_glass_takes_no_report_out(office, theirs) -> None:
    join(make_report().dossier, theirs, office)
    report = theirs.reports.order_by("pk").last()
    with pytest.raises(MayNotMove):
        separate_report(report, reason=WRONG, by=office.inspector)
    assert theirs.reports.count() == 2
    separate_report(report, reason=WRONG, by=office.duty_officer)


# Taking back


def test_who_broke_the_glass_takes_back_no_join_and_no_separation(office, theirs) -> None:
    joined = join(make_report().dossier, theirs, office)
    with pytest.raises(MayNotMove):
        take_event_back(joined, by=office.inspector)
    report = theirs.reports.order_by("pk").last()
    apart = separate_report(report, reason=WRONG, by=office.duty_officer)
    behind_glass(apart.dossier, office.inspector)
    with pytest.raises(MayNotMove):
        take_event_back(apart, by=office.inspector)


@pytest.mark.parametrize("glass", [True, False])
def test_an_undone_join_is_not_done_again_by_who_handles_one_of_the_two(
    office, own, glass: bool
) -> None:
    """It would give them the other for good, with or without glass."""
    theirs = office.dossier(office.colleague())
    undone = take_event_back(join(own, theirs, office), by=office.duty_officer)
    if glass:
        behind_glass(theirs, office.inspector)
    with pytest.raises(MayNotMove):
        take_event_back(undone, by=office.inspector)
    assert not sees_for_good(office.inspector, theirs)
    take_event_back(undone, by=office.duty_officer)
    assert theirs.reports.count() == 2


def test_a_report_that_went_to_a_colleague_is_not_fetched_back(office, own) -> None:
    join(make_report().dossier, own, office)
    report = own.reports.order_by("pk").last()
    apart = separate_report(report, reason=WRONG, by=office.inspector)
    end_assignment(apart.dossier.reference, of=office.inspector, by=office.coordinator)
    with pytest.raises(MayNotMove):
        take_event_back(apart, by=office.inspector)


def test_who_handles_the_whole_takes_the_join_back_also_when_the_old_number_is_not_theirs(
    office, own
) -> None:
    part = office.dossier(office.colleague())
    event = join(part, own, office)
    ended = {"until": timezone.now(), "ended_by": office.coordinator}
    part.assignments.filter(user=office.inspector).update(**ended)
    take_event_back(event, by=office.inspector)
    assert own.reports.count() == 1


def test_what_the_ledger_moves_further_on_counts_too(office, own) -> None:
    """Undone, the report would come from a third dossier, which only glass opens."""
    part, third = office.dossier(), office.dossier(office.colleague())
    undone = take_event_back(join(part, own, office), by=office.inspector)
    join(part, third, office)
    end_assignment(third.reference, of=office.inspector, by=office.coordinator)
    behind_glass(third, office.inspector)
    with pytest.raises(MayNotMove):
        take_event_back(undone, by=office.inspector)


# What moves nothing


def test_that_two_are_not_the_same_case_may_be_said_through_glass_and_taken_back(
    office, own, theirs
) -> None:
    for first, second in ((own, theirs), (theirs, own)):
        event = not_the_same(first, second, by=office.inspector)
        assert kept_apart_from(theirs)
        take_event_back(event, by=office.inspector)
    assert not kept_apart_from(theirs)
    assert not sees_for_good(office.inspector, theirs)


# What the refusal says


def test_the_refusal_names_no_dossier_and_nobody(office, own) -> None:
    """It is the same for what is behind glass and for what does not exist for somebody."""
    theirs = office.dossier(office.colleague(name="Karin"), institution=make_institution())
    behind_glass(theirs, office.inspector)
    with pytest.raises(MayNotMove) as refused:
        join_dossiers(own, into=theirs, reason=SAME, by=office.inspector)
    assert "Karin" not in str(refused.value)
    assert theirs.reference not in str(refused.value)


# At the same moment


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_loses_a_dossier_at_the_moment_of_joining_it_does_not_keep_it(home) -> None:
    """The join and the end of the assignment wait for each other, whichever comes first."""
    office = Office()
    for _ in range(6):
        own, theirs = office.dossier(), office.dossier()
        joined, ended = at_once(
            lambda own=own, theirs=theirs: join_dossiers(
                own, into=theirs, reason=SAME, by=office.inspector
            ),
            lambda theirs=theirs: end_assignment(
                theirs.reference, of=office.inspector, by=office.coordinator
            ),
        )
        assert not isinstance(ended, Exception)
        assert isinstance(joined, (LedgerEvent, MayNotMove)), joined
        assert office.inspector not in handlers(theirs)
