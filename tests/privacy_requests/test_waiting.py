"""The clock of a request in the work of the day: for who handles its dossier, once it is due."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from tests.dossiers.casework import handle
from tests.privacy_requests.privacy_desk import today
from vertrouwd.desk.work import work_of
from vertrouwd.dossiers.life import close
from vertrouwd.notices.waiting import due
from vertrouwd.privacy_requests.actions import withdraw_request


def counted(person, *, days=0) -> tuple[int, int]:
    found = due(person, now=timezone.now() + timedelta(days=days))
    return found.today, found.late


def test_a_request_is_due_on_its_last_day_and_late_after_it_also_in_a_closed_dossier(desk):
    dossier = desk.told()
    request = desk.asked(dossier)
    left = (request.due_on - today()).days
    assert counted(desk.inspector, days=left - 1) == (0, 0)
    assert counted(desk.inspector, days=left) == (1, 0)
    assert counted(desk.inspector, days=left + 1) == (0, 1)
    assert counted(desk.second, days=left) == (1, 0)  # who handles it as well
    assert counted(desk.colleague(), days=left) == (0, 0)
    close(dossier, outcome="advies gegeven", by=desk.inspector)
    assert counted(desk.inspector, days=left) == (1, 0)


def test_of_two_dossiers_the_request_counts_once(desk):
    from vertrouwd.privacy_requests.actions import add_dossier

    request = desk.asked()
    add_dossier(request, desk.told(), by=desk.inspector)
    left = (request.due_on - today()).days
    assert counted(desk.inspector, days=left) == (1, 0)


def test_what_is_answered_or_withdrawn_waits_no_more(desk):
    answered = desk.answered(desk.asked())
    withdraw_request(desk.asked(), on=today(), by=desk.inspector)
    left = (answered.due_on - today()).days
    assert counted(desk.inspector, days=left) == (0, 0)
    assert work_of(desk.inspector, opened=None).requests.waiting == 0


def test_the_first_page_counts_what_waits_and_says_what_is_late(desk):
    request = desk.asked()
    colleague = desk.colleague()
    found = work_of(desk.inspector, opened=None).requests
    assert (found.waiting, found.late) == (1, 0)
    assert work_of(colleague, opened=None).requests.waiting == 0
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        found = work_of(desk.inspector, opened=None).requests
        assert (found.waiting, found.late) == (1, 1)
    handle(request.about.get().dossier, colleague)
    assert work_of(colleague, opened=None).requests.waiting == 1


def test_a_request_without_a_dossier_is_due_for_who_wrote_it_down(desk):
    from vertrouwd.privacy_requests.actions import register_request

    request = register_request(
        kind="inzage", asker="ouder", received_on=today(), by=desk.coordinator, opened=desk.opened
    )
    left = (request.due_on - today()).days
    assert counted(desk.coordinator, days=left) == (1, 0)
    assert counted(desk.inspector, days=left) == (0, 0)


def test_the_list_of_what_is_due_shows_a_request_two_weeks_before_its_last_day(desk):
    from vertrouwd.desk.worklist.choices import Choice, List
    from vertrouwd.desk.worklist.pages import work_list

    request = desk.asked()
    left = (request.due_on - today()).days

    def shown(person, *, days: int) -> list[str]:
        now = timezone.now() + timedelta(days=days)
        page = work_list(Choice(list=List.DUE), person, asked={}, now=now)
        return [row.request.reference for row in page.requests]

    assert shown(desk.inspector, days=left - 15) == []
    assert shown(desk.inspector, days=left - 14) == [request.reference]
    assert shown(desk.inspector, days=left + 5) == [request.reference]
    assert shown(desk.colleague(), days=left) == []
