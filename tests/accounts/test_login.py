"""Logging in with a password and a code: what opens, what is said, what is logged."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)

from tests.people import PASSWORD, log_in, make_user
from vertrouwd.accounts.models import OpenSession
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line

pytestmark = pytest.mark.usefixtures("db", "casework")


@pytest.fixture
def person():
    return make_user("anna", roles=[Role.INSPECTOR])


@pytest.fixture
def secret(person) -> str:
    """The secret of the app on the telephone of this person."""
    made = generate_totp_secret()
    TOTP.activate(person, made)
    return made


def code_of(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_password(client, username="anna", password=PASSWORD, **extra):
    return client.post("/inloggen", {"username": username, "password": password}, **extra)


def lines(action: str) -> list[Line]:
    return list(Line.objects.filter(action=action))


def test_a_right_password_and_a_right_code_log_in(client, person, secret):
    assert give_password(client)["Location"] == "/inloggen/code"
    assert not OpenSession.objects.filter(user=person).exists()
    answer = client.post("/inloggen/code", {"code": code_of(secret)})
    assert answer["Location"] == "/"
    assert client.get("/").wsgi_request.has_second_step
    [line] = lines("log_in")
    assert (line.actor, line.origin) == ("anna", "casework")
    assert line.detail == {"methods": ["password", "totp"]}


def test_a_password_alone_opens_only_the_page_where_the_second_step_is_made(client, person):
    assert give_password(client)["Location"] == "/twee-stappen"
    assert client.get("/")["Location"].startswith("/twee-stappen")


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(client, person):
    wrong = give_password(client, password="niet het goede wachtwoord")
    unknown = give_password(client, username="onbekend", password="niet het goede wachtwoord")
    assert wrong.status_code == unknown.status_code == 400
    as_typed = [
        a.content.decode().replace(n, "") for a, n in ((wrong, "anna"), (unknown, "onbekend"))
    ]
    without_tokens = ["".join(x for x in t.splitlines() if "csrf" not in x) for t in as_typed]
    assert without_tokens[0] == without_tokens[1]


def test_a_name_that_nobody_has_is_not_in_the_log(client, person):
    give_password(client, username="mijn wachtwoord per ongeluk")
    give_password(client, password="niet het goede wachtwoord")
    assert [line.object for line in lines("log_in")] == ["unknown", "anna"]
    assert {line.actor for line in lines("log_in")} == {"anonymous"}


def test_somebody_who_left_cannot_log_in(client, person):
    person.is_active = False
    person.save()
    assert give_password(client).status_code == 400


def test_a_code_is_accepted_once(client, person, secret):
    code = code_of(secret)
    give_password(client)
    client.post("/inloggen/code", {"code": code})
    client.post("/uitloggen")
    give_password(client)
    assert client.post("/inloggen/code", {"code": code}).status_code == 400
    assert client.post("/inloggen/code", {"code": code_of(secret, steps=1)}).status_code == 302


def test_a_recovery_code_replaces_the_app_once(client, person, secret):
    code = RecoveryCodes.activate(person).get_unused_codes()[3]
    give_password(client)
    assert client.post("/inloggen/code", {"code": code}).status_code == 302
    client.post("/uitloggen")
    give_password(client)
    answer = client.post("/inloggen/code", {"code": code})
    assert answer.status_code == 400
    assert "nog 9" in answer.content.decode()


def test_secrets_of_the_second_step_are_sealed_in_the_database(person, secret):
    codes = RecoveryCodes.activate(person)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not [code for code in codes.get_unused_codes() if code in stored]


def test_the_code_page_is_closed_to_who_gave_no_password(client, person, secret):
    assert client.get("/inloggen/code")["Location"] == "/inloggen"


def test_after_five_minutes_the_password_is_asked_again(client, person, secret, time_machine):
    time_machine.move_to("2026-11-25 12:00:00+00:00")
    give_password(client)
    time_machine.move_to("2026-11-25 12:05:01+00:00")
    assert client.post("/inloggen/code", {"code": code_of(secret)})["Location"] == "/inloggen"


def test_logging_in_gives_the_session_another_key(client, person, secret):
    give_password(client)
    before = client.session.session_key
    client.post("/inloggen/code", {"code": code_of(secret)})
    assert client.session.session_key != before
    assert OpenSession.objects.count() == 1


def test_logging_out_is_an_act_and_ends_the_session(client, person):
    log_in(client, person)
    assert client.get("/uitloggen").status_code == 405
    client.post("/uitloggen")
    assert not OpenSession.objects.exists()
    assert [line.actor for line in lines("log_out")] == ["anna"]


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [("/dossiers", "/dossiers"), ("https://elders.example/", "/"), ("//elders.example", "/")],
)
def test_after_the_login_one_is_led_to_a_page_of_ours(client, person, secret, asked, led_to):
    client.post(f"/inloggen?next={asked}", {"username": "anna", "password": PASSWORD})
    assert client.post("/inloggen/code", {"code": code_of(secret)})["Location"] == led_to


def test_the_cookie_of_the_session_is_closed_to_scripts_and_to_other_sites(client, person):
    give_password(client)
    cookie = client.cookies["login"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


@pytest.mark.parametrize("address", ["/inloggen/passkey", "/twee-stappen/passkey"])
def test_brackets_in_brackets_are_no_passkey(client, person, address):
    log_in(client, person)
    assert client.post(address, {"credential": "[" * 19_000}).status_code == 400
