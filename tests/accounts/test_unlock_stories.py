"""An inspector makes a key, writes the passphrase down, unlocks, works, and locks."""

import pytest
import time_machine as time_machine_module

from tests.accounts.holders import hidden, make_holder, unlock, words_on
from tests.people import PASSWORD, log_in, make_user
from tests.teams import make_opened_team
from vertrouwd.accounts.login.steps import SHOWN_AT
from vertrouwd.accounts.models import Holding, Unlocked, UnlockSlot
from vertrouwd.accounts.terms import Role, SlotKind
from vertrouwd.audit.models import Line
from vertrouwd.sealing.models import HolderKey


@pytest.fixture
def inspector(db, casework, home):
    return make_user("ine", roles=[Role.INSPECTOR], name="Ine Inspecteur")


@pytest.fixture
def inside(client, inspector):
    """The browser of somebody who logged in."""
    log_in(client, inspector)
    return client


@pytest.fixture
def held(inspector):
    return make_holder(inspector)


@pytest.fixture
def words() -> str:
    """Six words that are in the list, and of nobody."""
    return "aap aap aap aap aap aap"


@pytest.fixture
def client_class():
    """For a second browser."""
    from django.test import Client

    return Client


@pytest.fixture
def time_machine():
    """A clock to set."""
    with time_machine_module.travel("2026-11-25T09:00:00Z", tick=False) as traveller:
        yield traveller


def actions() -> list[str]:
    return [line.action for line in Line.objects.all()]


def test_a_newcomer_makes_a_key_writes_six_words_down_and_waits_for_a_colleague(inside, inspector):
    assert "Maak mijn sleutel" in inside.get("/sleutel").content.decode()
    shown = inside.post("/sleutel/nieuw")
    assert shown.headers["Cache-Control"] == "no-store"
    phrase = words_on(shown)
    assert len(phrase.split()) == 6
    assert not HolderKey.objects.exists()  # nothing is stored of what nobody may have written down
    field = inside.post("/sleutel/overtypen", {"travelling": hidden(shown, "travelling")})
    assert phrase.split()[0] not in field.content.decode().split("<main")[1]
    stored = inside.post(
        "/sleutel/overtypen",
        {"travelling": hidden(field, "travelling"), "phrase": phrase.upper(), "purpose": "nieuw"},
    )
    assert (stored.status_code, stored.headers["Location"]) == (302, "/sleutel")
    holder = Holding.objects.get(user=inspector).holder
    page = inside.get("/sleutel").content.decode()
    assert "Wacht tot een collega u toelaat" in page
    assert all(group in page for group in holder.fingerprint.split())
    assert [slot.kind for slot in UnlockSlot.objects.all()] == [SlotKind.PASSPHRASE]
    assert actions()[-2:] == ["make_key", "unlock"]


def test_where_nobody_was_let_in_yet_the_page_names_the_ceremony_not_a_colleague(
    inside, inspector, held
):
    inside.post("/ontgrendelen", {"phrase": held.phrase})
    assert "voor op de ceremonie" in inside.get("/sleutel").content.decode()
    make_opened_team()
    page = inside.get("/sleutel").content.decode()
    assert "Bel een collega die al is toegelaten" in page and "ceremonie" not in page


