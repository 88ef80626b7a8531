"""What the duties ask, on the list of what is due: by the norm of the house, or on the ladder."""

from dataclasses import replace
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.worklist.listed import beside, listed
from tests.duties.kept import KNOWN
from vertrouwd.desk.worklist import pages
from vertrouwd.desk.worklist.pages import OF_EACH
from vertrouwd.dossiers.life import close
from vertrouwd.duties.actions import assess_dossier, record_step
from vertrouwd.duties.terms import Step, Weighing

DUE = "/dossiers?lijst=termijn"


def owing(desk, *, days_ago=0):
    """A dossier of the inspector whose board has known for so many days."""
    dossier = desk.dossier()
    knew = timezone.localdate() - timedelta(days=days_ago)
    assess_dossier(dossier, facts=replace(KNOWN, known_on=knew), by=desk.inspector)
    return dossier


def test_what_the_law_wants_at_once_stands_there_by_the_norm_of_the_house(desk):
    dossier = owing(desk)
    page = desk.get(DUE)
    assert dossier.reference in page
    assert "meldplicht, huisnorm" in page
    assert "De dagen hier zijn van het huis" in page
    assert "te laat" not in page


def test_what_is_long_due_is_late_and_comes_first(desk):
    recent, old = owing(desk), owing(desk, days_ago=30)
    page = desk.get(DUE)
    assert page.count('<tr role="row" class="late">') == 1
    assert page.index(old.reference) < page.index(recent.reference)


def test_what_was_done_is_not_asked_and_a_closed_dossier_asks_nothing(desk):
    done, closed = owing(desk), owing(desk)
    today = timezone.localdate()
    record_step(done, step=Step.CONSULTED, on=today, by=desk.inspector)
    weighing = Weighing.NOT_REASONABLE
    record_step(done, step=Step.WEIGHED, on=today, by=desk.inspector, weighing=weighing)
    close(closed, outcome="advies gegeven", by=desk.inspector)
    page = desk.get(DUE)
    assert done.reference not in page
    assert closed.reference not in page


def test_a_dossier_of_a_colleague_asks_nothing_here(desk):
    dossier = owing(desk)
    dossier.assignments.all().delete()
    assert dossier.reference not in desk.get(DUE)


def test_the_number_of_questions_is_the_same_for_one_row_and_for_many(desk):
    counted = []
    for number in (1, OF_EACH + 4):
        for _ in range(number):
            desk.task(owing(desk), in_days=3, owner=desk.inspector)
        desk.get(DUE)  # now and then a look is written in the session
        with CaptureQueriesContext(connection) as queries:
            page = desk.get(DUE)
        counted.append(len(queries))
    assert page.count('<th role="rowheader"') == 2 * OF_EACH
    assert counted[0] == counted[1], counted


def test_what_duties_ask_stands_in_order_of_its_day_on_as_many_pages_as_it_takes(desk, monkeypatch):
    monkeypatch.setattr(pages, "OF_EACH", 2)
    owed = [owing(desk, days_ago=days) for days in (3, 40, 11, 26, 7)]
    by_day = [owed[each].reference for each in (1, 3, 2, 4, 0)]
    desk.task(owing(desk), in_days=3)  # one more, last of all, with a task
    first = desk.get(DUE)
    assert listed(first)[:2] == by_day[:2]
    assert (first.count(">Taken<"), first.count("Naar de taken")) == (1, 1)
    second = desk.get(beside(first, "next"))
    assert listed(second) == by_day[2:4]
    assert ">Taken<" not in second
    third = desk.get(beside(second, "next"))
    assert listed(third)[0] == by_day[4]
    assert 'rel="next"' not in third
    assert listed(desk.get(beside(third, "prev"))) == by_day[2:4]


def test_a_further_page_of_tasks_shows_no_duties(desk, monkeypatch):
    monkeypatch.setattr(pages, "OF_EACH", 1)
    dossier = owing(desk)
    for days in (1, 2, 3):
        desk.task(dossier, in_days=days)
    page = desk.get(beside(desk.get(DUE), "next"))
    assert "Plichten uit de wet" not in page
    assert len(listed(page)) == 1
