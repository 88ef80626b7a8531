"""In the mailbox a reporter reads what the inspector wrote, answers, and adds files."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from tests.intake.reporters import PAGE, answer, send, the_mailbox
from tests.intake.sealed_in import seal_file
from tests.intake.tellings import TOLD
from vertrouwd.accounts.models import system_actor
from vertrouwd.attachments.files import sealed_files
from vertrouwd.attachments.models import Attachment
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.casework_terms import (
    MessageFrom,
    Outcome,
    ReopenReason,
    Status,
)
from vertrouwd.dossiers.joining import join_dossiers
from vertrouwd.dossiers.life import close, set_waiting
from vertrouwd.dossiers.models import Dossier, Message, Report, StatusChange
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.reporter_messages import LONGEST_MESSAGE
from vertrouwd.intake import own_thread
from vertrouwd.intake.mailbox import (
    NotReceived,
    WrongCode,
    add_files,
    delete_own_copy,
    open_mailbox,
    write,
)
from vertrouwd.intake.not_received import Reason
from vertrouwd.sealing.models import DataKey
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.texts import seal_texts

LATER = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_what_the_inspector_wrote_is_read_once_the_mailbox_was_open(office, receipt) -> None:
    answer(office)
    assert Message.objects.get().read_at is None
    lines = open_mailbox(receipt.reference, receipt.code, now=LATER).messages
    assert [(line.sender, line.words) for line in lines] == [
        (MessageFrom.INSPECTOR, "Kunt u ons bellen?")
    ]
    assert Message.objects.get().read_at == LATER
    open_mailbox(receipt.reference, receipt.code, now=LATER + timedelta(days=1))
    assert Message.objects.get().read_at == LATER


def test_a_full_disk_keeps_nobody_from_reading(office, receipt, monkeypatch) -> None:
    def full(*args, **more):
        raise OperationalError("database or disk is full")

    answer(office)
    monkeypatch.setattr(own_thread, "mark_read_by_reporter", full)
    assert the_mailbox(receipt).messages


def test_the_answer_of_the_reporter_is_sealed_to_both_and_waits_to_be_read(office, receipt) -> None:
    write(the_mailbox(receipt), words="  Ik bel morgen.\r\nTot dan. ", token=PAGE, now=LATER)
    message = Message.objects.get()
    assert (message.sender, message.by, message.read_at) == (MessageFrom.REPORTER, None, None)
    words = "Ik bel morgen.\nTot dan."
    record = Report.objects.get().record
    assert office.opened.texts(record, Purpose.THREAD)[message.field] == words
    assert the_mailbox(receipt).messages[0].words == words
    assert "morgen" not in str(list(Line.objects.values()))
    assert DataKey.objects.filter(record=record, purpose=Purpose.THREAD).count() == 1


def test_a_page_sent_twice_is_one_message_and_other_words_are_another(receipt) -> None:
    mailbox = the_mailbox(receipt)
    for words in ("Eerst dit.", "Eerst dit.", "Toen terug, en dit."):
        write(mailbox, words=words, token=PAGE)
    write(mailbox, words="Eerst dit.", token=b"the next page")
    assert [line.words for line in the_mailbox(receipt).messages] == [
        "Eerst dit.", "Toen terug, en dit.", "Eerst dit.",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["", " \n ", "a" * (LONGEST_MESSAGE + 1)])
def test_nothing_and_endless_words_are_refused_with_words_for_the_page(receipt, words) -> None:
    with pytest.raises(Refused):
        write(the_mailbox(receipt), words=words, token=PAGE)
    write(the_mailbox(receipt), words="Nu wel.", token=PAGE)  # the page was not used up
    assert Message.objects.count() == 1


def test_signs_of_every_script_come_through(receipt) -> None:
    words = "ל\u202eמעלה \U0001f469\u200d\U0001f467 e\u0301 ' \" < &"
    write(the_mailbox(receipt), words=words, token=PAGE)
    assert the_mailbox(receipt).messages[0].words == words


def test_a_dossier_that_waits_for_its_reporter_is_open_again(office, receipt) -> None:
    set_waiting(Dossier.objects.get(), by=office.inspector)
    write(the_mailbox(receipt), words="Hier ben ik.", token=PAGE)
    assert Dossier.objects.get().status == Status.OPEN
    assert StatusChange.objects.order_by("pk").last().by.username == "system"


def test_a_closed_dossier_is_open_again_because_its_reporter_returned(office, receipt) -> None:
    close(Dossier.objects.get(), outcome=Outcome.ADVISED, by=office.inspector)
    write(the_mailbox(receipt), words="Het is weer begonnen.", token=PAGE)
    assert Dossier.objects.get().status == Status.OPEN
    assert StatusChange.objects.order_by("pk").last().reason == ReopenReason.REPORTER_RETURNED


def test_the_dossier_where_the_report_is_now_is_opened_again(office, receipt) -> None:
    other = send()
    one, two = Report.objects.order_by("pk")
    mailbox = the_mailbox(receipt)
    join_dossiers(one.dossier, into=two.dossier, reason="anders", by=office.duty_officer)
    close(Dossier.objects.get(pk=two.dossier_id), outcome=Outcome.ADVISED, by=office.inspector)
    write(mailbox, words="Nog iets.", token=PAGE)
    assert Dossier.objects.get(pk=two.dossier_id).status == Status.OPEN
    assert the_mailbox(other).messages == ()


def test_words_that_could_not_be_stored_can_be_sent_again(receipt, monkeypatch) -> None:
    from vertrouwd.dossiers import reporter_messages

    def locked(*args, **more):
        raise OperationalError("database is locked")

    mailbox = the_mailbox(receipt)
    monkeypatch.setattr(reporter_messages, "record", locked)
    with pytest.raises(NotReceived) as refused:
        write(mailbox, words="Hallo.", token=PAGE)
    assert refused.value.reason is Reason.BUSY
    assert not Message.objects.exists()
    monkeypatch.undo()
    write(mailbox, words="Hallo.", token=PAGE)
    assert Message.objects.count() == 1


def test_files_that_are_added_later_are_for_both_and_are_told_of(office, receipt) -> None:
    files = [seal_file("brief.pdf", b"pdf"), seal_file("foto.png", b"png!")]
    add_files(the_mailbox(receipt), files, token=PAGE, now=LATER)
    mailbox = the_mailbox(receipt)
    assert [(file.name, file.size, file.added_at) for file in mailbox.files] == [
        ("brief.pdf", 3, LATER), ("foto.png", 4, LATER),
    ]  # fmt: skip
    assert mailbox.messages[0].sender == MessageFrom.REPORTER
    assert "2" in mailbox.messages[0].words
    assert office.opened.data_key(Attachment.objects.first().data_key)


def test_the_same_files_from_the_same_page_are_added_once(receipt) -> None:
    for _ in range(2):
        add_files(the_mailbox(receipt), [seal_file("a.png", b"a")], token=PAGE)
    assert Attachment.objects.count() == Message.objects.count() == 1
    assert sealed_files().records() == {Attachment.objects.get().record}


def test_files_for_a_mailbox_that_is_gone_are_gone(receipt) -> None:
    mailbox = the_mailbox(receipt)
    delete_own_copy(mailbox)
    with pytest.raises(WrongCode):
        add_files(mailbox, [seal_file("a.png", b"a")], token=PAGE)
    assert not sealed_files().records()


def test_what_the_team_added_under_a_key_of_its_own_keeps_nobody_from_reading(receipt) -> None:
    record = Report.objects.get().record
    seal_texts(record, Purpose.THREAD, {"later": "Genoteerd."}, by=system_actor())
    assert the_mailbox(receipt).narrative == TOLD.texts["narrative"]
