"""Who leaves takes no dossier along: whoever closes the account, or revokes the key, is told."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.desk.intake.a_call import draft_of
from tests.dossiers.casework import handle
from tests.factories import make_report
from tests.people import make_user
from vertrouwd.accounts.terms import Role
from vertrouwd.accounts.unlock.granting import revoke
from vertrouwd.desk.workload.counts import Left, workload
from vertrouwd.dossiers.models import DutyDay, Task
from vertrouwd.dossiers.remaining import Remaining, remaining_with


@pytest.fixture
def leaver(team):
    """A colleague with a dossier, a task, a draft and a day of duty."""
    person = make_user("weg", roles=[Role.INSPECTOR], name="Wil Weggaat")
    team.add(person)
    dossier = make_report().dossier
    handle(dossier, person)
    now, today = timezone.now(), timezone.localdate()
    Task.objects.create(
        dossier=dossier, kind="terugbellen", due_on=today - timedelta(days=1), made_at=now,
        made_by=person, owner=person,
    )  # fmt: skip
    DutyDay.objects.create(date=today, user=person, set_at=now, set_by=person)
    draft_of(person)
    return person


WHAT = "1 dossier, 1 taak, 1 klad, 1 dag dienst"


def test_what_is_done_ended_or_past_does_not_remain(leaver):
    assert remaining_with(leaver) == Remaining(dossiers=1, tasks=1, drafts=1, duty_days=1)
    later = timezone.now() + timedelta(days=15)
    assert remaining_with(leaver, now=later) == Remaining(1, 1, drafts=0, duty_days=0)
    Task.objects.update(done_at=timezone.now(), done_by=leaver)
    assert remaining_with(leaver).tasks == 0
    leaver.assignments.update(until=timezone.now(), ended_by=leaver)
    assert remaining_with(leaver).dossiers == 0


def test_an_administrator_is_told_before_and_after_closing_the_account(colleagues, leaver):
    client, _ = colleagues[Role.ADMINISTRATOR]
    address = f"/mensen/{leaver.pk}"
    before = client.get(address).content.decode()
    assert WHAT in before
    client.post(f"{address}/sluiten")
    after = client.get(address).content.decode()
    assert f'<div class="notice warning"><p>Op deze naam staat nog: {WHAT}.</p>' in after
    assert "Verdelen, Overdragen" in after
    assert "D-0" not in after


def test_who_revokes_a_key_is_told_on_the_page(desk, leaver):
    sent = {"key": leaver.holding.holder_id, "sure": "on"}
    page = desk.client.post("/sleutel/toelaten/intrekken", sent, follow=True).content.decode()
    assert "is niet meer toegelaten" in page
    assert WHAT in page


def test_nothing_is_said_of_who_has_nothing(colleagues):
    client, _ = colleagues[Role.ADMINISTRATOR]
    person = make_user("leeg", roles=[Role.INSPECTOR])
    assert "Op deze naam staat nog" not in client.get(f"/mensen/{person.pk}").content.decode()


@pytest.mark.parametrize("how", Left)
def test_the_coordinator_sees_whose_dossiers_nobody_can_open_any_more(
    coordinator, leaver, team, how
):
    client, by = coordinator
    assert "Draag over" not in client.get("/verdelen/werk").content.decode()
    if how == Left.ACCOUNT:
        type(leaver).objects.filter(pk=leaver.pk).update(is_active=False)
    elif how == Left.ROLE:
        leaver.role_grants.update(ended_at=timezone.now(), ended_by=by)
    else:
        revoke(leaver, by=by)
    page = client.get("/verdelen/werk").content.decode()
    assert how.value in page
    assert "1 dossier staat op naam van iemand die er niet meer bij kan." in page
    assert 'href="/verdelen/overdracht"' in page


def test_who_left_with_a_task_alone_is_still_shown(coordinator, leaver):
    _, by = coordinator
    leaver.assignments.all().delete()
    type(leaver).objects.filter(pk=leaver.pk).update(is_active=False)
    people = {load.person.pk: load for load in workload(by, now=timezone.now()).people}
    assert people[leaver.pk].overdue == 1


def test_the_command_that_revokes_says_where_it_is_handed_over(leaver, capsys):
    call_command("revoke_inspector", leaver.username)
    said = capsys.readouterr().out
    assert "Still on this name: 1 dossiers, 1 tasks, 1 days of duty." in said
    assert "/verdelen/overdracht" in said
    assert "Drafts: 1." in said
