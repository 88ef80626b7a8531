"""What an administrator does about the people who work here, and what nobody may do."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.people import PASSWORD, log_in, make_user
from vertrouwd.accounts.login.organisation import Organisation
from vertrouwd.accounts.models import OpenSession, RoleGrant, User
from vertrouwd.accounts.people import actions
from vertrouwd.accounts.people.actions import NotPossible
from vertrouwd.accounts.policy import OPENS_CASES
from vertrouwd.accounts.second_step.actions import add_app
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line

pytestmark = pytest.mark.usefixtures("db", "casework")


@pytest.fixture
def keeper(client):
    person = make_user("beheer", roles=[Role.ADMINISTRATOR])
    log_in(client, person)
    return person


@pytest.fixture
def colleague():
    return make_user("anna", roles=[Role.INSPECTOR])


def actions_logged() -> list[tuple[str, str, str]]:
    lines = Line.objects.exclude(kind="session").order_by("pk")
    return list(lines.values_list("action", "object", "result"))


def test_a_colleague_is_invited_and_the_code_is_shown_once(client, keeper):
    answer = client.post("/mensen", {"username": "bram", "name": "Bram de Boer"})
    [code] = re.findall(r'id="invitation">([a-z2-7-]+)<', answer.content.decode())
    assert actions.find_invitation(code).user.username == "bram"
    assert answer["Cache-Control"] == "no-store"
    assert ("invite", "bram", "done") in actions_logged()
    assert code.replace("-", "") not in str(Line.objects.values())


def test_a_list_of_people_is_one_look(client, keeper, colleague):
    client.get("/mensen")
    assert actions_logged() == [("list", "", "done")]
    assert Line.objects.get(action="list").detail == {"count": 2}


def test_a_person_is_found_by_number_so_that_no_address_names_anybody(client, keeper, colleague):
    assert client.get(f"/mensen/{colleague.pk}").status_code == 200
    assert client.get("/mensen/anna").status_code == 404
    assert client.get("/mensen/999999").status_code == 404


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_nobody_else_keeps_people(client, colleague, role):
    other = make_user("bram", roles=[role])
    log_in(client, other)
    assert client.get("/mensen").status_code == 404
    answer = client.post(f"/mensen/{colleague.pk}/rol", {"role": "PUBLISHER"})
    assert answer.status_code == 404
    assert Role.PUBLISHER not in colleague.roles


def test_a_role_is_given_and_ended(client, keeper, colleague):
    client.post(f"/mensen/{colleague.pk}/rol", {"role": "PUBLISHER"})
    assert colleague.roles == {Role.INSPECTOR, Role.PUBLISHER}
    client.post(f"/mensen/{colleague.pk}/rol-weg", {"role": "INSPECTOR"})
    assert colleague.roles == {Role.PUBLISHER}
    grant = RoleGrant.objects.get(user=colleague, role=Role.INSPECTOR)
    assert grant.ended_by == keeper
    assert [a for a, _, _ in actions_logged()] == ["grant_role", "end_role"]


def test_roles_that_clash_are_refused_in_a_clear_sentence(client, keeper, colleague):
    answer = client.post(f"/mensen/{colleague.pk}/rol", {"role": "ADMINISTRATOR"})
    assert answer.status_code == 400
    said = "De rollen beheerder en vertrouwensinspecteur gaan niet samen bij één persoon."
    assert said in answer.content.decode()
    assert colleague.roles == {Role.INSPECTOR}


@pytest.mark.parametrize("role", sorted(OPENS_CASES))
def test_no_administrator_comes_to_hold_a_role_that_opens_cases(client, keeper, role, client_of):
    """Not by oneself, not from a colleague, not while the account is closed."""
    second = make_user("tweede", roles=[Role.ADMINISTRATOR])
    theirs, given = client_of(second), {"role": role.name}
    assert client.post(f"/mensen/{keeper.pk}/rol", given).status_code == 400
    assert theirs.post(f"/mensen/{keeper.pk}/rol", given).status_code == 400
    client.post(f"/mensen/{second.pk}/sluiten")
    assert client.post(f"/mensen/{second.pk}/rol", given).status_code == 400
    client.post(f"/mensen/{second.pk}/openen")
    assert keeper.roles == second.roles == {Role.ADMINISTRATOR}


def test_who_is_bound_to_another_login_notices_all_sessions_end(client_of, colleague, keeper):
    theirs = client_of(colleague)
    assert theirs.get("/mijn-account").status_code == 200
    actions.bind_organisation(user=colleague, key="oidc-x", subject="7", by=keeper)
    assert theirs.get("/mijn-account")["Location"].startswith("/inloggen")
    assert Line.objects.get(action="bind_organisation").detail == {"sessions_ended": 1}


@pytest.mark.parametrize("act", ["rol", "rol-weg", "sluiten", "opnieuw", "verbinden"])
def test_nobody_changes_the_own_account_as_an_administrator(client, keeper, act):
    make_user("tweede", roles=[Role.ADMINISTRATOR])
    answer = client.post(f"/mensen/{keeper.pk}/{act}", {"role": "ADMINISTRATOR"})
    assert answer.status_code == (302 if act == "verbinden" else 400)
    keeper.refresh_from_db()
    assert (keeper.roles, keeper.is_active) == ({Role.ADMINISTRATOR}, True)
    assert keeper.has_usable_password()


def test_the_last_administrator_stays(keeper, actor):
    with pytest.raises(NotPossible, match="laatste beheerder"):
        actions.end_role(user=keeper, role=Role.ADMINISTRATOR, by=actor)
    with pytest.raises(NotPossible, match="laatste beheerder"):
        actions.deactivate(user=keeper, by=actor)
    other = make_user("tweede", roles=[Role.ADMINISTRATOR])
    actions.deactivate(user=keeper, by=other)
    with pytest.raises(NotPossible, match="laatste beheerder"):
        actions.end_role(user=other, role=Role.ADMINISTRATOR, by=actor)


def test_who_leaves_is_out_at_once(client, keeper, colleague, client_of):
    theirs = client_of(colleague)
    client.post(f"/mensen/{colleague.pk}/sluiten")
    assert not OpenSession.objects.filter(user=colleague).exists()
    assert theirs.get("/mijn-account")["Location"].startswith("/inloggen")
    answer = theirs.post("/inloggen", {"username": "anna", "password": PASSWORD})
    assert answer.status_code == 400
    client.post(f"/mensen/{colleague.pk}/openen")
    assert theirs.post("/inloggen", {"username": "anna", "password": PASSWORD}).status_code == 302
    assert [a for a, _, _ in actions_logged()][:2] == ["deactivate", "reactivate"]


def test_who_lost_everything_begins_again(client, keeper, colleague, client_of):
    theirs = client_of(colleague)
    add_app(secret="A" * 32, counter=0, by=colleague)
    SocialAccount.objects.create(user=colleague, provider="oidc-x", uid="7")
    answer = client.post(f"/mensen/{colleague.pk}/opnieuw")
    [code] = re.findall(r'id="invitation">([a-z2-7-]+)<', answer.content.decode())
    assert not Authenticator.objects.filter(user=colleague).exists()
    assert not SocialAccount.objects.exists()
    assert not User.objects.get(pk=colleague.pk).has_usable_password()
    assert theirs.get("/mijn-account")["Location"].startswith("/inloggen")
    assert theirs.post("/welkom", {"code": code}).status_code == 302
    assert ("start_over", "anna", "done") in actions_logged()


def test_an_invitation_does_not_replace_a_password_that_somebody_has(client, keeper, colleague):
    assert client.post(f"/mensen/{colleague.pk}/uitnodigen").status_code == 400


def test_only_one_administrator_is_worth_a_warning(client, keeper):
    assert "maar één beheerder" in client.get("/mensen").content.decode()
    make_user("tweede", roles=[Role.ADMINISTRATOR])
    assert "maar één beheerder" not in client.get("/mensen").content.decode()


def test_an_administrator_who_never_came_does_not_count_as_the_second(client, keeper):
    second = make_user("tweede", roles=[Role.ADMINISTRATOR])
    second.set_unusable_password()
    second.save()
    assert "maar één beheerder" in client.get("/mensen").content.decode()


@pytest.mark.parametrize("username", ["", "Bram", "a b", "bram@x.nl", "beheer", "system", "ü"])
def test_a_name_that_is_taken_or_cannot_be_is_refused(client, keeper, username):
    answer = client.post("/mensen", {"username": username, "name": "Bram"})
    assert answer.status_code == 400
    assert User.objects.filter(name="Bram").count() == 0


def test_the_system_is_no_person(client, keeper, actor):
    assert client.get(f"/mensen/{actor.pk}").status_code == 404
    assert client.post(f"/mensen/{actor.pk}/opnieuw").status_code == 404


@pytest.mark.parametrize("role", ["INSPECTOR", "ADMINISTRATOR"])
def test_who_tries_to_give_a_right_that_nobody_may_give_leaves_a_line(client, keeper, role):
    """A role for oneself, or one beside a role it clashes with."""
    privacy = make_user("gijs", roles=[Role.PRIVACY_OFFICER])
    for person in (keeper, privacy):
        assert client.post(f"/mensen/{person.pk}/rol", {"role": role}).status_code == 400
    refused = ("keep_people", keeper.username, "refused"), ("keep_people", "gijs", "refused")
    assert actions_logged() == [*refused]


@pytest.fixture
def bound(casework, colleague, keeper):
    """A colleague who comes in through the organisation's login, and does so now."""
    where = Organisation("Inspectie", "https://login.example.nl", "us", "secret")
    casework.VERTROUWD_ORGANISATION = where
    actions.bind_organisation(user=colleague, key=where.key, subject="7", by=keeper)
    log_in(Client(), colleague)
    return colleague


def test_a_mark_that_is_too_long_unbinds_nobody(client, keeper, bound):
    answer = client.post(f"/mensen/{bound.pk}/verbinden", {"subject": "x" * 192})
    assert answer.status_code == 400
    assert SocialAccount.objects.get().uid == "7"


def test_who_is_unbound_is_out_at_once(client, keeper, bound):
    client.post(f"/mensen/{bound.pk}/verbinden")
    assert not SocialAccount.objects.exists()
    assert not OpenSession.objects.filter(user=bound).exists()
    assert Line.objects.get(action="unbind_organisation").detail == {"sessions_ended": 1}
