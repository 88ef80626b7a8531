"""A reporter writes in the mailbox: who handles the dossier sees that, and reads it there."""

import secrets

import pytest
from django.utils import timezone

from tests.dossiers.casework import handle
from tests.intake.tellings import TOLD
from vertrouwd.dossiers.models import Dossier, Message, Report
from vertrouwd.dossiers.rota import set_duty
from vertrouwd.intake.mailbox import open_mailbox, withdraw, write
from vertrouwd.intake.receiving import receive

WORDS = "Mijn vriendin stond op de gang."


@pytest.fixture
def mailbox(desk):
    """Open, of a report that this inspector handles."""
    receipt = receive(TOLD, token=secrets.token_bytes(32))
    handle(Dossier.objects.get(), desk.user)
    return open_mailbox(receipt.reference, receipt.code)


@pytest.fixture
def place(mailbox) -> str:
    """Where the inspector reads it."""
    write(mailbox, words=WORDS, token=b"one page")
    return f"/bericht?melding={mailbox.report.reference}"


def test_a_word_of_a_reporter_is_marked_as_new_until_it_is_read(desk, place) -> None:
    dossier = Dossier.objects.get()
    assert f"De melder van {Report.objects.get().reference} schreef een bericht." in desk.page(
        dossier
    )
    assert "nieuw bericht" in desk.page(dossier)
    assert "Bericht gekomen van de melder" in desk.page(dossier)
    assert "nieuw bericht" in desk.client.get("/dossiers").content.decode()
    first = desk.page(dossier, place)
    assert WORDS in first
    assert '<span class="tag now">nieuw</span>' in first
    assert '<span class="tag now">nieuw</span>' not in desk.page(dossier, place)
    assert "nieuw bericht" not in desk.page(dossier)
    assert "nieuw bericht" not in desk.client.get("/dossiers").content.decode()


def test_looking_at_the_dossier_alone_is_not_reading_the_message(desk, place) -> None:
    desk.page(Dossier.objects.get())
    assert Message.objects.get().read_at is None


def test_a_colleague_who_stands_in_takes_no_news_away_from_who_handles_it(
    desk, place, coordinator
) -> None:
    dossier = Dossier.objects.get()
    dossier.assignments.all().delete()
    handle(dossier, coordinator[1])
    set_duty(timezone.localdate(), people=[desk.user], by=coordinator[1])
    assert WORDS in desk.page(dossier, place)
    assert Message.objects.get().read_at is None


def test_what_an_inspector_wrote_is_no_news_for_a_colleague(desk, mailbox) -> None:
    dossier = Dossier.objects.get()
    desk.sent(dossier, f"/bericht?melding={mailbox.report.reference}", words="Dag.", after=0)
    assert "nieuw bericht" not in desk.page(dossier)


def test_a_reporter_who_lets_go_is_seen_with_the_report(desk, mailbox) -> None:
    withdraw(mailbox)
    page = desk.page(Dossier.objects.get())
    assert "Melder ziet ervan af" in page
    assert "nieuw bericht" in page
    assert Report.objects.count() == 1
