"""Neither half opens anything: a cookie or a row of another session, person, time or key."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.accounts.holders import make_holder, unlock
from tests.people import log_in, make_user
from vertrouwd.accounts.login.models import digest_of
from vertrouwd.accounts.login.sessions import does_not_extend
from vertrouwd.accounts.models import Unlocked
from vertrouwd.accounts.terms import Role
from vertrouwd.accounts.unlock.seals import cookie_key, cookie_value
from vertrouwd.accounts.unlock.session_key import OpensTheKey, begin, forget_expired, lock
from vertrouwd.audit.models import Line
from vertrouwd.sealing.holders import revoke_holder

KEY = bytes(range(32))
START = "2026-11-25T09:00:00Z"


@pytest.fixture
def inspector(db, casework, home):
    return make_holder(make_user("ine", roles=[Role.INSPECTOR]))


@pytest.fixture
def colleague(db, casework, home):
    return make_holder(make_user("cor", roles=[Role.COORDINATOR]))


class Session:
    """As much of a session as the key of it needs."""

    def __init__(self, session_key: str) -> None:
        self.session_key = session_key


def asked(held, cookie: str | None, session_key: str = "one"):
    """What a request of this person with this cookie may open."""
    request = RequestFactory().get("/")
    request.user = held.user if held else AnonymousUser()
    request.session = Session(session_key)
    if cookie is not None:
        request.COOKIES["unlock"] = cookie
    seen = []
    OpensTheKey(lambda request: seen.append(request.opened))(request)
    return seen[0]


def begun(held, session_key: str = "one") -> str:
    """The cookie of a session that was unlocked."""
    key = begin(
        secret=held.secret,
        holder=held.holder,
        session_key=session_key,
        by=held.user,
        way="wachtzin",
    )
    return cookie_value(key)


def test_the_cookie_and_the_row_of_one_session_open_together(inspector):
    opened = asked(inspector, begun(inspector))
    assert opened.holder == inspector.holder


def test_the_cookie_of_another_session_opens_nothing(inspector):
    first, second = begun(inspector, "one"), begun(inspector, "two")
    assert asked(inspector, first, "two") is None
    assert asked(inspector, second, "one") is None
    assert asked(inspector, second, "two")


def test_a_row_that_was_moved_to_another_session_opens_nothing(inspector):
    cookie = begun(inspector, "one")
    Unlocked.objects.update(session_digest=digest_of("two"))
    assert asked(inspector, cookie, "two") is None


def test_a_row_that_was_given_to_another_person_opens_nothing(inspector, colleague):
    cookie = begun(inspector)
    Unlocked.objects.update(user=colleague.user)
    assert asked(colleague, cookie) is None
    Unlocked.objects.update(holder=colleague.holder)
    assert asked(colleague, cookie) is None


def test_seeds_that_were_exchanged_open_nothing(inspector, colleague):
    mine, theirs = begun(inspector, "one"), begun(colleague, "two")
    one, two = Unlocked.objects.order_by("session_digest")
    Unlocked.objects.filter(pk=one.pk).update(sealed_seed=two.sealed_seed)
    Unlocked.objects.filter(pk=two.pk).update(sealed_seed=one.sealed_seed)
    for cookie in (mine, theirs):
        assert asked(inspector, cookie, "one") is None
        assert asked(colleague, cookie, "two") is None


def test_a_row_whose_end_was_moved_opens_nothing(inspector):
    cookie = begun(inspector)
    Unlocked.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert asked(inspector, cookie) is None


def test_nobody_opens_anything_without_logging_in(inspector):
    assert asked(None, begun(inspector)) is None


def test_a_key_that_was_revoked_opens_nothing(inspector):
    cookie = begun(inspector)
    revoke_holder(inspector.holder, by=inspector.user)
    assert asked(inspector, cookie) is None


@pytest.mark.parametrize(
    ("seconds", "opens"),
    [(0, True), (14 * 60, True), (15 * 60, False), (-3, True), (-60, False), (-86400, False)],
)
def test_it_locks_by_itself_after_a_quarter_of_an_hour_and_when_the_clock_is_set_back(
    inspector, seconds, opens
):
    with time_machine.travel(START, tick=False) as clock:
        cookie = begun(inspector)
        clock.shift(seconds)
        assert bool(asked(inspector, cookie)) is opens


def test_who_goes_on_working_stays_unlocked_for_ten_hours_and_no_longer(inspector):
    with time_machine.travel(START, tick=False) as clock:
        cookie = begun(inspector)
        for _ in range(59):  # every ten minutes
            clock.shift(600)
            assert asked(inspector, cookie)
        clock.shift(600)
        assert asked(inspector, cookie) is None


def test_a_look_is_written_at_most_once_a_minute(inspector):
    with time_machine.travel(START, tick=False) as clock:
        cookie = begun(inspector)
        began = timezone.now()
        clock.shift(59)
        asked(inspector, cookie)
        assert Unlocked.objects.get().last_seen_at == began
        clock.shift(1)
        asked(inspector, cookie)
        assert Unlocked.objects.get().last_seen_at == timezone.now()


def test_what_the_browser_asks_by_itself_is_no_sign_of_life(inspector):
    request = RequestFactory().get("/")
    request.user, request.session = inspector.user, Session("one")

    class Match:
        func = does_not_extend(lambda request: None)

    request.resolver_match = Match()
    with time_machine.travel(START, tick=False) as clock:
        request.COOKIES["unlock"] = begun(inspector)
        began = timezone.now()
        clock.shift(600)
        OpensTheKey(lambda request: request.opened)(request)
    assert Unlocked.objects.get().last_seen_at == began


def test_a_view_that_does_not_ask_for_the_key_costs_nothing(inspector, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user, request.session = inspector.user, Session("one")
    request.COOKIES["unlock"] = begun(inspector)
    with django_assert_num_queries(0):
        OpensTheKey(lambda request: None)(request)
    with django_assert_num_queries(1):
        OpensTheKey(lambda request: (request.opened, request.opened))(request)


def test_locking_a_session_leaves_the_others_and_locking_a_person_leaves_none(inspector, colleague):
    begun(inspector, "one"), begun(inspector, "two"), begun(colleague, "three")
    assert lock(session_digest=digest_of("one")) == 1
    assert lock(session_key="nobody's", by=inspector.user) == 0
    assert Unlocked.objects.count() == 2
    assert lock(user=inspector.user, by=colleague.user) == 1
    assert Unlocked.objects.get().user == colleague.user
    assert [line.actor for line in Line.objects.filter(action="lock")] == ["ine", "cor"]
    with pytest.raises(ValueError, match="Lock one session"):
        lock(by=inspector.user)


def test_unlocking_and_locking_sweep_what_nobody_can_use(inspector, colleague):
    with time_machine.travel(START, tick=False) as clock:
        begun(inspector, "left alone")
        clock.shift(15 * 60)
        begun(colleague, "new")
        assert Unlocked.objects.get().user == colleague.user
        clock.shift(15 * 60)
        assert forget_expired(now=timezone.now()) == 1


def test_the_end_of_a_session_locks_it(client, inspector):
    log_in(client, inspector.user)
    unlock(client, inspector)
    client.session.flush()
    assert not Unlocked.objects.exists()


@given(st.one_of(st.text(max_size=80), st.binary(max_size=64).map(cookie_value)))
@example(cookie_value(KEY))
@example("A" * 43)
@example("=" * 43)
@example("é" * 43)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_other_cookie_opens_anything(inspector, cookie):
    if not Unlocked.objects.exists():
        begun(inspector)
    assert asked(inspector, cookie) is None


@given(st.binary(min_size=32, max_size=32))
def test_a_key_goes_into_a_cookie_and_comes_out(key):
    assert cookie_key(cookie_value(key)) == key


@given(st.one_of(st.text(alphabet=st.characters(max_codepoint=255), max_size=60)))
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_a_browser_sends_as_a_cookie_the_page_answers(inspector, cookie):
    client = Client(raise_request_exception=False)
    log_in(client, inspector.user)
    client.cookies["unlock"] = "x"
    client.cookies["unlock"].set("unlock", cookie, cookie)
    for address in ("/ontgrendelen", "/sleutel"):
        assert client.get(address).status_code < 500
    assert client.post("/ontgrendelen", {"phrase": cookie}).status_code in (400, 429)
