"""Sessions end by themselves, whatever the clock does, and can be ended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.people import PASSWORD, log_in, make_user
from vertrouwd.accounts.login.models import digest_of
from vertrouwd.accounts.login.sessions import does_not_extend, has_ended
from vertrouwd.accounts.models import OpenSession
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line

pytestmark = pytest.mark.usefixtures("db", "casework")
PAGE = "/mijn-account"


@pytest.fixture
def person():
    return make_user("anna", roles=[Role.INSPECTOR])


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-25 08:00:00+00:00", tick=False)
    return time_machine


def is_in(client) -> bool:
    return client.get(PAGE).status_code == 200


def test_fifteen_minutes_without_a_look_end_the_session(client, person, clock):
    log_in(client, person)
    clock.shift(14 * 60 + 59)
    assert is_in(client)
    clock.shift(15 * 60)
    assert not is_in(client)
    assert not OpenSession.objects.filter(user=person).exists()


def test_ten_hours_end_the_session_however_busy(client, person, clock):
    log_in(client, person)
    for _ in range(59):
        clock.shift(10 * 60)
        assert is_in(client)
    clock.shift(10 * 60)
    assert not is_in(client)


def test_a_clock_set_back_ends_the_session(client, person, clock):
    log_in(client, person)
    clock.shift(600)
    assert is_in(client)
    clock.shift(-3600)
    assert not is_in(client)
    clock.shift(3600)
    assert not is_in(client)


def test_a_clock_that_steps_back_a_little_does_not_end_nor_lengthen_it(client, person, clock):
    log_in(client, person)
    looks = 0
    while is_in(client):
        looks += 1
        clock.shift(5 * 60)
        is_in(client)
        clock.shift(-50)
        assert looks < 200
    assert looks * 5 * 60 <= 10 * 3600 + 300


def test_a_clock_set_forward_ends_the_session(client, person, clock):
    log_in(client, person)
    clock.shift(86400)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("started", "seen", "seconds", "ended"),
    [(0, 0, 0, False), (36000, 0, 0, True), (0, 900, 0, True), (0, 0, 36000, True),
     (0, -59, 0, False), (0, -61, 0, True)],
)  # fmt: skip
def test_a_session_ends_by_any_of_four_measures(started, seen, seconds, ended):
    now = timezone.now()
    row = OpenSession(
        started_at=now - timedelta(seconds=started),
        last_seen_at=now - timedelta(seconds=seen),
        seconds=seconds,
    )
    assert has_ended(row, now=now) is ended


def test_a_page_that_asks_by_itself_does_not_extend(client, person, clock, monkeypatch):
    from vertrouwd.accounts.own_account import views as account_views

    log_in(client, person)
    before = OpenSession.objects.get().last_seen_at
    clock.shift(300)
    monkeypatch.setattr(account_views.account, "does_not_extend", True, raising=False)
    assert is_in(client)
    assert OpenSession.objects.get().last_seen_at == before
    assert does_not_extend(account_views.account).does_not_extend


def test_only_a_digest_of_the_key_is_stored(client, person):
    log_in(client, person)
    key = client.cookies["login"].value
    [row] = OpenSession.objects.values()
    assert key not in str(row)
    assert row["digest"] == digest_of(key)


def test_the_digest_from_the_table_opens_no_session(client, person):
    log_in(client, person)
    thief = Client()
    thief.cookies["login"] = OpenSession.objects.get().digest
    assert not is_in(thief)


def test_a_session_that_was_ended_does_not_come_back(client, person, client_of):
    log_in(client, person)
    other = client_of(person)
    client.post("/sessies/beeindigen")
    assert not is_in(other)
    assert OpenSession.objects.count() == 1
    [line] = Line.objects.filter(action="end_sessions")
    assert line.detail == {"count": 1}


def test_one_other_session_is_ended_and_this_one_stays(client, person, client_of):
    log_in(client, person)
    others = [client_of(person), client_of(person)]
    row = OpenSession.objects.get(digest=digest_of(others[0].cookies["login"].value))
    assert client.get("/sessies").content.decode().count("Een andere sessie") == 2
    client.post("/sessies/beeindigen", {"session": str(row.pk)})
    assert [is_in(other) for other in others] == [False, True]
    assert is_in(client)


def test_nobody_ends_the_session_of_another(client, person, client_of):
    bram = make_user("bram")
    theirs = client_of(bram)
    log_in(client, person)
    row = OpenSession.objects.get(user=bram)
    client.post("/sessies/beeindigen", {"session": str(row.pk)})
    assert is_in(theirs)


def test_ending_a_session_locks_what_was_unlocked_in_it(client, person, monkeypatch):
    locked = []
    monkeypatch.setattr(
        "vertrouwd.accounts.login.sessions.lock", lambda **what: locked.append(what)
    )
    log_in(client, person)
    key = client.cookies["login"].value
    client.post("/uitloggen")
    assert locked == [{"session_digest": digest_of(key)}]


def test_another_password_ends_other_sessions_and_asks_the_old_one(client, person, client_of):
    log_in(client, person)
    other = client_of(person)
    new = "acht rode daken bij de rivier"
    wrong = {"old": "verkeerd", "new": new, "again": new}
    assert client.post("/mijn-account/wachtwoord", wrong).status_code == 400
    answer = client.post("/mijn-account/wachtwoord", {**wrong, "old": PASSWORD})
    assert answer["Location"] == "/mijn-account"
    assert (is_in(client), is_in(other)) == (True, False)
    person.refresh_from_db()
    assert person.check_password(new)


def test_another_key_does_not_make_a_session_younger(client, person, clock):
    log_in(client, person)
    clock.shift(800)
    assert is_in(client)
    new = "acht rode daken bij de rivier"
    client.post("/mijn-account/wachtwoord", {"old": PASSWORD, "new": new, "again": new})
    [row] = OpenSession.objects.all()
    assert timezone.now() - row.started_at == timedelta(seconds=800)
    assert row.seconds == 800


def test_what_one_logs_in_with_is_changed_only_shortly_after_the_login(client, person, clock):
    from vertrouwd.accounts.second_step.actions import add_app, new_recovery_codes

    codes = new_recovery_codes(by=person)
    add_app(secret="A" * 32, counter=0, by=person)
    client.post("/inloggen", {"username": "anna", "password": PASSWORD})
    client.post("/inloggen/code", {"code": codes[0]})
    assert client.post("/mijn-account/herstelcodes").status_code == 200
    clock.shift(601)
    assert client.post("/mijn-account/herstelcodes")["Location"].startswith(f"{PAGE}/bevestigen")
    assert client.get("/twee-stappen")["Location"].startswith(f"{PAGE}/bevestigen")
    wrong = client.post(f"{PAGE}/bevestigen?next={PAGE}", {"password": "verkeerd"})
    assert wrong.status_code == 400
    client.post(f"{PAGE}/bevestigen?next={PAGE}", {"password": PASSWORD})
    assert client.post("/mijn-account/herstelcodes").status_code == 200


def test_the_last_second_step_cannot_be_removed(client, person):
    from vertrouwd.accounts.second_step.actions import add_app, new_recovery_codes

    codes = new_recovery_codes(by=person)
    add_app(secret="A" * 32, counter=0, by=person)
    client.post("/inloggen", {"username": "anna", "password": PASSWORD})
    client.post("/inloggen/code", {"code": codes[0]})
    answer = client.post("/mijn-account/app/weg")
    assert answer.status_code == 400
    assert "laatste tweede stap" in answer.content.decode()


def test_the_language_is_kept_in_this_browser(client, person):
    log_in(client, person)
    client.post("/mijn-account/taal", {"language": "en"})
    assert 'lang="en"' in client.get(PAGE).content.decode()
    client.post("/mijn-account/taal", {"language": "xx"})
    assert 'lang="en"' in client.get(PAGE).content.decode()


def test_what_was_stored_for_a_colleague_gives_nobody_the_session_of_that_colleague(client, person):
    """Who writes in the database, and knows no signing key."""
    colleague, other = make_user("bram", roles=[Role.PRIVACY_OFFICER]), Client()
    log_in(client, person)
    log_in(other, colleague)
    stored = OpenSession.objects.get(user=colleague).data
    OpenSession.objects.filter(user=person).update(data=stored, user=colleague)
    assert client.get("/logboek").status_code == 302
    assert other.get("/logboek").status_code == 200
