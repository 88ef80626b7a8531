"""The first page of the day: what waits, for whom, and what it never says."""

import re
import secrets
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.attachments.made_files import photo
from tests.attachments.sent_files import send
from tests.desk.worklist.listed import listed
from tests.desk.worklist.test_duties import owing
from tests.desk.worklist.test_lists import numbers
from tests.dossiers.casework import handle, supervise
from tests.factories import make_institution, make_report
from tests.intake.tellings import TOLD
from tests.on_a_page import in_one_line
from vertrouwd.attachments.cleaning.opening import cleaned_copy
from vertrouwd.dossiers.assigning import break_glass
from vertrouwd.dossiers.life import close
from vertrouwd.dossiers.models import Dossier, Message, Task
from vertrouwd.dossiers.terms import GlassGround
from vertrouwd.intake.receiving import receive

NOTHING = "Er wacht niets op u."


def waits(page: str) -> dict[str, tuple[str, int]]:
    """Each line by its words: where it leads, and its number."""
    found = re.findall(
        r'<li><a href="([^"]+)"><strong>(\d+)</strong> <span>([^<]+)</span></a>', page
    )
    return {words: (address, int(number)) for address, number, words in found}


def first_page(desk, person=None) -> str:
    client = desk.browser(person) if person else desk.client
    return client.get("/").content.decode()


def wrote(dossier: Dossier) -> Message:
    return Message.objects.create(report=dossier.reports.get(), sender="melder", at=timezone.now())


def test_who_has_nothing_to_do_is_told_so(desk):
    desk.dossier()
    assert waits(first_page(desk)) == {}
    assert NOTHING in first_page(desk)
    assert "1 dossier staat op uw naam." in first_page(desk)


def test_a_report_of_the_public_form_is_seen_by_who_is_on_duty_and_who_divides(desk):
    receive(TOLD, token=secrets.token_bytes(32))
    words = "dossier heeft nog niemand"
    assert waits(first_page(desk)) == {}
    desk.duty()
    page = first_page(desk)
    assert waits(page) == {words: ("/dossiers?lijst=niemand", 1)}
    assert "Het kwam vandaag binnen, om " in page
    assert NOTHING not in page
    assert waits(first_page(desk, desk.coordinator)) == {words: ("/verdelen", 1)}
    handle(Dossier.objects.get(), desk.coordinator)
    for person in (desk.inspector, desk.coordinator):
        assert waits(first_page(desk, person)) == {}


def test_of_an_older_report_that_nobody_has_the_day_is_named(desk):
    desk.duty()
    report = make_report(now=timezone.now() - timedelta(days=3))
    day = timezone.localdate(report.dossier.opened_at)
    assert f"Het kwam binnen op {day.day} " in first_page(desk)


def test_what_reporters_wrote_and_sent_leads_to_the_dossiers_it_is_in(desk):
    told, sent, both, quiet = (desk.dossier() for _ in range(4))
    wrote(told), wrote(both), wrote(both)
    file = send(sent.reports.get(), photo())
    send(both.reports.get(), photo())
    found = waits(first_page(desk))
    assert found == {
        "dossiers met een nieuw bericht van de melder": ("/dossiers?lijst=nieuws", 2),
        "dossiers met een bestand dat nog niemand bekeek": ("/dossiers?lijst=nieuws", 2),
    }
    assert set(listed(desk.get("/dossiers?lijst=nieuws"))) == set(numbers(told, sent, both))
    cleaned_copy(file, opened=desk.opened, by=desk.inspector)
    desk.client.get(f"/dossiers/{told.reference}/bericht?melding={told.reports.get().reference}")
    assert listed(desk.get("/dossiers?lijst=nieuws")) == numbers(both)
    assert {number for _, number in waits(first_page(desk)).values()} == {1}
    assert quiet.reference not in desk.get("/dossiers?lijst=nieuws")


def test_a_word_in_a_closed_dossier_of_mine_waits_for_me_and_in_one_of_a_colleague_does_not(desk):
    closed, theirs = desk.dossier(), desk.unseen()
    close(closed, outcome="advies gegeven", by=desk.inspector)
    wrote(closed), wrote(theirs), send(theirs.reports.get(), photo())
    assert [number for _, number in waits(first_page(desk)).values()] == [1]
    assert listed(desk.get("/dossiers?lijst=nieuws")) == numbers(closed)
    desk.duty()
    assert [number for _, number in waits(first_page(desk)).values()] == [1]


