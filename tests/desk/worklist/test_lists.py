"""The work list: what stands on which list, in which order, and what an address may hold."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.worklist.listed import beside, listed
from tests.factories import make_institution, make_report
from vertrouwd.accounts.models import system_actor
from vertrouwd.audit.models import Line
from vertrouwd.desk.worklist.choices import FILTERS, LISTS, Choice
from vertrouwd.desk.worklist.pages import ON_A_PAGE
from vertrouwd.dossiers.assigning import break_glass, end_assignment
from vertrouwd.dossiers.life import close, set_waiting
from vertrouwd.dossiers.models import Dossier, SavedFilter
from vertrouwd.dossiers.terms import GlassGround
from vertrouwd.schools.supervision import record_supervision


def numbers(*dossiers: Dossier) -> list[str]:
    return [dossier.reference for dossier in dossiers]


# What stands where


def test_mine_are_those_one_handles_or_broke_the_glass_of_and_no_others(desk):
    mine, colleagues, behind_glass = desk.dossier(), desk.unseen(), desk.unseen()
    break_glass(
        behind_glass.reference, ground=GlassGround.DANGER, reason="nu", by=desk.inspector,
        opened=desk.opened,
    )  # fmt: skip
    assert set(listed(desk.get())) == set(numbers(mine, behind_glass))
    assert colleagues.reference not in desk.get("/dossiers?lijst=team")


def test_who_is_on_duty_sees_what_everybody_has_and_what_nobody_has(desk):
    mine, colleagues, nobodys = desk.dossier(), desk.unseen(), make_report().dossier
    assert "lijst=niemand" not in desk.get()
    desk.duty()
    assert set(listed(desk.get("/dossiers?lijst=team"))) == set(numbers(mine, colleagues, nobodys))
    assert listed(desk.get("/dossiers?lijst=niemand")) == numbers(nobodys)
    assert listed(desk.get()) == numbers(mine)


def test_a_dossier_whose_handler_left_it_is_of_nobody_again(desk):
    desk.duty()
    left = desk.unseen()
    end_assignment(left.reference, of=desk.coordinator, by=desk.coordinator)
    assert listed(desk.get("/dossiers?lijst=niemand")) == numbers(left)


def test_a_closed_dossier_leaves_the_lists_of_work_for_its_own(desk):
    open_, closed, waiting = desk.dossier(), desk.dossier(), desk.dossier()
    close(closed, outcome="advies gegeven", by=desk.inspector)
    set_waiting(waiting, by=desk.inspector)
    assert set(listed(desk.get())) == set(numbers(open_, waiting))
    assert listed(desk.get("/dossiers?lijst=wachten")) == numbers(waiting)
    assert listed(desk.get("/dossiers?lijst=gesloten")) == numbers(closed)
    assert "wacht op melder" in desk.get()


def test_a_dossier_of_a_school_one_supervises_stands_on_no_list_not_even_on_duty(desk):
    school = make_institution()
    hidden = desk.dossier(institution=school)
    desk.task(hidden, in_days=0, owner=desk.inspector)
    desk.duty()
    record_supervision(
        desk.inspector, institution=school, since=timezone.localdate(), by=system_actor()
    )
    for name in LISTS:
        assert hidden.reference not in desk.get(f"/dossiers?lijst={name}")
        assert school.name not in desk.get(f"/dossiers?lijst={name}")


def test_a_dossier_whose_reports_went_elsewhere_is_no_work(desk):
    emptied, other = desk.dossier(), desk.dossier()
    emptied.reports.update(dossier=other)
    assert listed(desk.get()) == numbers(other)
    assert "2 meldingen" in desk.get()


# What is due


def test_what_is_due_stands_in_order_of_its_day_and_says_what_is_late(desk):
    late, today, soon, far = (desk.dossier() for _ in range(4))
    desk.task(soon, in_days=10)
    desk.task(late, in_days=-2)
    desk.task(far, in_days=15)
    desk.task(today, in_days=0, owner=desk.inspector)
    page = desk.get("/dossiers?lijst=termijn")
    assert listed(page) == numbers(late, today, soon)
    assert (page.count("te laat"), page.count(">vandaag<")) == (1, 1)


def test_a_task_of_a_colleague_in_a_dossier_of_theirs_is_not_due_for_me(desk):
    desk.duty()
    theirs = desk.unseen()
    desk.task(theirs, in_days=0, owner=desk.coordinator)
    assert listed(desk.get("/dossiers?lijst=termijn")) == []
    desk.task(theirs, in_days=0, owner=None)
    assert listed(desk.get("/dossiers?lijst=termijn")) == numbers(theirs)


def test_a_done_task_is_due_no_more(desk):
    desk.task(
        desk.dossier(), in_days=0, done_at=timezone.now(), done_by=desk.inspector
    )  # fmt: skip
    assert listed(desk.get("/dossiers?lijst=termijn")) == []


# Order and pages


@pytest.mark.parametrize(("sort", "newest_first"), [("nieuw", True), ("oud", False)])
def test_each_dossier_stands_once_on_the_pages_in_order_there_and_back(desk, sort, newest_first):
    count = ON_A_PAGE * 2 + 7
    made = [desk.dossier() for _ in range(count)]
    same = timezone.now()  # opened in one moment: the number decides
    Dossier.objects.filter(pk__in=[each.pk for each in made[: ON_A_PAGE + 3]]).update(
        opened_at=same - timedelta(days=1)
    )
    expected = [each.reference for each in Dossier.objects.order_by("opened_at", "pk")]
    expected = expected[::-1] if newest_first else expected
    address, seen, pages = f"/dossiers?volgorde={sort}", [], []
    while address:
        page = desk.get(address)
        pages.append(listed(page))
        seen += pages[-1]
        address = beside(page, "next")
    assert seen == expected
    assert [len(each) for each in pages] == [ON_A_PAGE, ON_A_PAGE, 7]
    assert listed(desk.get(beside(page, "prev"))) == pages[1]


@pytest.mark.parametrize(
    "place",
    ["Jan", "1-", "99999999999999999999-1", "999999999999999999-1", "-1-1", "1-1-1", "٣-١", "0-0"],
)
@pytest.mark.parametrize("name", ["mijn", "termijn"])
def test_a_place_that_is_none_gives_a_page_all_the_same(desk, place, name):
    desk.task(desk.dossier(), in_days=0)
    for side in ("na", "voor"):
        desk.get(f"/dossiers?lijst={name}&{side}={place}")


def test_the_queries_do_not_grow_with_the_dossiers(desk):
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        return len(queries)

    desk.duty()
    desk.task(desk.dossier(), in_days=0)
    closed = desk.dossier()
    close(closed, outcome="advies gegeven", by=desk.inspector)
    set_waiting(desk.dossier(), by=desk.inspector)
    make_report()
    few = {name: asked(f"/dossiers?lijst={name}") for name in LISTS}
    for _ in range(12):
        desk.task(desk.dossier(), in_days=1, owner=desk.inspector)
        set_waiting(desk.dossier(), by=desk.inspector)
        make_report()
    assert {name: asked(f"/dossiers?lijst={name}") for name in LISTS} == few


# Coded choices


def test_a_filter_narrows_every_list_to_what_was_coded_so(desk):
    po, vo = desk.dossier(), desk.dossier(sector="vo", category="discriminatie", subcategory="")
    assert listed(desk.get("/dossiers?sector=vo")) == numbers(vo)
    assert listed(desk.get("/dossiers?categorie=psychisch-geweld")) == numbers(po)
    assert listed(desk.get("/dossiers?categorie=psychisch-geweld&sector=vo")) == []
    assert listed(desk.get("/dossiers?lijst=team&sector=vo")) == numbers(vo)
    desk.task(po, in_days=0)
    assert listed(desk.get("/dossiers?lijst=termijn&sector=vo")) == []


@pytest.mark.parametrize(
    "typed", ["sector=Jansen", "lijst=Jansen", "volgorde=Jansen", "stand=Jansen", "q=Jansen"]
)
def test_what_is_no_code_is_as_if_it_were_not_there_and_goes_nowhere(desk, typed):
    mine = desk.dossier()
    page = desk.get(f"/dossiers?{typed}")
    assert listed(page) == numbers(mine)
    assert "Jansen" not in page


def test_every_choice_is_read_back_from_its_own_address():
    for each in FILTERS:
        for code in each.values:
            for name in LISTS:
                choice = Choice.read({each.name: code, "lijst": name, "volgorde": "oud"})
                words = dict(part.split("=") for part in choice.query.split("&"))
                assert Choice.read(words) == choice
                assert len(choice.query) <= 400


def test_a_choice_is_kept_under_its_own_words_shown_and_dropped(desk):
    desk.dossier(sector="vo", category="discriminatie", subcategory="")
    chosen = {"lijst": "team", "sector": "vo", "name": "Jansen", "words": "Jansen"}
    for _ in "12":
        response = desk.client.post("/dossiers/keuzes", chosen)
        assert response["Location"] == "/dossiers?lijst=team&sector=vo"
    kept = SavedFilter.objects.get()
    assert "Jansen" not in kept.query
    page = desk.get(response["Location"])
    assert "Alles wat u mag zien · vo" in page
    assert "Bewaar deze keuze" not in page
    desk.browser(desk.coordinator).post("/dossiers/keuzes/weg", {"number": kept.pk})
    assert SavedFilter.objects.count() == 1
    desk.client.post("/dossiers/keuzes/weg", {"number": kept.pk})
    assert not SavedFilter.objects.exists()
    assert {line.action for line in Line.objects.all()} >= {"keep_filter", "drop_filter"}


def test_no_more_than_twelve_choices_are_kept(desk):
    codes = [(name, code) for name in ("mijn", "team") for code in FILTERS[1].values]
    for name, code in codes[:12]:
        desk.client.post("/dossiers/keuzes", {"lijst": name, "categorie": code})
    response = desk.client.post(
        "/dossiers/keuzes", {"lijst": codes[12][0], "categorie": codes[12][1]}, follow=True
    )
    assert "U bewaart al twaalf keuzes" in response.content.decode()
    assert SavedFilter.objects.count() == 12


def test_a_list_is_one_line_that_names_no_row(desk):
    desk.dossier()
    before = Line.objects.count()
    desk.get("/dossiers?lijst=team&sector=po")
    (line,) = Line.objects.order_by("pk")[before:]
    assert (line.action, line.kind, line.object, line.detail) == (
        "list", "dossier", "", {"count": 1},
    )  # fmt: skip


def test_the_day_of_the_first_report_is_named_when_the_dossier_was_opened_on_another(desk):
    old = desk.dossier(received_on=date(2023, 4, 17))
    desk.dossier(received_on=timezone.localdate())
    page = desk.get()
    assert page.count("eerste melding op") == 1
    assert "eerste melding op 17 apr 2023" in page
    shown = desk.client.get(f"/dossiers/{old.reference}").content.decode()
    assert "<dt>Eerste melding op</dt><dd>17 april 2023</dd>" in shown
