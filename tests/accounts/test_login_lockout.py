"""Wrong passwords wait a little, nobody is locked out for long, and nothing tells who tried."""

import json
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.test import Client

from tests.people import PASSWORD, make_user
from vertrouwd.accounts.login.lock_times import LONGEST, WINDOW, is_forgotten, lock_time
from vertrouwd.accounts.second_step.actions import add_app, new_recovery_codes
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line

pytestmark = pytest.mark.usefixtures("db", "casework")
WRONG = "niet het goede wachtwoord"
HERE, ELSEWHERE = "192.0.2.7", "203.0.113.99"
AGENT = "Mozilla/5.0 (Kanarie)"


@pytest.fixture
def person():
    return make_user("anna", roles=[Role.INSPECTOR])


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-25 12:00:00+00:00", tick=False)
    return time_machine


def attempt(client, password=WRONG, *, username="anna", address=HERE):
    return client.post(
        "/inloggen",
        {"username": username, "password": password},
        REMOTE_ADDR=address,
        HTTP_USER_AGENT=AGENT,
        HTTP_ACCEPT="text/kanarie",
    )


def fail(client, times: int, **how) -> None:
    for _ in range(times):
        attempt(client, **how)


@pytest.mark.parametrize(
    ("mistakes", "minutes"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (5000, 15)],
)
def test_the_lock_is_short_and_grows_a_little(mistakes, minutes):
    assert lock_time(mistakes) == timedelta(minutes=minutes)


def test_a_mistake_is_forgotten_ten_minutes_after_its_lock():
    assert not is_forgotten(5, since=timedelta(minutes=10, seconds=59))
    assert is_forgotten(5, since=timedelta(minutes=11))
    assert is_forgotten(5000, since=LONGEST + WINDOW)
    assert is_forgotten(5, since=timedelta(seconds=-1))


def test_five_wrong_passwords_lock_for_a_minute(client, person, clock):
    fail(client, 5)
    answer = attempt(client, PASSWORD)
    assert answer.status_code == 400
    assert "over 1 minuut opnieuw" in answer.content.decode()
    clock.shift(61)
    assert attempt(client, PASSWORD)["Location"] == "/twee-stappen"


def test_trying_during_the_lock_does_not_lengthen_it(client, person, clock):
    fail(client, 50)
    clock.shift(61)
    assert attempt(client, PASSWORD).status_code == 302


def test_a_name_that_nobody_has_locks_in_the_same_way(client, person, clock):
    fail(client, 5, username="bestaat-niet")
    fail(client, 5)
    unknown, known = attempt(client, username="bestaat-niet"), attempt(client)
    assert "over 1 minuut" in unknown.content.decode()
    assert "over 1 minuut" in known.content.decode()


def test_somebody_elsewhere_does_not_lock_a_colleague_out(client, person, clock):
    fail(Client(), 40, address=ELSEWHERE)
    assert attempt(client, PASSWORD).status_code == 302


def test_a_known_browser_is_never_locked_out_by_others(person, clock):
    codes = new_recovery_codes(by=person)
    add_app(secret="A" * 32, counter=0, by=person)
    mine = Client()
    attempt(mine, PASSWORD)
    assert mine.post("/inloggen/code", {"code": codes[0]})["Location"] == "/"
    mine.post("/uitloggen")
    fail(Client(), 5)  # from the same address
    for number in range(50):  # and from everywhere
        fail(Client(), 1, address=f"198.51.100.{number}")
    assert attempt(Client(), PASSWORD, address=ELSEWHERE).status_code == 400
    assert attempt(mine, PASSWORD)["Location"] == "/inloggen/code"


def test_a_known_browser_counts_its_own_mistakes(person, clock):
    codes = new_recovery_codes(by=person)
    add_app(secret="A" * 32, counter=0, by=person)
    mine = Client()
    attempt(mine, PASSWORD)
    mine.post("/inloggen/code", {"code": codes[0]})
    mine.post("/uitloggen")
    fail(mine, 5)
    assert attempt(mine, PASSWORD).status_code == 400


def test_wrong_codes_lock_too_wherever_they_come_from(person, clock):
    add_app(secret="A" * 32, counter=0, by=person)
    codes = new_recovery_codes(by=person)
    for number in range(5):
        thief = Client()
        attempt(thief, PASSWORD, address=f"198.51.100.{number}")
        thief.post("/inloggen/code", {"code": f"00000{number}"})
    thief = Client()
    attempt(thief, PASSWORD, address=ELSEWHERE)
    answer = thief.post("/inloggen/code", {"code": codes[0]})
    assert answer.status_code == 400
    assert "over 1 minuut" in answer.content.decode()


def test_the_tables_of_axes_hold_no_address_name_browser_or_page(client, person, clock):
    fail(client, 6)
    fail(client, 2, username="per ongeluk mijn wachtwoord")
    rows = list(AccessAttempt.objects.values())
    assert len(rows) == 4
    stored = json.dumps(rows, default=str)
    for word in (HERE, "anna", "ongeluk", "Kanarie", "kanarie", "inloggen", WRONG):
        assert word not in stored
    assert not AccessLog.objects.exists()
    assert not AccessFailureLog.objects.exists()


def test_the_digests_change_every_day(client, person, clock):
    fail(client, 1)
    before = set(AccessAttempt.objects.values_list("username", "ip_address"))
    clock.move_to("2026-11-26 12:00:00+00:00", tick=False)
    fail(client, 1)
    after = set(AccessAttempt.objects.values_list("username", "ip_address"))
    assert {a for _, a in after} & {a for _, a in before} <= {"::"}
    assert not {n for n, _ in after} & {n for n, _ in before}
    assert len(after) == 2  # those of yesterday were deleted


def test_the_log_tells_that_a_lock_began_and_that_somebody_tried_meanwhile(client, person, clock):
    fail(client, 6)
    reasons = [line.detail["reason"] for line in Line.objects.filter(action="log_in")]
    assert reasons == ["wrong_password"] * 5 + ["lock_begins", "locked"]
    written = str(list(Line.objects.values()))
    assert HERE not in written
    assert "Kanarie" not in written


def test_a_cookie_of_a_known_browser_opens_nothing_by_itself(client, person):
    client.cookies["bekend"] = "verzonnen"
    assert attempt(client).status_code == 400
