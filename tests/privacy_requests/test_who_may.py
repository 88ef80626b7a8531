"""Who may open a request: whoever may open all its dossiers, and nobody else."""

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from tests.dossiers.casework import handle, supervise
from tests.factories import make_institution
from tests.people import make_user
from tests.privacy_requests.privacy_desk import today
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.models import DutyDay
from vertrouwd.dossiers.refused import Refused
from vertrouwd.privacy_requests.access import access_request, all_requests, visible_requests
from vertrouwd.privacy_requests.actions import add_dossier, register_request, take_out_dossier
from vertrouwd.privacy_requests.models import Eyes, SecondLook, Weighing
from vertrouwd.privacy_requests.restricting import restrict_for_now


def sees(person, request) -> bool:
    return visible_requests(person).filter(pk=request.pk).exists()


def without_dossier(desk, by):
    return register_request(
        kind="inzage", asker="ouder", received_on=today(), by=by, opened=desk.opened,
    )  # fmt: skip


def test_who_handles_the_dossier_opens_the_request_and_a_colleague_does_not(desk):
    request = desk.asked()
    colleague = desk.colleague()
    assert sees(desk.inspector, request) and sees(desk.second, request)
    assert not sees(colleague, request) and not sees(desk.coordinator, request)
    assert access_request(request.reference, by=desk.inspector) == request
    for reference in (request.reference, "AV-9999999", "AV-1", "Jan"):
        with pytest.raises(Http404):
            access_request(reference, by=colleague)
    refused = Line.objects.filter(result="refused", kind="request").values_list("object", flat=True)
    assert sorted(refused) == ["", "", request.reference, "AV-9999999"]  # never what was typed


def test_of_two_dossiers_one_must_be_able_to_open_both(desk):
    one, other = desk.told(), desk.told()
    request = desk.asked(one)
    third = desk.colleague()
    handle(one, third)
    assert sees(third, request)
    add_dossier(request, other, by=desk.inspector)
    assert not sees(third, request)
    take_out_dossier(request, other, by=desk.inspector)
    assert sees(third, request)


def test_nobody_adds_a_dossier_they_may_not_open(desk):
    other = desk.dossier(desk.colleague())
    with pytest.raises(Refused):
        add_dossier(desk.asked(), other, by=desk.inspector)


def test_a_request_about_an_institution_one_supervises_does_not_exist(desk):
    school = make_institution()
    request = desk.asked(desk.told(institution=school))
    supervise(desk.second, school)
    assert not sees(desk.second, request) and sees(desk.inspector, request)


def test_it_stays_hidden_when_the_dossier_at_that_institution_is_taken_out_again(desk):
    school = make_institution()
    dossier = desk.told(institution=school)
    handle(dossier, desk.coordinator)
    request = desk.asked(dossier)
    supervise(desk.coordinator, school)
    take_out_dossier(request, dossier, by=desk.inspector)
    assert not sees(desk.coordinator, request) and sees(desk.inspector, request)
    elsewhere = desk.asked(desk.told())
    take_out_dossier(elsewhere, elsewhere.about.get().dossier, by=desk.inspector)
    assert sees(desk.coordinator, elsewhere)


def test_it_stays_hidden_also_when_another_dossier_came_instead(desk):
    school = make_institution()
    dossier, other = desk.told(institution=school), desk.told()
    request = desk.asked(dossier, kind="beperking")
    restrict_for_now(request, dossier, ground="juistheid-betwist", by=desk.inspector)
    supervise(desk.second, school)
    add_dossier(request, other, by=desk.inspector)
    take_out_dossier(request, dossier, by=desk.inspector)
    assert not sees(desk.second, request) and sees(desk.inspector, request)
    assert sees(desk.second, desk.asked(other, words="Iets anders."))


def test_without_a_dossier_it_is_for_who_divides_the_work_and_the_duty_officer(desk):
    with pytest.raises(Refused):
        without_dossier(desk, desk.inspector)
    request = without_dossier(desk, desk.coordinator)
    assert sees(desk.coordinator, request) and not sees(desk.inspector, request)
    DutyDay.objects.create(
        date=today(), user=desk.second, set_at=timezone.now(), set_by=system_actor()
    )
    assert sees(desk.second, request)
    mine = without_dossier(desk, desk.second)
    DutyDay.objects.all().delete()
    assert sees(desk.second, mine) and not sees(desk.second, request)


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.INSPECTOR, Role.COORDINATOR)])
def test_who_reads_no_cases_opens_no_request_also_when_assigned(desk, role):
    dossier = desk.told()
    request = desk.asked(dossier)
    person = make_user(roles=[role])
    handle(dossier, person)
    assert not sees(person, request)
    assert all_requests(person).exists() == (role is Role.PRIVACY_OFFICER)


@pytest.mark.parametrize("model", [Weighing, SecondLook, Eyes])
def test_the_database_lets_nobody_change_or_remove_what_was_weighed_and_looked_after(desk, model):
    request = desk.asked()
    desk.weigh_all(request)
    desk.agree(request)
    rows = model.objects.filter(request=request)
    assert rows.exists()
    for act in (lambda: rows.update(request=request), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