def test_a_key_unlocks_for_one_session_and_one_click_locks_it(inside, held):
    assert inside.get("/ontgrendelen?next=/dossiers").status_code == 200
    response = inside.post("/ontgrendelen", {"phrase": held.phrase, "next": "/dossiers"})
    assert (response.status_code, response.headers["Location"]) == (302, "/dossiers")
    cookie = response.cookies["unlock"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert not (cookie["max-age"] or cookie["expires"] or cookie["secure"])
    assert held.secret.public.fingerprint.split()[0] in inside.get("/sleutel").content.decode()
    assert inside.get("/ontgrendelen?next=/dossiers").headers["Location"] == "/dossiers"

    locked = inside.post("/vergrendelen")
    assert (locked.status_code, locked.headers["Location"]) == (302, "/ontgrendelen")
    assert locked.cookies["unlock"].value == ""
    assert not Unlocked.objects.exists()
    assert actions()[-2:] == ["unlock", "lock"]


def test_locking_is_a_button_and_not_a_link(inside, held):
    unlock(inside, held)
    assert inside.get("/vergrendelen").status_code == 405
    assert Unlocked.objects.exists()


def test_a_phrase_may_be_typed_with_capitals_and_spaces_as_it_comes(inside, held):
    messy = "  " + "   ".join(word.title() for word in held.phrase.split()) + " "
    assert inside.post("/ontgrendelen", {"phrase": messy}).status_code == 302


@pytest.mark.parametrize("next_", ["https://elders.example/", "//elders.example", "/\\elders", ""])
def test_after_unlocking_one_never_lands_on_another_site(inside, held, next_):
    response = inside.post("/ontgrendelen", {"phrase": held.phrase, "next": next_})
    assert response.headers["Location"] == "/"


def test_a_wrong_phrase_is_refused_calmly_and_written_down(inside, held, words):
    response = inside.post("/ontgrendelen", {"phrase": words})
    page = response.content.decode()
    assert response.status_code == 400
    assert "Dit is niet uw wachtzin" in page
    assert " ".join(words.split()[:2]) not in page  # one word may be one of the page
    assert "unlock" not in response.cookies
    line = Line.objects.last()
    assert (line.action, line.result) == ("unlock", "refused")
    assert line.detail == {"reason": "wrong_passphrase"}


def test_words_that_are_not_in_the_list_are_named_by_their_place_only(inside, held):
    typed = held.phrase.split()
    typed[2], typed[5] = "qwxzk", "zzzzv"
    page = inside.post("/ontgrendelen", {"phrase": " ".join(typed)}).content.decode()
    assert "Het derde woord staat niet in de lijst." in page
    assert "Het zesde woord staat niet in de lijst." in page
    assert not {"qwxzk", "zzzzv", *typed} & set(page.split("<main")[1].split())


def test_a_phrase_that_lacks_a_word_is_said_to_be_short(inside, held):
    five = " ".join(held.phrase.split()[:5])
    page = inside.post("/ontgrendelen", {"phrase": five}).content.decode()
    assert "U typte 5 woorden; een wachtzin heeft er zes." in page


def test_after_some_wrong_tries_this_session_waits_and_another_does_not(
    inside, held, words, client_class
):
    for _ in range(4):
        assert inside.post("/ontgrendelen", {"phrase": words}).status_code == 400
    waiting = inside.post("/ontgrendelen", {"phrase": held.phrase})
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "2")
    assert "Wacht nog 2 seconden" in waiting.content.decode()
    other = client_class()
    log_in(other, held.user)
    assert other.post("/ontgrendelen", {"phrase": held.phrase}).status_code == 302


def test_the_wait_passes(inside, held, words, time_machine):
    time_machine.move_to("2026-11-25T09:00:00Z")
    log_in(inside, held.user)
    for _ in range(4):
        inside.post("/ontgrendelen", {"phrase": words})
    time_machine.shift(2.1)
    assert inside.post("/ontgrendelen", {"phrase": held.phrase}).status_code == 302


def test_who_is_not_to_read_cases_has_no_key_and_no_page_for_one(client, db, casework, home):
    log_in(client, make_user(roles=[Role.ADMINISTRATOR]))
    for address in ("/sleutel", "/ontgrendelen", "/sleutel/toelaten"):
        assert client.get(address).status_code == 404
    assert client.post("/vergrendelen").headers["Location"] == "/"


def test_nobody_unlocks_without_logging_in(client, db, casework, home):
    response = client.post("/ontgrendelen", {"phrase": "een twee drie"})
    assert response.headers["Location"].startswith("/inloggen")


def test_who_has_no_key_is_led_to_making_one(inside):
    assert inside.get("/ontgrendelen").headers["Location"] == "/sleutel"