def test_who_is_called_back_today_stands_there_with_the_hours_that_are_safe(desk):
    later, early, unknown, tomorrow = (desk.dossier() for _ in range(4))
    desk.safe(later.reports.get(), in_days=0, hours=(15, 16))
    desk.safe(early.reports.get(), in_days=0, hours=(9, 10))
    for dossier in (later, unknown, early):
        desk.task(dossier, in_days=0)
    desk.safe(tomorrow.reports.get(), in_days=1)
    desk.task(tomorrow, in_days=1)
    page = first_page(desk)
    assert waits(page)["keer terugbellen vandaag"] == ("/dossiers?lijst=termijn", 3)
    assert listed(page) == numbers(early, later, unknown)
    said = in_one_line(page)
    assert f"{early.reference} , veilig tussen 09:00 en 10:00 uur" in said
    assert f"{later.reference} , veilig tussen 15:00 en 16:00 uur" in said
    assert said.count("veilig") == 2


def test_what_is_due_today_and_what_is_late_are_counted_as_in_the_e_mail(desk):
    mine, elsewhere = desk.dossier(), desk.unseen()
    desk.task(mine, in_days=0, owner=desk.inspector)
    desk.task(mine, in_days=-2)
    desk.task(mine, in_days=1)
    desk.task(mine, in_days=0, owner=desk.coordinator)
    desk.task(elsewhere, in_days=0)
    Task.objects.update(kind="anders")
    assert waits(first_page(desk)) == {
        "taak of termijn is te laat": ("/dossiers?lijst=termijn", 1),
        "taak of termijn moet vandaag af": ("/dossiers?lijst=termijn", 1),
    }


def test_a_duty_of_which_the_day_is_past_is_late(desk):
    owing(desk)
    assert waits(first_page(desk)) == {}
    owing(desk, days_ago=30)
    assert waits(first_page(desk)) == {"taak of termijn is te laat": ("/dossiers?lijst=termijn", 1)}


def test_ones_own_task_counts_where_one_may_look_and_not_where_one_may_not(desk):
    behind_glass, shut = desk.unseen(), desk.unseen()
    for dossier in (behind_glass, shut):
        desk.task(dossier, in_days=0, owner=desk.inspector)
    assert waits(first_page(desk)) == {}
    break_glass(
        behind_glass.reference, ground=GlassGround.DANGER, reason="nu", by=desk.inspector,
        opened=desk.opened,
    )  # fmt: skip
    page = first_page(desk)
    assert waits(page)["taak of termijn moet vandaag af"][1] == 1
    assert shut.reference not in page


@pytest.mark.parametrize("who", ["inspector", "coordinator"])
def test_who_supervises_a_school_learns_nothing_of_its_dossiers_by_any_number(desk, who):
    person, school = getattr(desk, who), make_institution()
    supervise(person, school)
    desk.duty(person)
    quiet = in_one_line(first_page(desk, person))
    dossier = make_report(institution=school).dossier
    assert in_one_line(first_page(desk, person)) == quiet
    handle(dossier, person)
    wrote(dossier), send(dossier.reports.get(), photo())
    desk.safe(dossier.reports.get(), in_days=0)
    for days in (0, -1):
        desk.task(dossier, in_days=days, owner=person)
    Dossier.objects.filter(pk=dossier.pk).update(duty_due_on=timezone.localdate())
    assert in_one_line(first_page(desk, person)) == quiet
    assert NOTHING in quiet
    page = desk.browser(person).get("/dossiers?lijst=nieuws").content.decode()
    assert dossier.reference not in page


def test_the_page_says_nothing_of_a_case_but_its_number(desk):
    school = make_institution(name="Basisschool De Stille", town="Zwijgdorp")
    dossier = desk.dossier(institution=school)
    desk.safe(dossier.reports.get(), in_days=0)
    desk.task(dossier, in_days=0)
    wrote(dossier)
    desk.duty()
    make_report(institution=school)
    for person in (desk.inspector, desk.coordinator):
        page = first_page(desk, person)
        for word in ("Stille", "Zwijgdorp", "pesten", "psychisch", "M-0"):
            assert word not in page


def test_thirty_of_everything_ask_as_much_as_one(desk):
    def happened() -> None:
        dossier = desk.dossier()
        desk.safe(dossier.reports.get(), in_days=0)
        for days in (0, -1):
            desk.task(dossier, in_days=days, owner=desk.inspector)
        wrote(dossier), send(dossier.reports.get(), photo())
        wrote(desk.unseen())
        make_report()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            first_page(desk)
        return len(queries)

    desk.duty()
    happened()
    one = asked()
    for _ in range(29):
        happened()
    assert asked() == one
    assert {number for _, number in waits(first_page(desk)).values()} == {30}
