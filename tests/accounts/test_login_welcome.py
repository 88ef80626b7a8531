"""The first administrator, invitations, and the first second step."""

import io
import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.people import PASSWORD, log_in, make_user
from vertrouwd.accounts.models import Invitation, User, system_actor
from vertrouwd.accounts.people import actions
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line

pytestmark = pytest.mark.usefixtures("db", "casework")
CODE = re.compile(r"^ {4}([a-z2-7]{5}(?:-[a-z2-7]{5}){3}-[a-z2-7]{6})$", re.MULTILINE)


def create_admin(*words: str) -> str:
    """The code that the command prints."""
    said = io.StringIO()
    call_command("create_admin", *words, stdout=said)
    return CODE.search(said.getvalue())[1]


def now_code(page: str) -> str:
    """The code that an app makes now, with the secret that stands in the page."""
    secret = re.search(r'id="app-secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def choose(client, code: str):
    client.post("/welkom", {"code": code})
    return client.post("/welkom/wachtwoord", {"new": PASSWORD, "again": PASSWORD})


def test_the_first_administrator_comes_in_with_a_code_a_password_and_an_app(client):
    answer = choose(client, create_admin("anna").upper().replace("-", " "))
    assert answer["Location"] == "/twee-stappen"
    assert client.get("/mensen")["Location"].startswith("/twee-stappen")
    page = client.get("/twee-stappen").content.decode()
    answer = client.post("/twee-stappen", {"code": now_code(page)})
    shown = re.findall(r"<li><code>([0-9 ]+)</code>", answer.content.decode())
    assert len(set(shown)) == 10
    assert client.get("/mensen").status_code == 200
    done = list(Line.objects.filter(actor="anna").values_list("action", flat=True))
    assert done[:4] == ["accept_invitation", "log_in_one_step", "add_factor", "new_recovery_codes"]


def test_no_password_exists_before_it_is_chosen():
    create_admin("anna")
    assert not User.objects.get(username="anna").has_usable_password()


def test_only_a_digest_of_the_code_is_kept():
    code = create_admin("anna").replace("-", "")
    assert code not in str(Invitation.objects.values())
    assert code not in str(Line.objects.values())


def test_a_second_administrator_is_made_only_when_asked_for(client):
    choose(client, create_admin("anna"))
    with pytest.raises(CommandError, match="--another") as refused:
        create_admin("bram")
    assert refused.value.returncode == 1
    create_admin("bram", "--another")
    assert len(actions.administrators()) == 2
    assert Line.objects.filter(action="grant_role", actor="system").count() == 2


@pytest.mark.parametrize("name", ["Anna", "a b", "a@b.nl", "x" * 41, "-"])
def test_a_name_that_cannot_be_logged_in_with_is_refused(name):
    with pytest.raises(CommandError, match="lower case") as refused:
        create_admin("--another", "--", name)
    assert refused.value.returncode == 2
    assert not User.objects.filter(username=name).exists()


def test_the_same_name_again_gives_a_new_code_and_the_old_one_is_dead(client):
    old, new = create_admin("anna"), create_admin("anna")
    assert client.post("/welkom", {"code": old}).status_code == 400
    assert client.post("/welkom", {"code": new}).status_code == 302


def test_a_code_works_once(client):
    code = create_admin("anna")
    choose(client, code)
    assert client.post("/welkom", {"code": code}).status_code == 400
    assert client.get("/welkom/wachtwoord")["Location"] == "/welkom"


def test_a_code_works_half_an_hour(client, time_machine):
    time_machine.move_to("2026-11-25 12:00:00+00:00", tick=False)
    code = create_admin("anna")
    time_machine.move_to("2026-11-25 12:29:59+00:00", tick=False)
    assert client.post("/welkom", {"code": code}).status_code == 302
    time_machine.move_to("2026-11-25 12:30:00+00:00", tick=False)
    assert client.get("/welkom/wachtwoord")["Location"] == "/welkom"
    assert client.post("/welkom", {"code": code}).status_code == 400


def test_a_code_of_the_future_does_not_work_when_the_clock_was_set_back():
    person = actions.add_person(username="anna", by=system_actor())
    later = timezone.now() + timedelta(hours=2)
    code = actions.invite(user=person, by=system_actor(), now=later)
    assert actions.find_invitation(code) is None
    assert actions.find_invitation(code, now=later)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("te kort", "12"),
        ("anna.de.vries", "lijkt"),
        ("123456789012", "raden"),
        ("passwordpassword", "raden"),
        ("W@chtw00rd123", "raden"),
        ("welkom2026!!", "raden"),
        ("aaaaaaaaaaaaaa", "raden"),
    ],
)
def test_a_weak_password_is_refused(client, password, said):
    create = actions.add_person(username="anna.de.vries", by=system_actor())
    client.post("/welkom", {"code": actions.invite(user=create, by=system_actor())})
    answer = client.post("/welkom/wachtwoord", {"new": password, "again": password})
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_secret(client):
    log_in(client, make_user("anna"), second_step=False)
    before = client.get("/twee-stappen").content.decode()
    answer = client.post("/twee-stappen", {"code": "000000"})
    assert answer.status_code == 400
    assert now_code(answer.content.decode()) == now_code(before)
    assert client.get("/mijn-account").status_code == 302


def test_the_secret_is_not_in_the_clear_in_the_session(client):
    log_in(client, make_user("anna"), second_step=False)
    page = client.get("/twee-stappen").content.decode()
    secret = re.search(r'id="app-secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert secret not in str(dict(client.session))


def test_the_first_code_of_the_app_cannot_log_in_again(client):
    log_in(client, make_user("anna"), second_step=False)
    code = now_code(client.get("/twee-stappen").content.decode())
    client.post("/twee-stappen", {"code": code})
    client.post("/uitloggen")
    client.post("/inloggen", {"username": "anna", "password": PASSWORD})
    assert client.post("/inloggen/code", {"code": code}).status_code == 400


def test_a_password_alone_cannot_replace_a_second_step_that_was_made_meanwhile(client):
    person = make_user("anna", roles=[Role.INSPECTOR])
    log_in(client, person, second_step=False)
    from vertrouwd.accounts.second_step.actions import add_app

    add_app(secret="A" * 32, counter=0, by=person)
    assert client.get("/twee-stappen")["Location"] == "/inloggen"
    assert client.get("/twee-stappen")["Location"] == "/inloggen"
    assert client.post("/twee-stappen/passkey/vraag").status_code == 403


def test_somebody_who_is_not_logged_in_sets_up_nothing(client):
    for address in ("/twee-stappen", "/welkom/wachtwoord"):
        assert client.get(address).status_code == 302
    assert client.post("/twee-stappen/passkey", {"credential": "{}"})["Location"] == "/inloggen"


def test_a_code_that_does_not_work_leaves_a_line_without_what_was_typed(client):
    client.post("/welkom", {"code": "aaaaa-bbbbb-ccccc-ddddd-eeeeee"})
    [line] = Line.objects.all()
    assert (line.actor, line.action, line.result) == ("anonymous", "accept_invitation", "refused")
    assert line.detail == {"reason": "wrong_code"}
