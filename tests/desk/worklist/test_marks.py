"""What a row says besides: a file that came in, and when it is safe to call a reporter back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.attachments.made_files import photo
from tests.attachments.sent_files import send
from tests.desk.worklist.listed import listed
from tests.dossiers.casework import join
from tests.on_a_page import in_one_line
from vertrouwd.attachments.cleaning.opening import cleaned_copy
from vertrouwd.dossiers.messages import unread_messages
from vertrouwd.dossiers.models import Message


def row(page: str, dossier) -> str:
    """What the row of that dossier says, in one line."""
    rows = re.findall(r"<tr role=\"row\".*?</tr>", page, re.DOTALL)
    [found] = [each for each in rows if f'"/dossiers/{dossier.reference}"' in each]
    return in_one_line(found)


def test_a_file_that_came_in_stands_in_the_row_until_somebody_opens_it(desk):
    sent, quiet = desk.dossier(), desk.dossier()
    file = send(sent.reports.get(), photo())
    assert "nieuw bestand" in row(desk.get(), sent)
    assert "nieuw bestand" not in row(desk.get(), quiet)
    cleaned_copy(file, opened=desk.opened, by=desk.inspector)
    assert "nieuw bestand" not in desk.get()


def test_of_two_reports_in_a_dossier_either_may_bring_news(desk):
    one, two = desk.dossier(), desk.dossier()
    told, silent = one.reports.get(), two.reports.get()
    join(one, two, desk)
    send(told, photo())
    Message.objects.create(report=silent, sender="melder", at=two.opened_at)
    said = row(desk.get(), two)
    assert "nieuw bericht" in said
    assert "nieuw bestand" in said
    assert "2 meldingen" in said


def test_a_row_says_between_which_hours_a_call_back_is_safe(desk):
    today, later, other = (desk.dossier() for _ in range(3))
    for dossier, days in ((today, 0), (later, 3)):
        desk.safe(dossier.reports.get(), in_days=days)
        desk.task(dossier, in_days=days)
    desk.task(other, in_days=0)
    for address in ("/dossiers", "/dossiers?lijst=termijn"):
        page = desk.get(address)
        for each in (today, later):
            assert "terugbellen veilig tussen 09:00 en 10:00 uur" in row(page, each)
        assert "veilig" not in row(page, other)


@pytest.mark.parametrize("address", ["/dossiers", "/dossiers?lijst=termijn"])
def test_hours_that_are_past_are_named_no_more(desk, address):
    late = desk.dossier()
    desk.safe(late.reports.get(), in_days=-1)
    desk.task(late, in_days=-1)
    said = row(desk.get(address), late)
    assert "te laat" in said
    assert "veilig" not in said


def test_where_something_else_comes_first_the_call_back_keeps_its_own_day(desk):
    dossier = desk.dossier()
    desk.safe(dossier.reports.get(), in_days=2, hours=(13, 15))
    late, call = desk.task(dossier, in_days=-1), desk.task(dossier, in_days=2)
    type(late).objects.filter(pk=late.pk).update(kind="anders")
    said = row(desk.get(), dossier)
    assert "te laat" in said
    assert re.search(rf"terugbellen {call.due_on.day} \w+ , veilig tussen 13:00 en 15:00 uur", said)


def test_a_task_of_another_kind_names_no_hours(desk):
    dossier = desk.dossier()
    desk.safe(dossier.reports.get(), in_days=0)
    task = desk.task(dossier, in_days=0)
    type(task).objects.update(kind="anders")
    for address in ("/dossiers", "/dossiers?lijst=termijn"):
        assert "veilig" not in row(desk.get(address), dossier)


def test_thirty_marked_rows_ask_as_much_as_one(desk):
    def marked() -> None:
        dossier = desk.dossier()
        report = dossier.reports.get()
        desk.safe(report, in_days=1)
        desk.task(dossier, in_days=1, owner=desk.inspector)
        send(report, photo())
        Message.objects.create(report=report, sender="melder", at=dossier.opened_at)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        return len(queries)

    addresses = ("/dossiers", "/dossiers?lijst=termijn")
    marked()
    one = [asked(address) for address in addresses]
    for _ in range(29):
        marked()
    assert [asked(address) for address in addresses] == one
    assert unread_messages().count() == len(listed(desk.get())) == 30
