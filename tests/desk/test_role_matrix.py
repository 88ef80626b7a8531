"""Who gets in where, for every page of the casework: what happens is what role_matrix.txt says.

The office is made once: every request is rolled back, so the next one finds it as it was, and what
came of a request is kept for the tests that ask the same. On PostgreSQL only those ask who come
past a gate: a gate that stays closed asks nothing that the databases answer differently.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.db import connection, reset_queries, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.matrix import WORDS, Row, outcome, rows, told
from tests.desk.whole_office import KINDS, NOBODY, SCHOOL, STORY, THINGS, WholeOffice
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.project.routes import SITES, routes_of

pytestmark = pytest.mark.slow  # some three thousand requests
ROWS = {site: rows(site) for site in SITES}
PAGES = list(dict.fromkeys(row.route for row in ROWS["casework"]))
NEVER_A_CASE = ("bare", "analyst", "publish", "admin", "privacy")
LED_ELSEWHERE = {"login", "step2", "unlock"}


PAST_A_GATE = {"admin", "privacy", "insp+", "coor+"}


@dataclass(frozen=True)
class Answer:
    """What came of one request: what a browser got, and what was left behind.

    `refusals` are the new lines about one, `asked` counts the questions to the database by kind.
    """

    outcome: str
    status: int
    told: tuple[int, str, str]
    refusals: list[Line]
    asked: Counter[str]
    address: str


class Asking:
    """The whole office, and all that was asked in it so far."""

    def __init__(self, office: WholeOffice) -> None:
        self.office, self.made_at = office, timezone.now()
        self._answers: dict[tuple[str, str, str, str], Answer] = {}

    def ask(self, row: Row, kind: str) -> Answer:
        """Ask for it as that person, and take back whatever came of it."""
        which = row.method, row.route, row.thing, kind
        if which not in self._answers:
            self._answers[which] = self._asked(row, kind)
        return self._answers[which]

    def _asked(self, row: Row, kind: str) -> Answer:
        address = self.office.address(row.route, row.thing, kind)
        before = Line.objects.count()
        reset_queries()  # the list of them is finite
        with transaction.atomic():
            send = getattr(self.office.browser(kind), row.method.lower())
            form = self.office.form(row.route, row.thing) if row.method == "POST" else {}
            with CaptureQueriesContext(connection) as queries:
                response = send(address, form)
            lines = list(Line.objects.order_by("pk")[before:])
            transaction.set_rollback(True)
        refusals = [line for line in lines if line.result == "refused"]
        asked = Counter(" ".join(re.sub(r"\d+", "", q["sql"]).split()[:3]) for q in queries)
        found = outcome(response, refused=len(refusals))
        said = told(response, asked=address)
        return Answer(found, response.status_code, said, refusals, asked, address)


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Asking]:
    home = tmp_path_factory.mktemp("kantoor")
    with (
        django_db_blocker.unblock(),
        override_settings(VERTROUWD_HOME=home),
        transaction.atomic(),
    ):
        yield Asking(WholeOffice())
        transaction.set_rollback(True)


@pytest.fixture
def asking(made_once, casework, db) -> Iterator[Asking]:
    """As the office was made: also on a machine that takes long, nobody's session has ended."""
    with time_machine.travel(made_once.made_at, tick=False):
        yield made_once


@pytest.fixture
def office(asking) -> WholeOffice:
    return asking.office


def comes(kind: str) -> bool:
    """Whether this kind of person asks on this database."""
    return connection.vendor == "sqlite" or kind in PAST_A_GATE


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
def test_whoever_comes_gets_what_the_table_says(asking, page):
    """Also: each refusal leaves one line; forbidden is told apart from missing by nothing."""
    wrong, alike = [], defaultdict(list)
    for row in (row for row in ROWS["casework"] if row.route == page):
        for kind in filter(comes, row.cells):
            got, expected = asking.ask(row, kind), row.cells[kind]
            if got.outcome != expected or got.status >= 500:
                wrong.append((row.method, got.address, kind, expected, got.outcome, got.status))
            if got.outcome == "404":
                assert len(got.refusals) == 1, (row, kind)
                assert_names_no_more_than_was_asked(got, row, asking.office, kind)
            if got.outcome in ("404", "none", "login", "step2", "unlock"):
                alike[row.method, kind, got.outcome].append(got)
    assert wrong == []
    for which, answers in alike.items():
        assert len({str(got.told) for got in answers}) == 1, (page, *which)
        work = {str(sorted(got.asked.items())) for got in answers}
        assert len(work) == 1, (page, *which, work)


def assert_names_no_more_than_was_asked(got, row, office, kind):
    """A closed gate names the page; a closed door what was asked, when it has the form of it."""
    [line], address = got.refusals, got.address
    assert line.actor == office.people[kind].username
    if line.action == "open_page":
        assert (line.kind, "/" in line.object, line.detail) == ("page", False, {})
    else:
        sent = str(office.form(row.route, row.thing).get("reference", ""))
        assert line.object in ("", sent, *address.split("/"))
        assert "Jan" not in line.object


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].second_step])
def test_every_404_is_the_one_of_an_address_that_was_never_there(asking, kind):
    nowhere = {
        method: told(
            getattr(asking.office.browser(kind), method.lower())("/nergens"), asked="/nergens"
        )
        for method in ("GET", "POST")
    }  # fmt: skip
    for row in ROWS["casework"]:
        if comes(kind) and row.cells[kind] in ("404", "none"):
            got = asking.ask(row, kind)
            assert got.told == nowhere[row.method], (row.method, got.address)


@pytest.mark.one_engine
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


@pytest.mark.one_engine
@pytest.mark.parametrize("kind", NEVER_A_CASE)
def test_who_is_not_here_for_cases_never_gets_a_word_of_one(asking, kind):
    """With a key, an assignment, duty and a broken glass in the database, by every page."""
    words = [STORY, SCHOOL, "psychisch geweld", "pesten", "/dossiers/D-"]
    office = asking.office
    names = [each.reference for each in (office.own, office.other, office.supervised)]
    for row in ROWS["casework"]:
        if row.cells[kind] in LED_ELSEWHERE:
            continue
        got = asking.ask(row, kind)
        _, headers, body = got.told
        # The log names what was looked at, by its number: the privacy officer reads that. The
        # sheet of invented facts lists every category there is.
        told = [*words, *([] if row.route == "/logboek" else names)]
        if row.route == "/plichten/vergelijken":
            told.remove("psychisch geweld")
        for word in told:
            assert word not in body, (row.method, got.address, word)
            assert word not in headers, (row.method, got.address, word)


@pytest.mark.one_engine
@pytest.mark.parametrize("kind", ["insp-", "coor-"])
def test_who_has_not_unlocked_reads_nothing_that_is_sealed(asking, kind):
    for row in ROWS["casework"]:
        if row.cells[kind] == "open":
            got = asking.ask(row, kind)
            assert STORY not in got.told[2], (row.method, got.address)


def test_the_same_pages_tell_a_case_to_who_is(office):
    """So that the test before this one can find something."""
    body = office.browser("insp+").get(f"/dossiers/{office.own.reference}").content.decode()
    assert STORY in body
    assert "psychisch geweld" in body
