"""Who acts: people, and the system itself."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.people import log_in, make_user
from vertrouwd.accounts.models import RoleGrant, User, UserKind, system_actor
from vertrouwd.accounts.policy import Permission
from vertrouwd.accounts.terms import Role


def test_the_system_is_one_actor_however_often_it_is_asked_for(db) -> None:
    assert system_actor() == system_actor()
    assert User.objects.get().kind == UserKind.SYSTEM


def test_the_system_cannot_log_in(db) -> None:
    assert not system_actor().has_usable_password()
    assert not User.objects.get().check_password("")


def test_a_person_is_found_by_a_name_that_is_taken_once(db) -> None:
    user = User.objects.create(username="inspecteur", name="Een inspecteur")
    assert User.objects.get_by_natural_key("inspecteur") == user
    assert user.kind == UserKind.PERSON
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="inspecteur")


def test_a_role_that_ended_counts_no_more_but_for_a_page_that_was_being_read(db) -> None:
    asking, reading = make_user("ine", roles=[Role.INSPECTOR]), User.objects.get(username="ine")
    reading.begin_reading()
    assert reading.may(Permission.HANDLE_CASES)
    RoleGrant.objects.update(ended_at=timezone.now(), ended_by=system_actor())
    assert not asking.may(Permission.HANDLE_CASES)
    assert reading.may(Permission.HANDLE_CASES)


def test_roles_are_asked_once_for_a_page_and_again_before_an_act(client, casework, db) -> None:
    log_in(client, make_user("cor", roles=[Role.COORDINATOR]))

    def asked(request) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert request().status_code == 200
        return sum('FROM "accounts_rolegrant"' in each["sql"] for each in queries)

    assert asked(lambda: client.get("/dossiers")) == 1
    assert asked(lambda: client.post("/dossiers", {"reference": ""})) > 1
    RoleGrant.objects.update(ended_at=timezone.now(), ended_by=system_actor())
    assert client.get("/dossiers").status_code == 404
