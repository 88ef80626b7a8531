"""Who is in a dossier through broken glass is told on the page who may join, and leaves word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.case.test_joining_pages import WHY, seen, undo_of
from tests.dossiers.casework import behind_glass, handlers, on_duty, supervise
from tests.factories import make_institution, make_report
from tests.on_a_page import in_one_line
from vertrouwd.dossiers.joining import join_dossiers, take_event_back
from vertrouwd.dossiers.models import Dossier, LedgerEvent, Task
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.dossiers.tasks import words_of

SAME = "mogelijk dezelfde zaak"


@pytest.fixture
def own(desk) -> Dossier:
    return desk.dossier()


@pytest.fixture
def theirs(desk, colleague) -> Dossier:
    """The dossier of a colleague, open to the desk through broken glass."""
    dossier = colleague.dossier()
    behind_glass(dossier, desk.user)
    return dossier


def word(other: Dossier | None = None, **changed) -> dict[str, object]:
    due = timezone.localdate() + timedelta(days=1)
    form = {"kind": SAME, "other": other.reference if other else "", "due_on": due}
    return form | {"after": 0, "words": "Zelfde vest, zelfde gang."} | changed


@pytest.mark.parametrize("from_own", [True, False])
def test_instead_of_the_join_the_page_says_who_may_and_offers_to_leave_word(
    desk, colleague, own, theirs, from_own: bool
) -> None:
    here, there = (own, theirs) if from_own else (theirs, own)
    more = f"/samenvoegen?met={there.reference}"
    officer = on_duty()
    for page in (desk.page(here, more), desk.page(here, more + "&andersom=1")):
        assert "Voeg samen" not in page
        assert f"Wie vandaag dienst heeft: {officer.username}." in page
        assert f"{theirs.reference} wordt behandeld door {colleague.user.username}." in page
        assert f"/dossiers/{theirs.reference}/laat-weten" in page
        assert f"Het nummer {own.reference} ziet daar alleen" in page


def test_a_join_that_is_sent_all_the_same_is_not_done(desk, own, theirs) -> None:
    for here, there in ((own, theirs), (theirs, own)):
        page = desk.send(here, f"/samenvoegen?met={there.reference}", seen="x", **WHY)
        assert "Wie kan het wel" in page.content.decode()
    assert not LedgerEvent.objects.filter(source__isnull=False).exists()


def test_who_supervises_the_school_of_one_of_the_two_is_not_named_as_who_may(
    desk, own, colleague
) -> None:
    school = make_institution()
    theirs = colleague.dossier(institution=school)
    behind_glass(theirs, desk.user)
    officer = on_duty()
    supervise(officer, school)
    page = desk.page(own, f"/samenvoegen?met={theirs.reference}")
    assert "Vandaag heeft niemand dienst die dit kan doen." in page
    assert officer.username not in page


def test_word_becomes_a_task_behind_the_glass_and_tells_no_number_to_who_may_not_open_it(
    desk, colleague, own, theirs
) -> None:
    to = desk.sent(theirs, "/laat-weten", **word(own))
    assert to == f"/dossiers/{own.reference}"
    desk.sent(theirs, "/laat-weten", **word(own))  # sent twice
    task = Task.objects.get()
    assert (task.dossier, task.other, task.owner) == (theirs, own, None)
    assert words_of(task, opened=colleague.opened) == "Zelfde vest, zelfde gang."
    page = colleague.page(theirs)
    assert "mogelijk dezelfde zaak</strong> als een ander dossier" in page
    assert f"gezien door {desk.user.username}" in page
    assert "Zelfde vest, zelfde gang." in page
    assert own.reference not in page
    assert not handlers(theirs) & {desk.user}


def test_who_may_open_both_goes_from_the_task_to_the_join(desk, colleague, own, theirs) -> None:
    desk.sent(theirs, "/laat-weten", **word(own))
    by = colleague.user
    set_duty(timezone.localdate(), people=[by], by=by)
    more = f"/samenvoegen?met={own.reference}"
    assert f'href="/dossiers/{theirs.reference}{more}"' in colleague.page(theirs)
    preview = colleague.page(theirs, more)
    colleague.sent(theirs, more, seen=seen(preview), **WHY)
    assert own.reports.count() + theirs.reports.count() == 2
    assert desk.user in handlers(theirs) | handlers(own)  # by a colleague's decision


def test_what_was_seen_is_not_lost_when_the_glass_closes_while_it_is_written(
    desk, own, theirs
) -> None:
    theirs.glass_breaks.update(
        opened_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now()
    )
    desk.page(theirs, status=404)
    assert desk.send(theirs, "/laat-weten", **word(own, due_on="")).status_code == 400
    desk.sent(theirs, "/laat-weten", **word(own))
    assert Task.objects.get().dossier == theirs
    desk.page(theirs, status=404)


def test_no_word_is_left_where_no_glass_was_broken_or_long_ago(desk, own, colleague) -> None:
    theirs, school = colleague.dossier(), make_institution()
    supervised = colleague.dossier(institution=school)
    behind_glass(supervised, desk.user)
    supervise(desk.user, school)
    for dossier in (theirs, supervised):
        assert desk.send(dossier, "/laat-weten", **word(own)).status_code == 404
    behind_glass(theirs, desk.user, at=timezone.now() - timedelta(hours=5))
    assert desk.send(theirs, "/laat-weten", **word(own)).status_code == 404
    assert desk.send(own, "/laat-weten", **word(supervised)).status_code == 404
    assert not Task.objects.exists()


def test_no_word_is_left_in_a_dossier_about_itself(desk, theirs) -> None:
    answer = desk.send(theirs, "/laat-weten", **word(theirs))
    assert "Dit is hetzelfde dossier." in desk.page(theirs)
    assert answer.status_code == 302
    assert not Task.objects.exists()


def test_of_two_that_are_both_behind_glass_each_gets_the_word(desk, colleague, theirs) -> None:
    other = colleague.dossier()
    behind_glass(other, desk.user)
    desk.sent(theirs, "/laat-weten", **word(other))
    assert {(t.dossier_id, t.other_id) for t in Task.objects.all()} == {
        (theirs.pk, other.pk), (other.pk, theirs.pk)
    }  # fmt: skip


def test_a_report_is_not_taken_out_and_word_names_the_report(desk, theirs) -> None:
    join_dossiers(make_report().dossier, into=theirs, reason="anders", by=on_duty())
    report = theirs.reports.order_by("pk").last()
    more = f"/losmaken?melding={report.reference}"
    page = desk.page(theirs, more)
    assert "Mogelijk niet dezelfde zaak" in page
    assert f"Het gaat om {report.reference}." in page
    desk.send(theirs, more, reason="anders", seen="x")
    assert theirs.reports.count() == 2
    desk.sent(theirs, "/laat-weten", **word(kind="mogelijk niet dezelfde zaak"))
    assert Task.objects.get().kind == "mogelijk niet dezelfde zaak"


def test_nothing_is_taken_back_through_glass_and_the_page_says_who_may(
    desk, colleague, theirs
) -> None:
    event = join_dossiers(make_report().dossier, into=theirs, reason="anders", by=on_duty())
    to = desk.sent(theirs, "/terug", event=event.pk)
    assert to == f"/dossiers/{theirs.reference}/terug?event={event.pk}"
    page = desk.page(theirs, f"/terug?event={event.pk}")
    assert "gebroken glas" in page
    assert "Maak dit ongedaan" not in page
    assert f"/dossiers/{theirs.reference}/laat-weten" in page
    assert theirs.reports.count() == 2


def test_through_the_old_number_of_what_is_behind_glass_nothing_is_taken_back(desk, theirs) -> None:
    old = make_report().dossier
    event = join_dossiers(old, into=theirs, reason="anders", by=on_duty())
    assert theirs.reference in desk.page(old)
    desk.sent(old, "/terug", event=event.pk)
    assert theirs.reports.count() == 2


def test_that_it_is_not_the_same_case_is_remembered_through_glass(desk, own, theirs) -> None:
    page = desk.page(own, f"/samenvoegen?met={theirs.reference}")
    assert "Onthoud: niet dezelfde zaak" in page
    desk.sent(own, "/andere-zaak", reference=theirs.reference)
    page = desk.page(theirs)
    assert own.reference in page.split('id="anders"')[1].split("</section>")[0]
    desk.sent(theirs, "/terug", event=undo_of(page))
    assert 'id="anders"' not in desk.page(theirs)


def test_who_handles_one_of_two_cannot_do_an_undone_join_again_and_is_told_why(
    desk, colleague, own
) -> None:
    theirs = colleague.dossier()
    officer = on_duty()
    event = join_dossiers(own, into=theirs, reason="anders", by=officer)
    undo = take_event_back(event, by=officer)
    page = desk.page(own, f"/terug?event={undo.pk}")
    assert "U behandelt niet elk dossier" in page
    assert "laat-weten" not in page
    desk.sent(own, "/terug", event=undo.pk)
    assert own.reports.count() == 1
    assert theirs.reference not in page


def test_word_about_a_school_one_supervises_is_not_there_for_who_handles_the_dossier(
    desk, colleague, theirs
) -> None:
    school = make_institution()
    hidden = desk.dossier(institution=school)
    desk.send(theirs, "/laat-weten", **word(hidden))
    desk.sent(theirs, "/andere-zaak", reference=hidden.reference)
    supervise(colleague.user, school)
    addresses = (f"/dossiers/{theirs.reference}", "/dossiers", "/dossiers?lijst=termijn", "/")
    pages = [in_one_line(colleague.client.get(each).content.decode()) for each in addresses]
    assert theirs.reference in pages[0]
    for page in pages:
        assert SAME not in page
        assert "een ander dossier" not in page
        assert "taken en termijnen" not in page
        assert "taak of termijn" not in page
    other = desk.page(theirs)  # who knows both
    assert SAME in other
    assert other.count(hidden.reference) >= 2