def test_a_forgotten_passphrase_costs_the_key_and_a_colleague_lets_in_again(inside, held):
    unlock(inside, held)
    without_the_tick = inside.post("/sleutel/nieuw")
    assert without_the_tick.status_code == 400
    assert "Zet het vinkje" in without_the_tick.content.decode()
    shown = inside.post("/sleutel/nieuw", {"understood": "on"})
    phrase = words_on(shown)
    typed = {"travelling": hidden(shown, "travelling"), "phrase": phrase, "purpose": "nieuw"}
    assert inside.post("/sleutel/overtypen", typed).status_code == 302
    new = Holding.objects.get(user=held.user).holder
    old = HolderKey.objects.get(pk=held.holder.pk)
    assert new != old
    assert old.revoked_at
    assert not old.unlock_slots.exists()
    assert inside.post("/vergrendelen").status_code == 302
    assert inside.post("/ontgrendelen", {"phrase": held.phrase}).status_code == 400
    assert inside.post("/ontgrendelen", {"phrase": phrase}).status_code == 302


def test_a_new_passphrase_takes_the_place_of_the_old_one_for_the_same_key(inside, held):
    assert inside.post("/sleutel/wachtzin").headers["Location"] == "/ontgrendelen"
    unlock(inside, held)
    shown = inside.post("/sleutel/wachtzin")
    phrase = words_on(shown)
    typed = {"travelling": hidden(shown, "travelling"), "phrase": phrase, "purpose": "wachtzin"}
    assert inside.post("/sleutel/overtypen", typed).headers["Location"] == "/sleutel"
    inside.post("/vergrendelen")
    assert inside.post("/ontgrendelen", {"phrase": held.phrase}).status_code == 400
    assert inside.post("/ontgrendelen", {"phrase": phrase}).status_code == 302
    assert Holding.objects.get(user=held.user).holder == held.holder


def test_a_passphrase_that_is_typed_over_wrongly_stores_nothing(inside, words):
    shown = inside.post("/sleutel/nieuw")
    typed = {"travelling": hidden(shown, "travelling"), "phrase": words, "purpose": "nieuw"}
    assert inside.post("/sleutel/overtypen", typed).status_code == 400
    assert not HolderKey.objects.exists()


def test_what_was_shown_counts_a_quarter_of_an_hour_and_in_its_own_session(
    inside, inspector, client_class, time_machine
):
    time_machine.move_to("2026-11-25T09:00:00Z")
    log_in(inside, inspector)
    shown = inside.post("/sleutel/nieuw")
    typed = {
        "travelling": hidden(shown, "travelling"),
        "phrase": words_on(shown),
        "purpose": "nieuw",
    }
    other = client_class()
    log_in(other, inspector)
    assert other.post("/sleutel/overtypen", typed).headers["Location"] == "/sleutel"
    time_machine.shift(14 * 60)
    inside.get("/sleutel")  # the session itself is kept alive
    time_machine.shift(2 * 60)
    assert inside.post("/sleutel/overtypen", typed).headers["Location"] == "/sleutel"
    assert not HolderKey.objects.exists()


def test_after_a_link_from_another_site_one_click_goes_on(inside, held):
    unlock(inside, held)
    strict = inside.cookies.pop("unlock")  # what a browser leaves out after such a link
    page = inside.get("/ontgrendelen?next=/dossiers").content.decode()
    assert '<a class="button" href="/dossiers">' in page
    inside.cookies["unlock"] = strict.value
    assert inside.get("/ontgrendelen?next=/dossiers").status_code == 302


def test_a_page_left_open_takes_nobodys_key(inside, held):
    """A new key ends what was granted to the old one: the password is asked first."""
    session = inside.session
    session[SHOWN_AT] = 0
    session.save()
    answer = inside.post("/sleutel/nieuw", {"understood": "on"})
    assert answer["Location"] == "/mijn-account/bevestigen?next=/sleutel"
    inside.post("/mijn-account/bevestigen", {"password": PASSWORD})
    assert words_on(inside.post("/sleutel/nieuw", {"understood": "on"}))


def test_a_form_that_is_sent_once_more_makes_no_second_key(inside, inspector):
    shown = inside.post("/sleutel/nieuw")
    form = {
        "travelling": hidden(shown, "travelling"), "purpose": "nieuw", "phrase": words_on(shown),
    }  # fmt: skip
    for _ in "12":
        assert inside.post("/sleutel/overtypen", form)["Location"] == "/sleutel"
    assert HolderKey.objects.get().revoked_at is None
