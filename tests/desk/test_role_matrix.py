"""Who gets in where, for every page of both sites: what happens is what role_matrix.txt says."""

import re
from collections import Counter, defaultdict

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.matrix import WORDS, outcome, rows, told
from tests.desk.whole_office import KINDS, NOBODY, SCHOOL, STORY, THINGS, WholeOffice
from tests.publication.overview_example import ExampleRelease
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.project.routes import SITES, routes_of
from vertrouwd.publication.overview.files import write_overview

pytestmark = pytest.mark.slow  # some three thousand requests
ROWS = {site: rows(site) for site in SITES}
PAGES = list(dict.fromkeys(row.route for row in ROWS["casework"]))
NEVER_A_CASE = ("bare", "analyst", "publish", "admin", "privacy")
LED_ELSEWHERE = {"login", "step2", "unlock"}


@pytest.fixture
def office(casework, db, home) -> WholeOffice:
    return WholeOffice()


def ask(office, row, kind):
    """Ask for it as that person, and take back whatever came of it.

    Returns what a browser got, the new lines about refusals, and the questions to the database.
    """
    address = office.address(row.route, row.thing, kind)
    before = Line.objects.count()
    with transaction.atomic():
        send = getattr(office.browser(kind), row.method.lower())
        form = office.form(row.route, row.thing) if row.method == "POST" else {}
        with CaptureQueriesContext(connection) as queries:
            response = send(address, form)
        lines = list(Line.objects.order_by("pk")[before:])
        transaction.set_rollback(True)
    asked = Counter(" ".join(re.sub(r"\d+", "", q["sql"]).split()[:3]) for q in queries)
    return response, [line for line in lines if line.result == "refused"], asked, address


# The table is whole


@pytest.mark.parametrize("site", SITES)
def test_every_page_is_decided_for_whoever_comes_and_no_page_is_left_in_the_table(site):
    asked_in = defaultdict(set)
    for row in ROWS[site]:
        asked_in[row.route].add(row.method)
    assert set(asked_in) == {route.path for route in routes_of(site)}
    assert {route for route, methods in asked_in.items() if methods != {"GET", "POST"}} == set()


@pytest.mark.parametrize("site", SITES)
def test_every_cell_holds_a_word_that_is_explained_and_no_line_stands_there_twice(site):
    assert {word for row in ROWS[site] for word in row.cells.values()} <= WORDS
    seen = Counter((row.method, row.route, row.thing) for row in ROWS[site])
    assert [line for line, times in seen.items() if times > 1] == []


def test_every_role_and_every_state_has_a_column():
    assert {kind.role for kind in KINDS.values()} == {None, *Role}
    for row in ROWS["casework"]:
        assert list(row.cells) == [NOBODY, *KINDS]


def test_a_page_about_one_thing_is_asked_for_everything_that_may_stand_there():
    """So also for what is missing."""
    things = defaultdict(set)
    for row in ROWS["casework"]:
        things[row.route].add(row.thing)
    for route, found in things.items():
        if "<" in route:
            word = route.partition("<")[0].rstrip("/").rpartition("/")[2]
            assert found == set(THINGS[word, route.partition("<")[2].partition(">")[0]]), route


# What happens is what the table says


@pytest.mark.parametrize("page", PAGES)
def test_whoever_comes_gets_what_the_table_says(office, page):
    """Also: each refusal leaves one line; forbidden is told apart from missing by nothing."""
    wrong, answers = [], defaultdict(dict)
    for row in (row for row in ROWS["casework"] if row.route == page):
        for kind, expected in row.cells.items():
            response, refusals, asked, address = ask(office, row, kind)
            found = outcome(response, refused=len(refusals))
            if found != expected or response.status_code >= 500:
                wrong.append((row.method, address, kind, expected, found, response.status_code))
            if found == "404":
                assert len(refusals) == 1, (row, kind)
                assert_names_no_more_than_was_asked(refusals[0], row, address, office, kind)
            if found in ("404", "none", "login", "step2", "unlock"):
                answers[row.method, kind, found][row.thing] = (
                    told(response, asked=address), asked
                )  # fmt: skip
    assert wrong == []
    for (method, kind, found), each in answers.items():
        alike = {str(answer) for answer, _ in each.values()}
        assert len(alike) == 1, (method, page, kind, found)
        work = {str(sorted(asked.items())) for _, asked in each.values()}
        assert len(work) == 1, (method, page, kind, work)


def assert_names_no_more_than_was_asked(line, row, address, office, kind):
    """A closed gate names the page; a closed door what was asked, when it has the form of it."""
    assert line.actor == office.people[kind].username
    if line.action == "open_page":
        assert (line.kind, "/" in line.object, line.detail) == ("page", False, {})
    else:
        sent = str(office.form(row.route, row.thing).get("reference", ""))
        assert line.object in ("", address.split("/")[-1], address.split("/")[-2], sent)
        assert "Jan" not in line.object


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].second_step])
def test_every_404_is_the_one_of_an_address_that_was_never_there(office, kind):
    nowhere = {
        method: told(
            getattr(office.browser(kind), method.lower())("/nergens"), asked="/nergens"
        )
        for method in ("GET", "POST")
    }  # fmt: skip
    for row in ROWS["casework"]:
        if row.cells[kind] in ("404", "none"):
            response, _, _, address = ask(office, row, kind)
            assert told(response, asked=address) == nowhere[row.method], (row.method, address)


