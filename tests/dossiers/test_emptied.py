"""A dossier whose reports all went elsewhere: its number leads there and opens nothing itself."""

import pytest
from django.http import Http404
from django.utils import timezone

from tests.dossiers.casework import Office, handle, handlers, join, supervise
from tests.factories import make_institution, report
from vertrouwd.accounts.models import User
from vertrouwd.dossiers import actions
from vertrouwd.dossiers.access import access_dossier, dossier_behind_glass, visible_dossiers
from vertrouwd.dossiers.assigning import assign, end_assignment
from vertrouwd.dossiers.casework_terms import JoinReason, SeparateReason
from vertrouwd.dossiers.joining import (
    separate_report,
    take_event_back,
)
from vertrouwd.dossiers.models import Dossier
from vertrouwd.dossiers.opinions import ask_opinion, belongs_to, waiting_for
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.dossiers.whereabouts import (
    merged_into,
    merged_into_each,
    went_elsewhere,
    where_it_went,
)

SAME = JoinReason.SAME_ACT
WRONG = SeparateReason.JOINED_WRONGLY


@pytest.fixture
def office(db, home) -> Office:
    return Office()


def went(dossier, office) -> list[Dossier]:
    return list(where_it_went(dossier.reference, by=office.inspector))


def test_an_old_number_leads_to_where_its_reports_are(office) -> None:
    one, two, three = (office.dossier() for _ in range(3))
    told = one.reports.get()
    join(one, two, office)
    assert went(one, office) == [two]
    join(two, three, office)
    assert went(one, office) == went(two, office) == [three]
    assert list(merged_into(three)) == [one, two]
    assert merged_into_each([two.pk, three.pk]) == {two.pk: [], three.pk: [one, two]}
    assert went_elsewhere([one.pk, two.pk]) == {one.pk: {three.pk}, two.pk: {three.pk}}
    assert went_elsewhere([one.pk, three.pk]) == {}
    told.refresh_from_db()
    apart = separate_report(told, reason=WRONG, by=office.inspector)
    assert went(one, office) == [apart.dossier]
    assert list(merged_into(three)) == [two]
    take_event_back(apart, by=office.inspector)
    assert went(apart.dossier, office) == [three]


def test_a_dossier_whose_reports_went_two_ways_is_part_of_neither(office) -> None:
    one, two, three = (office.dossier() for _ in range(3))
    join(one, two, office)
    first, second = two.reports.order_by("pk")
    # All that was put in `two` leaves it: one report by a separation, the rest by a join.
    actions.receive_reports([report()], by=office.inspector, into=[two])
    separate_report(two.reports.last(), reason=WRONG, by=office.inspector)
    join(two, three, office)
    assert {first.pk, second.pk} <= set(three.reports.values_list("pk", flat=True))
    assert two not in merged_into(three)
    assert len(went(two, office)) == 2


def test_who_handles_the_whole_handles_its_parts_until_that_ends_or_is_taken_back(office) -> None:
    """So also whoever came later: the tasks of a part stand in their lists."""
    part, whole = office.dossier(), office.dossier(office.colleague())
    [of_whole], later = handlers(whole), office.colleague()
    event = join(part, whole, office)
    assign(whole.reference, to=later, by=office.coordinator)
    assert handlers(part) == {office.inspector, of_whole, later}
    end_assignment(whole.reference, of=office.inspector, by=office.coordinator)
    assert handlers(part) == handlers(whole) == {of_whole, later}
    undo = take_event_back(event, by=of_whole)
    assert of_whole not in handlers(part)
    take_event_back(undo, by=office.duty_officer)
    assert handlers(part) >= handlers(whole) == {of_whole, later}


# The number of an emptied dossier


def opens(dossier: Dossier, person: User) -> bool:
    try:
        return access_dossier(dossier.reference, by=person) == dossier
    except Http404:
        return False


def test_an_emptied_dossier_opens_with_where_its_reports_are_and_not_by_itself(office) -> None:
    old, new, other = office.dossier(), office.dossier(), office.colleague()
    handle(old, other)
    join(old, new, office)
    assert opens(old, office.inspector)
    assert opens(old, other)
    end_assignment(new.reference, of=other, by=office.coordinator)
    assert not opens(old, other)


def test_no_glass_is_broken_of_an_emptied_dossier_for_behind_it_is_nothing(office) -> None:
    old, new = office.dossier(), office.dossier()
    assert dossier_behind_glass(old.reference, by=office.colleague()) == old
    join(old, new, office)
    with pytest.raises(Http404):
        dossier_behind_glass(old.reference, by=office.colleague())


def test_who_supervises_the_other_school_finds_an_emptied_dossier_by_no_way(office) -> None:
    school, other = make_institution(), office.colleague()
    supervise(other, school)
    set_duty(timezone.localdate(), people=[other], by=office.coordinator)
    old, new = office.dossier(), office.dossier(institution=school)
    assert opens(old, other)
    event = join(old, new, office)
    assert not opens(old, other)
    assert old not in visible_dossiers(other)
    take_event_back(event, by=office.inspector)
    assert opens(old, other)


def test_a_question_about_a_call_that_was_joined_elsewhere_is_not_for_who_supervises_there(
    office,
) -> None:
    school, other = make_institution(), office.colleague()
    supervise(other, school)
    old, new = office.dossier(), office.dossier(institution=school)
    asked = ask_opinion(
        "Wat vind jij?", form="f", asked_in="1", by=office.inspector, of=other, opened=office.opened
    )
    belongs_to(old, form="f", by=office.inspector, opened=office.opened)
    assert list(waiting_for(other)) == [asked]
    join(old, new, office)
    assert not waiting_for(other).exists()


def test_an_emptied_dossier_whose_reports_went_two_ways_opens_for_who_may_open_both(office) -> None:
    one, two, other = office.dossier(), office.dossier(), office.colleague()
    join(one, two, office)
    apart = separate_report(two.reports.order_by("pk").first(), reason=WRONG, by=office.inspector)
    join(two, office.dossier(), office)
    handle(apart.dossier, other)
    assert opens(two, office.inspector)
    assert opens(one, other)
    assert not opens(two, other)


# Any sequence of acts
