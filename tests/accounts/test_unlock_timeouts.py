"""When a key that was unlocked closes again: left alone, at the end of the day, at once, or from
another browser; and what a clock that is not steady does to it. All of it as a browser meets it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.holders import make_holder, unlock
from tests.people import PASSWORD, log_in, make_user
from vertrouwd.accounts.login.sessions import CLOCK_MAY_STEP_BACK
from vertrouwd.accounts.models import OpenSession, Unlocked
from vertrouwd.accounts.terms import Role
from vertrouwd.accounts.unlock.session_key import CLOCKS_DIFFER
from vertrouwd.audit.models import Line

pytestmark = pytest.mark.usefixtures("db", "casework", "home")
MINUTE, HOUR = 60, 3600


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-25 08:00:00+00:00", tick=False)
    return time_machine


@pytest.fixture
def ine(clock):
    return make_holder(make_user("ine", roles=[Role.INSPECTOR]))


@pytest.fixture
def browser_of(clock):
    """A browser in which somebody logged in and unlocked."""

    def opened(held) -> Client:
        client = Client()
        log_in(client, held.user)
        unlock(client, held)
        return client

    return opened


def state(client) -> str:
    """What a browser finds: `open`, `locked` or `out`."""
    answer = client.get("/sleutel")
    if answer.status_code == 302:
        assert answer["Location"].startswith("/inloggen")
        return "out"
    return "open" if 'id="fingerprint"' in answer.content.decode() else "locked"


def test_a_quarter_of_an_hour_without_a_look_closes_everything(ine, browser_of, clock):
    client = browser_of(ine)
    clock.shift(15 * MINUTE - 1)
    assert state(client) == "open"
    clock.shift(15 * MINUTE)
    assert state(client) == "out"
    assert not Unlocked.objects.exists()


def test_who_comes_back_and_logs_in_must_unlock_again_with_the_same_browser(ine, browser_of, clock):
    client = browser_of(ine)
    kept = client.cookies["unlock"].value
    clock.shift(15 * MINUTE)
    assert state(client) == "out"
    log_in(client, ine.user)
    client.cookies["unlock"] = kept
    assert state(client) == "locked"


def test_ten_hours_of_work_close_everything_however_busy(ine, browser_of, clock):
    client = browser_of(ine)
    for _ in range(10 * 6 - 1):
        clock.shift(10 * MINUTE)
        assert state(client) == "open"
    clock.shift(10 * MINUTE)
    assert state(client) == "out"
    assert not Unlocked.objects.exists()


def test_unlocking_late_on_the_day_does_not_lengthen_the_day(ine, browser_of, clock):
    client = browser_of(ine)
    for _ in range(10 * 6 - 1):
        clock.shift(10 * MINUTE)
        assert state(client) == "open"
    client.post("/vergrendelen")
    unlock(client, ine)
    assert state(client) == "open"
    clock.shift(10 * MINUTE)
    assert state(client) == "out"


def test_lock_now_closes_this_browser_at_once_and_no_other(ine, browser_of):
    here, elsewhere = browser_of(ine), browser_of(ine)
    kept = here.cookies["unlock"].value
    here.post("/vergrendelen")
    assert (state(here), state(elsewhere)) == ("locked", "open")
    here.cookies["unlock"] = kept  # whoever copied it has a piece of paper
    assert state(here) == "locked"
    assert Line.objects.filter(action="lock").count() == 1


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/sessies/beeindigen", {}),
        ("/mijn-account/wachtwoord",
         {"old": PASSWORD, "new": "acht rode daken", "again": "acht rode daken"}),
    ],
)  # fmt: skip
def test_from_one_browser_the_others_are_closed(ine, browser_of, address, told):
    here, forgotten = browser_of(ine), browser_of(ine)
    here.post(address, told)
    assert state(forgotten) == "out"
    assert OpenSession.objects.filter(user=ine.user).count() == 1
    assert Unlocked.objects.count() <= 1


def test_one_session_of_the_list_is_closed_and_with_it_what_was_unlocked_there(ine, browser_of):
    here, forgotten, third = (browser_of(ine) for _ in range(3))
    row = OpenSession.objects.order_by("pk")[1]
    here.post("/sessies/beeindigen", {"session": str(row.pk)})
    assert [state(each) for each in (here, forgotten, third)] == ["open", "out", "open"]
    assert not Unlocked.objects.filter(session_digest=row.digest).exists()


def test_logging_out_locks(ine, browser_of):
    client = browser_of(ine)
    session, key = client.cookies["login"].value, client.cookies["unlock"].value
    client.post("/uitloggen")
    assert not Unlocked.objects.exists()
    client.cookies["login"], client.cookies["unlock"] = session, key
    assert state(client) == "out"


def test_a_small_step_back_of_the_clock_closes_nothing_and_gives_no_more_than_itself(
    ine, browser_of, clock
):
    client = browser_of(ine)
    step = CLOCKS_DIFFER.total_seconds()
    clock.shift(-step)
    assert state(client) == "open"
    clock.shift(15 * MINUTE + step)
    assert state(client) == "out"


def test_a_clock_that_steps_back_again_and_again_does_not_lengthen_the_day(ine, browser_of, clock):
    client = browser_of(ine)
    worked, step = 0, CLOCKS_DIFFER.total_seconds()
    while state(client) == "open":
        assert worked < 11 * HOUR
        clock.shift(5 * MINUTE)
        worked += 5 * MINUTE
        if state(client) == "open":
            clock.shift(-step)
    assert 9 * HOUR < worked <= 10 * HOUR + 5 * MINUTE


def test_a_greater_step_back_locks_as_long_as_the_future_lasts(ine, browser_of, clock):
    client = browser_of(ine)
    clock.shift(-30)
    assert state(client) == "locked"
    assert timedelta(seconds=30) < CLOCK_MAY_STEP_BACK  # who is logged in may unlock again
    unlock(client, ine)
    assert state(client) == "open"


@pytest.mark.parametrize("seconds", [-2 * MINUTE, -HOUR, -86400 * 400])
def test_a_clock_that_is_set_back_closes_everything_for_good(ine, browser_of, clock, seconds):
    client = browser_of(ine)
    clock.shift(seconds)
    assert state(client) == "out"
    assert not Unlocked.objects.exists()
    clock.shift(-seconds)
    assert state(client) == "out"


def test_a_clock_that_is_set_forward_closes_everything_and_setting_it_back_opens_nothing(
    ine, browser_of, clock
):
    client = browser_of(ine)
    clock.shift(86400)
    assert state(client) == "out"
    clock.shift(-86400)
    assert state(client) == "out"


def test_the_end_stands_in_the_seal_so_that_no_row_can_be_given_more_time(ine, browser_of, clock):
    client = browser_of(ine)
    later = timezone.now() + timedelta(days=1)
    Unlocked.objects.update(expires_at=later)
    assert state(client) == "locked"


def test_a_page_that_one_may_not_see_is_a_look_too(ine, browser_of, clock):
    client = browser_of(ine)
    clock.shift(14 * MINUTE)
    assert client.get("/mensen").status_code == 404
    clock.shift(14 * MINUTE)
    assert state(client) == "open"