def test_no_other_kind_of_request_opens_what_get_does_not(office):
    gated = {route.path for route in routes_of("casework") if not route.is_public}
    asked = ("-", "own", "missing", "colleague")
    for row in ROWS["casework"]:
        if row.method == "POST" or row.route not in gated or row.thing not in asked:
            continue
        for kind in (NOBODY, "bare", "admin", "insp-"):
            expected = row.cells[kind]
            if expected in ("open", "405"):
                continue
            address = office.address(row.route, row.thing, kind)
            for method in ("head", "put", "patch", "delete", "options", "trace"):
                with transaction.atomic():
                    response = getattr(office.browser(kind), method)(address)
                    transaction.set_rollback(True)
                found = outcome(response, refused=1 if expected == "404" else 0)
                assert found in (expected, "405"), (method, address, kind)


@pytest.mark.parametrize("digits", [16, 19, 30, 150, 5000])
def test_a_number_that_no_database_can_hold_is_missing_and_breaks_nothing(office, digits):
    for row in ROWS["casework"]:
        if row.thing != "missing" or "<int:number>" not in row.route:
            continue
        address = row.route.replace("<int:number>", "9" * digits)
        form = office.form(row.route, row.thing) if row.method == "POST" else {}
        for kind in ("admin", "coor+"):
            response = getattr(office.browser(kind), row.method.lower())(address, form)
            found = outcome(response, refused=1)
            # Python reads no number of 5000 digits: no page is found at all.
            assert found == row.cells[kind] or (digits, found) == (5000, "404"), (address, found)
    assert max(len(line.object) for line in Line.objects.all()) <= 100


@pytest.mark.parametrize("kind", NEVER_A_CASE)
def test_who_is_not_here_for_cases_never_gets_a_word_of_one(office, kind):
    """With a key, an assignment, duty and a broken glass in the database, by every page."""
    words = [STORY, SCHOOL, "psychisch geweld", "pesten", "/dossiers/D-"]
    names = [each.reference for each in (office.own, office.other, office.supervised)]
    for row in ROWS["casework"]:
        if row.cells[kind] in LED_ELSEWHERE:
            continue
        response, _, _, address = ask(office, row, kind)
        _, headers, body = told(response, asked=address)
        # The log names what was looked at, by its number: the privacy officer reads that.
        for word in [*words, *([] if row.route == "/logboek" else names)]:
            assert word not in body, (row.method, address, word)
            assert word not in headers, (row.method, address, word)


@pytest.mark.parametrize("kind", ["insp-", "coor-"])
def test_who_has_not_unlocked_reads_nothing_that_is_sealed(office, kind):
    for row in ROWS["casework"]:
        if row.cells[kind] == "open":
            response, _, _, address = ask(office, row, kind)
            assert STORY not in told(response, asked=address)[2], (row.method, address)


def test_the_same_pages_tell_a_case_to_who_is(office):
    """So that the test before this one can find something."""
    body = office.browser("insp+").get(f"/dossiers/{office.own.reference}").content.decode()
    assert STORY in body
    assert "psychisch geweld" in body


# The public process


@pytest.fixture
def published(home) -> None:
    folder = home / "publications" / "2022-2023"
    write_overview(ExampleRelease(), folder / "overview")
    (folder / "letter").mkdir()
    (folder / "letter" / "letter.txt").write_text("Geachte voorzitter,")
    (folder / "letter" / "draft.odt").write_text("niet voor u")


PUBLIC_THINGS = {
    "/cijfers/<str:year>": {
        "published": "/cijfers/2022-2023", "missing": "/cijfers/1998-1999",
        "nonsense": "/cijfers/Jan",
    },
    "/cijfers/<str:year>/<path:name>": {
        "published": "/cijfers/2022-2023/letter/letter.txt",
        "draft": "/cijfers/2022-2023/letter/draft.odt",
        "missing": "/cijfers/2022-2023/letter/letter.odt",
    },
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS["public"], ids=lambda row: f"{row.method} {row.route}")
def test_the_public_site_is_the_same_for_anybody_and_for_who_works_here(db, published, row):
    address = PUBLIC_THINGS[row.route][row.thing] if "<" in row.route else row.route
    stranger, worker = Client(), Client()
    worker.cookies["login"], worker.cookies["unlock"] = "a" * 32, "b" * 43
    answers = set()
    for client in (stranger, worker):
        response = getattr(client, row.method.lower())(address)
        assert outcome(response, refused=0) == row.cells["anybody"]
        assert not response.cookies
        answers.add(told(response, asked=address))
    assert len(answers) == 1
    assert not Line.objects.exists()
