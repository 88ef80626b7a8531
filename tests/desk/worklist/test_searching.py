"""Search over the opened caseload: what is found, what stays nowhere, and where it stops."""

import re
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.worklist.test_lists import numbers
from tests.factories import make_institution
from vertrouwd.accounts.models import OpenSession, system_actor
from vertrouwd.audit.models import Line
from vertrouwd.desk.worklist import lists, searching
from vertrouwd.desk.worklist.choices import Choice
from vertrouwd.desk.worklist.searching import plain, search, words_of
from vertrouwd.dossiers.assigning import break_glass
from vertrouwd.dossiers.notes import add_note, edit_note
from vertrouwd.dossiers.terms import GlassGround
from vertrouwd.schools.supervision import record_supervision
from vertrouwd.sealing.models import DataKey
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

STORY = "Meester Ångström dreigde bij de fietsenstalling."


def told(dossier, text=STORY, *, name="K. Müller-Özdemir"):
    report = dossier.reports.get()
    seal_texts(report.record, Purpose.THREAD, {"narrative": text}, by=system_actor())
    seal_texts(report.record, Purpose.IDENTITY, {"accused_name": name}, by=system_actor())
    return dossier


def ask(desk, words: str, **more) -> str:
    response = desk.client.post("/dossiers/zoeken", {"words": words, **more})
    assert response.status_code == 200
    return response.content.decode()


def found(page: str) -> list[str]:
    return re.findall(r'class="go" href="/dossiers/(D-\d+)"', page)


# What is found


@pytest.mark.parametrize(
    "words",
    [
        "fietsenstalling", "FIETSENSTALLING", "angstrom", "ÅNGSTRÖM", "muller ozdemir", "özdemir",
        "A\u030angstro\u0308m", "stalling dreigde", "müller fietsen", "  dreigde   ",
    ],
)  # fmt: skip
def test_words_are_found_in_capitals_and_accents_and_spread_over_texts(desk, words):
    dossier = told(desk.dossier())
    told(desk.dossier(), "Er is niets gezegd over een plaats.", name="P. de Wit")
    assert found(ask(desk, words)) == numbers(dossier)


@pytest.mark.parametrize("words", ["brommer", "fietsenstalling brommer", "jansen"])
def test_what_no_dossier_holds_in_full_is_not_found(desk, words):
    told(desk.dossier())
    page = ask(desk, words)
    assert found(page) == []
    assert "Niets gevonden" in page


def test_a_note_is_found_by_what_it_says_now_and_not_by_what_it_said(desk):
    dossier = desk.dossier()
    note = add_note(
        dossier, kind="aantekening", words="De moeder belde.", by=desk.inspector,
        opened=desk.opened,
    )  # fmt: skip
    edit_note(note, words="De oma belde.", expected=1, by=desk.inspector, opened=desk.opened)
    assert found(ask(desk, "oma")) == numbers(dossier)
    assert "aantekeningen" in ask(desk, "oma")
    assert found(ask(desk, "moeder")) == []


@pytest.mark.parametrize(
    ("typed", "compared"),
    [("Łódź", "lodz"), ("ŒUVRE", "oeuvre"), ("Straße", "strasse"), ("İzmir", "izmir"),
     ("Ĳsland", "ijsland"), ("Ünal\u00a0  Çelik", "unal celik"), ("ليلى", "ليلى"), ("🙈", "🙈")],
)  # fmt: skip
def test_letters_are_compared_as_they_are_typed_without_signs(typed, compared):
    assert plain(typed) == compared


def test_only_the_list_and_the_filters_that_were_chosen_are_searched(desk):
    po, vo = told(desk.dossier()), told(desk.dossier(sector="vo"))
    assert found(ask(desk, "dreigde")) == numbers(vo, po)
    assert found(ask(desk, "dreigde", sector="vo")) == numbers(vo)
    assert found(ask(desk, "dreigde", lijst="gesloten")) == []


# For whom


def test_what_one_may_not_see_is_not_found_not_even_counted(desk):
    told(desk.unseen())
    school = make_institution()
    told(desk.dossier(institution=school))
    record_supervision(
        desk.inspector, institution=school, since=timezone.localdate(), by=system_actor()
    )
    page = ask(desk, "dreigde", lijst="team")
    assert found(page) == []
    assert "de teksten van 0 dossiers" in page
    desk.duty()
    assert len(found(ask(desk, "dreigde", lijst="team"))) == 1


