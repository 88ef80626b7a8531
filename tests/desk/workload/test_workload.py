"""Who has how much, for the coordinator: numbers, and never a dossier."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.worklist.conftest import Desk, opened
from tests.dossiers.casework import handle, supervise
from tests.factories import make_institution, make_report
from vertrouwd.accounts.models import User
from vertrouwd.audit.models import Line
from vertrouwd.desk.workload.counts import WEEKS, Load, workload
from vertrouwd.dossiers.life import close, reopen, set_waiting


@pytest.fixture
def desk(casework, db, home) -> Desk:
    return Desk()


def of(desk: Desk, person: User) -> Load:
    found = workload(desk.coordinator, now=timezone.now())
    return next(load for load in found.people if load.person == person)


def test_each_colleague_has_what_is_open_waits_and_is_late(desk):
    first, waits, closed = desk.old(days=40), desk.dossier(), desk.dossier()
    set_waiting(waits, by=desk.inspector)
    close(closed, outcome="advies gegeven", by=desk.inspector)
    desk.task(first, in_days=-1, owner=desk.inspector)
    desk.task(first, in_days=0, owner=desk.inspector)
    desk.task(closed, in_days=-1, owner=desk.inspector)
    desk.duty()
    load = of(desk, desk.inspector)
    assert (load.open, load.waiting, load.overdue) == (2, 1, 1)
    assert load.oldest == timezone.localdate() - timedelta(days=40)
    assert load.duty == timezone.localdate()
    assert of(desk, desk.coordinator).open == 0


def test_a_dossier_of_two_counts_for_each_and_once_in_all(desk):
    desk.dossier(desk.inspector, desk.coordinator)
    found = workload(desk.coordinator, now=timezone.now())
    assert [load.open for load in found.people] == [1, 1]
    assert found.total.open == 1


def test_what_nobody_has_is_counted_and_leads_to_dividing(desk):
    make_report()
    page = desk.browser(desk.coordinator, unlocked=False).get("/verdelen/werk").content.decode()
    assert "1 dossier heeft nog niemand" in page
    assert 'href="/rooster"' in page


def test_who_left_is_shown_while_they_still_have_a_dossier(desk):
    gone = desk.colleague(name="Weg de Ander")
    dossier = make_report().dossier
    held = handle(dossier, gone)
    gone.is_active = False
    gone.save()
    assert of(desk, gone).open == 1
    held.delete()
    people = [load.person for load in workload(desk.coordinator, now=timezone.now()).people]
    assert gone not in people


def test_a_dossier_that_does_not_exist_for_the_coordinator_is_in_no_number(desk):
    school = make_institution()
    hidden = desk.dossier(institution=school)
    desk.task(hidden, in_days=-1, owner=desk.inspector)
    make_report(institution=school)
    supervise(desk.coordinator, school)
    found = workload(desk.coordinator, now=timezone.now())
    assert [(load.open, load.overdue) for load in found.people] == [(0, 0), (0, 0)]
    assert (found.total.open, found.unassigned) == (0, 0)
    assert sum(week.opened for week in found.weeks) == 0


def test_each_week_has_what_came_and_what_was_closed_and_stayed_so(desk):
    now = timezone.now()
    this, last = desk.dossier(), desk.dossier()
    opened(this, now)
    opened(last, now - timedelta(weeks=1))
    opened(desk.dossier(), now - timedelta(weeks=WEEKS + 1))
    close(last, outcome="advies gegeven", by=desk.inspector, now=now)
    close(this, outcome="advies gegeven", by=desk.inspector, now=now)
    reopen(this, reason="te vroeg gesloten", by=desk.inspector, now=now)
    weeks = workload(desk.coordinator, now=now).weeks
    assert [(week.opened, week.closed) for week in weeks[:3]] == [(1, 1), (1, 0), (0, 0)]
    assert len(weeks) == WEEKS


def test_the_page_names_colleagues_and_numbers_and_no_dossier(desk):
    dossier = desk.dossier()
    page = desk.browser(desk.coordinator, unlocked=False).get("/verdelen/werk").content.decode()
    assert desk.inspector.username in page
    assert not re.search(r"D-\d", page)
    for word in (dossier.category, dossier.subcategory, "po<"):
        assert word not in page
    line = Line.objects.latest("pk")
    assert (line.action, line.kind, line.detail) == (
        "list", "account", {"count": 2, "content": False},
    )  # fmt: skip


def test_the_questions_do_not_grow(desk):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            workload(desk.coordinator, now=timezone.now())
        return len(queries)

    desk.dossier()
    one = asked()
    for _ in range(5):
        desk.dossier(desk.colleague())
    assert asked() == one
