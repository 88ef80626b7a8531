"""The dossiers of who leaves, handed over on a page: seen before, done once, taken back."""

import re

from tests.dossiers.casework import handle, handlers
from tests.factories import make_dossier
from tests.people import make_user
from vertrouwd.accounts.terms import Role
from vertrouwd.dossiers.models import Handover

HERE = "/verdelen/overdracht"


def test_dossiers_are_handed_over_after_a_look_and_come_back_with_one_click(coordinator) -> None:
    client, _ = coordinator
    leaver = make_user("leaver", roles=[Role.INSPECTOR])
    heirs = [make_user(name, roles=[Role.INSPECTOR]) for name in ("aya", "bo")]
    dossiers = [make_dossier() for _ in range(3)]
    for dossier in dossiers:
        handle(dossier, leaver)
    form = {"leaver": leaver.pk, "to": [person.pk for person in heirs]}
    page = client.post(HERE, form).content.decode()
    assert "aya: 2 dossiers" in page
    assert "bo: 1 dossier" in page
    assert handlers(dossiers[0]) == {leaver}
    seen = re.search(r'name="seen" value="(\w{16})"', page)[1]
    assert client.post(HERE, {**form, "seen": seen})["Location"] == HERE
    assert handlers(dossiers[0]) == {heirs[0]}
    twice = client.post(HERE, {**form, "seen": seen})
    assert twice.status_code == 400
    assert Handover.objects.count() == 1
    number = Handover.objects.get().pk
    assert client.post(f"{HERE}/terug", {"event": number})["Location"] == HERE
    assert all(handlers(dossier) == {leaver} for dossier in dossiers)
    assert "ongedaan gemaakt" in client.get(HERE).content.decode()


def test_nobody_undoes_the_handover_of_another_coordinator(coordinator) -> None:
    other = make_user(roles=[Role.COORDINATOR])
    leaver = make_user(roles=[Role.INSPECTOR])
    from django.utils import timezone

    done = Handover.objects.create(at=timezone.now(), by=other, leaver=leaver)
    coordinator[0].post(f"{HERE}/terug", {"event": done.pk})
    done.refresh_from_db()
    assert done.undone_at is None


def test_without_a_choice_the_page_says_what_is_missing(coordinator) -> None:
    answer = coordinator[0].post(HERE, {"leaver": ""})
    assert answer.status_code == 400
    assert "Kies aan wie de dossiers gaan." in answer.content.decode()