def test_who_has_not_unlocked_is_led_to_do_so_and_nothing_is_searched(desk):
    locked = desk.browser(desk.inspector, unlocked=False)
    response = locked.post("/dossiers/zoeken", {"words": "dreigde"})
    assert response["Location"].split("?")[0] == "/ontgrendelen"
    assert "dreigde" not in response["Location"]
    assert 'name="words"' not in locked.get("/dossiers").content.decode()


def test_the_reason_of_a_broken_glass_is_not_found_it_is_for_who_judges(desk):
    dossier = desk.dossier()
    break_glass(
        dossier.reference, ground=GlassGround.DANGER, reason="De kelder.", by=desk.coordinator,
        opened=desk.team.opened(desk.coordinator),
    )  # fmt: skip
    assert found(ask(desk, "kelder")) == []


def test_what_was_destroyed_is_counted_as_not_to_be_opened(desk):
    told(desk.dossier())
    DataKey.objects.filter(purpose=Purpose.IDENTITY).update(
        wrapped=None, destroyed_at=timezone.now()
    )
    page = ask(desk, "dreigde")
    assert len(found(page)) == 1
    assert "In 1 dossier is een tekst vernietigd of niet te openen" in page


# What stays nowhere


def test_nothing_of_a_search_is_in_the_address_the_session_the_log_or_the_page_of_the_text(
    desk, capfd
):
    dossier = told(desk.dossier())
    before = Line.objects.count()
    response = desk.client.post("/dossiers/zoeken", {"words": "angstrom fietsenstalling"})
    page = response.content.decode()
    assert "Location" not in response
    assert "no-store" in response["Cache-Control"]
    assert "dreigde" not in page  # where it stands, not what stands there
    assert "wat er is verteld" in page
    (line,) = Line.objects.order_by("pk")[before:]
    assert (line.action, line.kind, line.object, line.detail) == (
        "search", "dossier", "", {"count": 1, "opened": 1},
    )  # fmt: skip
    assert dossier.reference not in str(list(Line.objects.order_by("pk").values())[before:])
    stored = str(list(OpenSession.objects.values())) + str(dict(desk.client.session))
    said = "".join(capfd.readouterr())
    for word in ("angstrom", "fietsenstalling", "Ångström"):
        assert word not in stored
        assert word not in said
        assert word not in str(response.headers)
        assert word not in str([morsel.value for morsel in desk.client.cookies.values()])


@pytest.mark.parametrize(
    ("words", "says"),
    [("", "Vul een of meer woorden in"), ("a", "twee letters of meer"), (" \u0301 ", "letters"),
     ("b" * 201, "te lang")],
)  # fmt: skip
def test_a_question_that_is_none_is_explained(desk, words, says):
    response = desk.client.post("/dossiers/zoeken", {"words": words})
    assert response.status_code == 400
    assert says in response.content.decode()


# Where it stops


def clock(step: float):
    ticks = count()
    return lambda: next(ticks) * step


def test_a_search_stops_when_its_time_is_up_and_goes_on_from_there(desk, monkeypatch):
    monkeypatch.setattr(searching, "AT_ONCE", 2)
    made = [told(desk.dossier()) for _ in range(5)]
    among = lists.dossiers_of(Choice(), desk.inspector)
    first = search(words_of("dreigde"), among, opened=desk.opened, clock=clock(3.0))
    assert (first.searched, first.is_whole) == (4, False)
    rest = search(words_of("dreigde"), among, opened=desk.opened, after=str(first.resume))
    assert (rest.searched, rest.is_whole) == (1, True)
    hits = [hit.dossier.reference for hit in first.hits + rest.hits]
    assert hits == numbers(*reversed(made))


@pytest.mark.parametrize("bound", ["MOST_DOSSIERS", "MOST_FOUND"])
def test_a_page_says_that_it_stopped_how_to_narrow_and_goes_on(desk, monkeypatch, bound):
    monkeypatch.setattr(searching, "AT_ONCE", 2)
    monkeypatch.setattr(searching, bound, 2)
    for _ in range(3):
        told(desk.dossier())
    page = ask(desk, "dreigde", sector="po")
    assert "wij stopten om u niet te laten wachten" in page
    after = page.split('name="after" value="')[1].split('"')[0]
    assert len(found(page)) == 2
    rest = ask(desk, "dreigde", sector="po", after=after)
    assert len(found(rest)) == 1
    assert "Dat zijn alle dossiers van deze keuze" in rest


def test_the_queries_of_a_search_grow_with_the_batches_and_not_with_the_dossiers(desk):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(desk, "dreigde")
        return len(queries)

    told(desk.dossier())
    one = asked()
    for _ in range(6):
        told(desk.dossier())
    assert asked() == one
