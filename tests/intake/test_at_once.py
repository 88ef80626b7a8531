"""Buttons pressed at the same moment: each thing happens once, whole, and everybody is told so."""

import secrets

import pytest

from tests.at_once import at_once
from tests.intake.tellings import KEPT, TOLD
from tests.teams import make_opened_team
from vertrouwd.dossiers.models import Conversation, Message, Report
from vertrouwd.intake.mailbox import Refused, WrongCode, open_mailbox, release, withdraw, write
from vertrouwd.intake.models import KeptRecord, SentForm
from vertrouwd.intake.receiving import receive

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def team(home) -> None:
    make_opened_team()


def test_the_button_pressed_eight_times_at_once_makes_one_report() -> None:
    for told in (TOLD, KEPT):
        token = secrets.token_bytes(32)
        receipts = at_once(*[lambda t=told, k=token: receive(t, token=k)] * 8)
        assert len(set(receipts)) == 1, receipts
    assert Report.objects.count() == KeptRecord.objects.count() == 1
    assert SentForm.objects.count() == 2


def test_a_class_that_files_at_the_same_moment_all_succeeds() -> None:
    receipts = at_once(*[lambda: receive(TOLD, token=secrets.token_bytes(32))] * 30)
    assert {receipt.reference for receipt in receipts} == set(
        Report.objects.values_list("mailbox", flat=True)
    )
    assert Report.objects.count() == 30


def test_a_record_released_in_two_windows_at_once_is_one_report() -> None:
    for _ in range(4):
        receipt = receive(KEPT, token=secrets.token_bytes(32))
        mailbox = open_mailbox(receipt.reference, receipt.code)
        results = at_once(*[lambda m=mailbox: release(m)] * 3)
        assert results == [None] * 3
        assert Report.objects.filter(mailbox=receipt.reference).count() == 1
        assert not KeptRecord.objects.exists()


def test_of_sending_and_throwing_away_at_once_one_happens() -> None:
    for _ in range(6):
        receipt = receive(KEPT, token=secrets.token_bytes(32))
        mailbox = open_mailbox(receipt.reference, receipt.code)
        sent, thrown = at_once(lambda m=mailbox: release(m), lambda m=mailbox: withdraw(m))
        was_sent = Report.objects.filter(mailbox=receipt.reference).exists()
        assert not KeptRecord.objects.exists()
        if was_sent:
            # Who threw it away too late is told so, or withdraws what was sent a moment before.
            assert sent is None
            assert isinstance(thrown, Refused)
        else:
            assert thrown is None
            assert isinstance(sent, WrongCode)


def test_a_message_sent_three_times_at_once_stands_once() -> None:
    receipt = receive(TOLD, token=secrets.token_bytes(32))
    mailbox, page = open_mailbox(receipt.reference, receipt.code), secrets.token_bytes(16)
    results = at_once(*[lambda: write(mailbox, words="Ik kan morgen bellen.", token=page)] * 3)
    assert results == [None] * 3
    assert Message.objects.count() == 1


def test_a_withdrawal_pressed_twice_at_once_is_told_once() -> None:
    receipt = receive(TOLD, token=secrets.token_bytes(32))
    mailbox = open_mailbox(receipt.reference, receipt.code)
    assert at_once(*[lambda: withdraw(mailbox)] * 2) == [None, None]
    assert Message.objects.count() == 1
    assert Conversation.objects.get().withdrawn_at
