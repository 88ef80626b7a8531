"""In the mailbox a reporter decides: to lift a condition, to withdraw, to go, to have a proof."""

import secrets
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.intake.reporters import PAGE, answer, the_mailbox
from tests.intake.sealed_in import seal_file
from tests.intake.tellings import TOLD
from vertrouwd.attachments.models import Attachment
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.casework_terms import (
    Condition,
    MessageFrom,
    Outcome,
    Status,
)
from vertrouwd.dossiers.life import close
from vertrouwd.dossiers.messages import ToTheReporter, with_mailbox
from vertrouwd.dossiers.models import Conversation, Dossier, Message, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.intake.mailbox import (
    WrongCode,
    add_files,
    delete_own_copy,
    go_on,
    open_again,
    prove,
    release,
    withdraw,
    write,
)
from vertrouwd.intake.receiving import AlreadyReceived, receive
from vertrouwd.sealing.filing_proof import check_proof
from vertrouwd.sealing.models import DataKey, SealedText
from vertrouwd.sealing.rotation import rotate
from vertrouwd.sealing.signing import SigningKey
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

LATER = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_a_condition_that_is_lifted_is_told_to_the_inspector_once(receipt) -> None:
    for _ in range(2):
        release(the_mailbox(receipt), now=LATER)
    assert Conversation.objects.get().condition == Condition.NONE
    assert the_mailbox(receipt).condition == Condition.NONE
    assert Message.objects.get().read_at is None
    assert Line.objects.filter(action="lift_condition").count() == 1


def test_a_report_that_is_withdrawn_stays_and_says_so_until_it_is_taken_back(receipt) -> None:
    withdraw(the_mailbox(receipt), now=LATER)
    withdraw(the_mailbox(receipt), now=LATER + timedelta(days=1))
    assert the_mailbox(receipt).withdrawn_at == LATER
    assert Message.objects.count() == Report.objects.count() == 1
    for _ in range(2):
        go_on(the_mailbox(receipt))
    assert the_mailbox(receipt).withdrawn_at is None
    assert Message.objects.count() == 2


def test_who_withdraws_does_not_open_a_closed_dossier_again(office, receipt) -> None:
    close(Dossier.objects.get(), outcome=Outcome.ADVISED, by=office.inspector)
    withdraw(the_mailbox(receipt))
    assert Dossier.objects.get().status == Status.CLOSED


def test_after_deleting_the_own_copy_the_reference_is_unknown_and_the_file_stays(
    office, receipt
) -> None:
    add_files(the_mailbox(receipt), [seal_file("a.png", b"a")], token=PAGE)
    mailbox = the_mailbox(receipt)
    delete_own_copy(mailbox)
    report = Report.objects.get()
    assert report.mailbox is None
    for key in DataKey.objects.filter(record=report.record):
        assert key.reporter_wrapped is None
        assert key.reporter_salt is None
    for again in (lambda: the_mailbox(receipt), lambda: open_again(mailbox.reference, mailbox.key)):
        with pytest.raises(WrongCode):
            again()
    texts = office.opened.texts(report.record, Purpose.THREAD)
    assert texts["narrative"] == TOLD.texts["narrative"]
    assert office.opened.data_key(Attachment.objects.get().data_key)
    last = Message.objects.order_by("pk").last()
    assert (last.sender, bool(texts[last.field])) == (MessageFrom.REPORTER, True)


def test_the_same_form_after_the_own_copy_was_deleted_shows_no_code_that_opens_nothing(
    office, token
) -> None:
    receipt = receive(TOLD, token=token)
    delete_own_copy(the_mailbox(receipt))
    with pytest.raises(AlreadyReceived):
        receive(TOLD, token=token)
    assert Report.objects.count() == 1


def test_who_deleted_the_own_copy_is_not_written_to_and_a_rotation_goes_on(office, receipt) -> None:
    delete_own_copy(the_mailbox(receipt))
    report = Report.objects.get()
    assert with_mailbox([report.record]) == set()
    with pytest.raises(Refused):
        answer(office)
    rotate(opened=office.opened, by=office.inspector)
    assert office.opened.texts(report.record, Purpose.THREAD)


def test_an_act_in_a_window_that_was_left_open_does_nothing_any_more(receipt) -> None:
    mailbox = the_mailbox(receipt)
    delete_own_copy(mailbox)
    texts = SealedText.objects.count()
    for act in (release, withdraw, go_on, delete_own_copy):
        with pytest.raises(WrongCode):
            act(mailbox)
    with pytest.raises(WrongCode):
        write(mailbox, words="Hallo?", token=PAGE)
    assert SealedText.objects.count() == texts


def test_the_proof_says_the_week_and_is_the_same_each_time(office, receipt, settings) -> None:
    settings.PROOF_KEY = secrets.token_bytes(32)
    first = prove(the_mailbox(receipt))
    write(the_mailbox(receipt), words="Een bericht erna.", token=PAGE)
    assert prove(the_mailbox(receipt)) == first
    public = SigningKey(settings.PROOF_KEY).public
    year, week, _ = Report.objects.get().received_on.isocalendar()
    assert check_proof(first, public) == f"{year}-W{week:02}"
    # A later revision of what was told changes nothing of what was filed.
    record, told = Report.objects.get().record, {"narrative": "Nader verteld."}
    to_both = ToTheReporter(office.opened)
    seal_texts(record, Purpose.THREAD, told, by=office.inspector, opened=to_both)
    assert the_mailbox(receipt).narrative == "Nader verteld."
    assert prove(the_mailbox(receipt)) == first
    # An inspector may correct the day of receipt: what was proved stays what it is.
    Report.objects.update(received_on=date(2020, 1, 1))
    assert prove(the_mailbox(receipt)) == first
