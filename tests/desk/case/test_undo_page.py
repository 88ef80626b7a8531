"""Long after a join or a separation: taken back from either dossier in two steps, seen first."""

import re
from datetime import timedelta

from django.utils import timezone

from tests.desk.case.test_joining_pages import join_on_the_pages
from tests.dossiers.casework import handle, on_duty
from tests.factories import make_report, report
from vertrouwd.dossiers.actions import receive_reports
from vertrouwd.dossiers.joining import join_dossiers, separate_report
from vertrouwd.dossiers.models import Dossier, LedgerEvent
from vertrouwd.dossiers.notes import add_note

EARLIER = timedelta(hours=2)


def joined(desk, *, now=None) -> tuple[Dossier, Dossier]:
    """Two dossiers of the desk of which the first went into the second, long ago."""
    old, new = desk.dossier(), desk.dossier()
    moment = now or timezone.now() - EARLIER
    join_dossiers(old, into=new, reason="hetzelfde voorval", by=on_duty(moment), now=moment)
    return old, new


def link_to_undo(page: str) -> str:
    """The only one of the timeline that is in sight."""
    in_sight = page.split('id="tijdlijn"')[1].split("<details")[0]
    [number] = re.findall(r'terug\?event=(\d+)"', in_sight)
    return number


def test_after_half_an_hour_it_is_two_steps_from_the_timeline_of_either_dossier(desk) -> None:
    old, new = joined(desk)
    for number in range(20):
        add_note(new, kind="aantekening", words=f"{number}.", by=desk.user, opened=desk.opened)
    for here in (new, old):
        page = desk.page(here)
        assert 'id="net"' not in page
        event = link_to_undo(page)
        seen_first = desk.page(here, f"/terug?event={event}")
        assert f"{new.reference} → {old.reference}" in seen_first
        assert "2022-2023: van 1 naar 2 dossiers" in seen_first
        assert new.reports.count() == 2  # looking changes nothing
        form = dict(re.findall(r'name="(event|seen)" value="(\w+)"', seen_first))
        assert desk.sent(here, "/terug", **form) == f"/dossiers/{here.reference}"
        assert (old.reports.count(), new.reports.count()) == (1, 1)
        undo = LedgerEvent.objects.latest("pk")
        assert "Doe het opnieuw" in desk.page(here, f"/terug?event={undo.pk}")
        desk.sent(here, "/terug", event=undo.pk)


def test_what_is_said_after_it_is_what_was_done(desk) -> None:
    _, new = joined(desk)
    for said in ("Dat is ongedaan gemaakt.", "Dat is weer gedaan.", "Dat is ongedaan gemaakt."):
        desk.sent(new, "/terug", event=LedgerEvent.objects.latest("pk").pk)
        assert said in desk.page(new)


def test_it_says_who_no_longer_handles_what(desk, colleague) -> None:
    old, new = colleague.dossier(), desk.dossier()
    join_dossiers(old, into=new, reason="anders", by=on_duty())
    event = LedgerEvent.objects.latest("pk")
    page = desk.page(new, f"/terug?event={event.pk}")
    assert f"{colleague.user.username}: {new.reference}, niet meer" in page
    assert f"{desk.user.username}: {old.reference}, niet meer" in page
    desk.sent(new, "/terug", event=event.pk)
    desk.page(old, status=404)


def test_who_may_open_only_the_other_one_after_it_is_led_there(desk, colleague) -> None:
    old, new = colleague.dossier(), desk.dossier()
    join_dossiers(old, into=new, reason="anders", by=on_duty())
    event = link_to_undo(desk.page(old))
    assert desk.sent(old, "/terug", event=event) == f"/dossiers/{new.reference}"


def test_what_moved_since_one_looked_is_looked_at_again(desk) -> None:
    old, new = joined(desk)
    event = link_to_undo(desk.page(new))
    form = dict(
        re.findall(r'name="(event|seen)" value="(\w+)"', desk.page(new, f"/terug?event={event}"))
    )
    join_on_the_pages(desk, new, desk.dossier())
    again = desk.sent(new, "/terug", **form)
    assert again == f"/dossiers/{new.reference}/terug?event={event}"
    assert "Bekijk het opnieuw" in desk.page(new, f"/terug?event={event}")
    assert not old.reports.exists()


def test_what_was_undone_or_never_can_be_is_not_offered(desk) -> None:
    _, new = joined(desk)
    event = link_to_undo(desk.page(new))
    desk.sent(new, "/terug", event=event)
    intake = LedgerEvent.objects.filter(source=None, dossier=new).earliest("pk")
    for number in (event, intake.pk, 10**9, "x"):
        assert desk.client.get(f"/dossiers/{new.reference}/terug?event={number}").url == (
            f"/dossiers/{new.reference}"
        )


def test_the_old_number_tells_nothing_of_what_happened_to_who_may_not_open_all_of_it(desk) -> None:
    """One of its reports is elsewhere."""
    old, whole, officer = make_report().dossier, desk.dossier(), on_duty()
    receive_reports([report()], by=officer, into=[old])
    first = old.reports.first()
    join_dossiers(old, into=whole, reason="anders", by=officer)
    first.refresh_from_db()
    apart = separate_report(first, reason="anders", by=officer)
    apart.dossier.assignments.update(until=timezone.now(), ended_by=officer)
    page = desk.page(old)
    assert whole.reference in page
    assert 'id="tijdlijn"' not in page
    handle(apart.dossier, desk.user)
    assert 'id="tijdlijn"' in desk.page(old)
