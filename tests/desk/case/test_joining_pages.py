"""Join and separate on the pages: choose, see what changes, confirm, and take back."""

import re
from datetime import date

import pytest

from tests.dossiers.casework import handle, handlers, supervise
from tests.factories import make_dossier, make_institution
from vertrouwd.dossiers.counting import count
from vertrouwd.dossiers.joining import join_dossiers
from vertrouwd.dossiers.models import LedgerEvent
from vertrouwd.schools.years import SchoolYear

YEAR = SchoolYear(2022)
WHY = {"reason": "hetzelfde voorval", "words": "Zelfde gang."}


def seen(page: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', page)[1]


def undo_of(page: str) -> str:
    """The number behind the first button that takes something back."""
    return re.search(r'name="event" value="(\d+)"', page)[1]


def join_on_the_pages(desk, here, other) -> str:
    """Look at what changes, and confirm; where it leads."""
    more = f"/samenvoegen?met={other.reference}"
    return desk.sent(here, more, seen=seen(desk.page(here, more)), **WHY)


def test_two_dossiers_become_one_and_are_two_again_with_one_click(desk) -> None:
    older, newer = desk.dossier(), desk.dossier()
    for here, other in ((older, newer), (newer, older)):
        assert join_on_the_pages(desk, here, other) == f"/dossiers/{older.reference}"
        assert older.reports.count() == 2
        page = desk.page(older)
        assert "Zelfde gang." in page
        notice = page.split('id="net"')[1]
        assert notice.index("Maak dit ongedaan") < notice.index("</form>")
        desk.sent(older, "/terug", event=undo_of(notice))
        assert (older.reports.count(), newer.reports.count()) == (1, 1)


def test_the_preview_says_what_changes_and_changes_nothing(desk, coordinator) -> None:
    one, two = desk.dossier(), desk.dossier(category="fysiek geweld", subcategory="")
    handle(two, coordinator[1])
    page = desk.page(one, f"/samenvoegen?met={two.reference}")
    for words in (
        "2022-2023: van 2 naar 1 dossier<", "verschillend gecodeerd",
        "coordinator kan ook het andere deel openen", "Geen termijn verandert.",
        "De codes van de melders blijven werken.", two.reports.get().reference,
    ):  # fmt: skip
        assert words in page, words
    assert count(YEAR) == 2
    assert one.reports.count() == 1


def test_the_preview_names_who_loses_access_for_a_conflict(desk, coordinator) -> None:
    school = make_institution()
    theirs, at_school = desk.dossier(), desk.dossier(institution=school)
    handle(theirs, coordinator[1])
    supervise(coordinator[1], school)
    page = desk.page(theirs, f"/samenvoegen?met={at_school.reference}")
    assert "coordinator kan het niet meer openen" in page
    join_on_the_pages(desk, theirs, at_school)
    assert handlers(theirs) | handlers(at_school) == {desk.user}


def test_the_other_way_round_keeps_the_other_number(desk) -> None:
    older, newer = desk.dossier(), desk.dossier()
    more = f"/samenvoegen?met={newer.reference}&andersom=1"
    to = desk.sent(older, more, seen=seen(desk.page(older, more)), **WHY)
    assert to == f"/dossiers/{newer.reference}"
    assert newer.reports.count() == 2


def test_missing_and_forbidden_are_one_answer(desk) -> None:
    here, forbidden = desk.dossier(), make_dossier()
    school = make_institution()
    supervised = desk.dossier(institution=school)
    supervise(desk.user, school)
    answers = set()
    for reference in (forbidden.reference, supervised.reference, "D-0099999"):
        page = desk.page(here, f"/samenvoegen?met={reference}", status=400)
        assert "Dit dossier is er niet." in page
        answers.add(re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page))
    assert len(answers) == 1
    for nonsense in ("Jan", "", here.reference):
        assert "er is niet" not in desk.page(here, f"/samenvoegen?met={nonsense}", status=400)


def test_only_what_one_may_open_is_offered_of_the_same_institution(desk) -> None:
    school, other_school = make_institution(), make_institution()
    here, same = desk.dossier(institution=school), desk.dossier(institution=school)
    hidden = make_dossier(institution=school)
    elsewhere = desk.dossier(institution=other_school)
    page = desk.page(here, "/samenvoegen")
    assert same.reference in page
    for other in (hidden, elsewhere):
        assert other.reference not in page


def test_what_is_offered_is_a_link_to_read_it_with_the_day_of_its_first_report(desk) -> None:
    school = make_institution()
    here = desk.dossier(institution=school)
    late, early = (
        desk.dossier(institution=school, received_on=date(2023, month, 14)) for month in (3, 1)
    )
    page = desk.page(here, "/samenvoegen")
    for other, day in ((late, "14 maart 2023"), (early, "14 januari 2023")):
        assert f'<a href="/dossiers/{other.reference}">{other.reference}</a>, {day}' in page
    assert page.index(late.reference) < page.index(early.reference)


def test_not_the_same_case_is_remembered_on_both_pages_and_before_a_join(desk) -> None:
    school = make_institution()
    one, two = desk.dossier(institution=school), desk.dossier(institution=school)
    desk.sent(one, "/andere-zaak", reference=two.reference)
    for here, other in ((one, two), (two, one)):
        assert other.reference in desk.page(here).split('id="anders"')[1].split("</section>")[0]
        assert "eerder: niet dezelfde zaak" in desk.page(here, "/samenvoegen")
        assert "Eerder is beslist" in desk.page(here, f"/samenvoegen?met={other.reference}")
    desk.sent(one, "/terug", event=undo_of(desk.page(one)))
    assert 'id="anders"' not in desk.page(two)


def test_a_form_that_is_sent_twice_joins_once_and_says_so(desk) -> None:
    one, two = desk.dossier(), desk.dossier()
    more = f"/samenvoegen?met={two.reference}"
    form = {"seen": seen(desk.page(one, more)), **WHY}
    desk.sent(one, more, **form)
    again = desk.send(one, more, **form)
    assert "geen meldingen meer" in again.content.decode()
    assert LedgerEvent.objects.filter(source__isnull=False).count() == 1


def test_of_two_who_join_crosswise_the_second_is_told_where_to_look(desk, colleague) -> None:
    one, two = desk.dossier(), desk.dossier()
    for dossier in (one, two):
        handle(dossier, colleague.user)
    there = f"/samenvoegen?met={two.reference}"
    back = f"{there}&andersom=1"
    forms = seen(desk.page(one, there)), seen(colleague.page(one, back))
    desk.sent(one, there, seen=forms[0], **WHY)
    page = colleague.send(one, back, seen=forms[1], **WHY).content.decode()
    assert "Bekijk het opnieuw" in page
    assert "Misschien voegde een collega ze net samen" in page
    assert (one.reports.count(), two.reports.count()) == (2, 0)


def test_going_back_to_a_preview_that_is_no_longer_true_does_nothing(desk) -> None:
    one, two, three = desk.dossier(), desk.dossier(), desk.dossier()
    more = f"/samenvoegen?met={two.reference}"
    form = {"seen": seen(desk.page(one, more)), **WHY}
    join_dossiers(three, into=two, reason="anders", by=desk.user)
    answer = desk.send(one, more, **form)
    page = answer.content.decode()
    assert "Bekijk het opnieuw" in page
    assert "Zelfde gang." in page  # what was typed is there still
    assert one.reports.count() == 1
    desk.sent(one, more, **{**form, "seen": seen(page)})
    assert one.reports.count() == 3


def test_without_a_reason_nothing_is_joined(desk) -> None:
    one, two = desk.dossier(), desk.dossier()
    more = f"/samenvoegen?met={two.reference}"
    answer = desk.send(one, more, seen=seen(desk.page(one, more)))
    assert answer.status_code == 400
    assert "Kies een reden." in answer.content.decode()
    assert one.reports.count() == 1


@pytest.mark.parametrize("number", [0, 1])
def test_a_report_is_taken_out_and_put_back(desk, number: int) -> None:
    one, two = desk.dossier(), desk.dossier()
    join_on_the_pages(desk, one, two)
    report = one.reports.order_by("pk")[number]
    more = f"/losmaken?melding={report.reference}"
    page = desk.page(one, more)
    assert "2022-2023: van 1 naar 2 dossiers" in page
    form = {"reason": "ten onrechte samengevoegd", "seen": seen(page)}
    assert desk.sent(one, more, **form) == f"/dossiers/{one.reference}"
    assert count(YEAR) == 2
    page = desk.page(one)
    fresh = LedgerEvent.objects.get(kind="losgemaakt").dossier
    assert fresh.reference in page
    assert report.reference in desk.page(fresh)
    desk.sent(one, "/terug", event=undo_of(page.split('id="net"')[1]))
    assert count(YEAR) == 1
    assert one.reference in desk.page(fresh)  # its number leads back


def test_what_is_not_in_this_dossier_is_not_taken_out_of_it_or_undone_there(desk) -> None:
    one, two, three = desk.dossier(), desk.dossier(), desk.dossier()
    join_on_the_pages(desk, one, two)
    event = LedgerEvent.objects.get(source__isnull=False)
    desk.sent(three, "/terug", event=event.pk)
    assert one.reports.count() == 2
    stranger = three.reports.get().reference
    for reference in (stranger, "M-1", "Jan", "M-" + "9" * 400):
        assert "Welke melding" in desk.page(one, f"/losmaken?melding={reference}")
    assert "Er valt niets los te maken" in desk.page(three, f"/losmaken?melding={stranger}")
