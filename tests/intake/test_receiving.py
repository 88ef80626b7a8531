"""A form is sent: the whole of it is stored, once, and the reporter gets a reference and a code."""

import secrets
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.intake.sealed_in import seal_file
from tests.intake.tellings import KEPT, TOLD
from vertrouwd.attachments.files import sealed_files
from vertrouwd.attachments.models import Attachment
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.casework_terms import Condition
from vertrouwd.dossiers.counting import dossiers_as_of
from vertrouwd.dossiers.models import Conversation, Dossier, Report
from vertrouwd.figures import demonstrations
from vertrouwd.intake import receiving, sent_forms, storing
from vertrouwd.intake.models import SentForm
from vertrouwd.intake.receiving import (
    LAST_PAGE_GOOD_FOR,
    AlreadyReceived,
    NotReceived,
    OtherContent,
    Reason,
    Receipt,
    receive,
)
from vertrouwd.intake.sent_forms import forget_sent_forms
from vertrouwd.sealing.models import DataKey, SealedText, TeamKey
from vertrouwd.sealing.opening import Mailbox
from vertrouwd.sealing.reporter_codes import mailbox_key, new_reference, read_code, read_reference
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

NOW = datetime(2026, 11, 16, 23, 30, tzinfo=timezone.get_default_timezone())


def reporter(receipt: Receipt, report: Report) -> Mailbox:
    thread = DataKey.objects.get(record=report.record, purpose=Purpose.THREAD)
    return Mailbox(mailbox_key(receipt.code, salt=bytes(thread.reporter_salt)))


def nothing_is_stored() -> bool:
    stored = (Report, Dossier, Conversation, DataKey, SealedText, SentForm, Attachment)
    return not any(model.objects.exists() for model in stored)


def test_what_was_told_is_a_report_in_a_dossier_of_its_own(opened, token) -> None:
    receipt = receive(TOLD, token=token, now=NOW)
    report = Report.objects.select_related("dossier", "conversation").get()
    assert (report.mailbox, report.channel) == (receipt.reference, "website")
    assert report.received_on == NOW.date()  # by the clock on a Dutch wall
    told = (report.category, report.affected_age, report.happened_from, report.place)
    assert told == (TOLD.category, 12, TOLD.happened_from, TOLD.place)
    conversation = report.conversation
    assert (conversation.condition, conversation.is_anonymous) == (Condition.ASK_FIRST, False)
    assert {wish.wish for wish in report.wishes.all()} == TOLD.wishes
    assert dossiers_as_of() == {report.dossier_id: [report.pk]}
    assert not receipt.is_kept


def test_the_team_opens_all_of_it_and_the_reporter_the_thread(opened, token) -> None:
    receipt = receive(TOLD, token=token)
    report = Report.objects.get()
    own = reporter(receipt, report)
    assert opened.texts(report.record, Purpose.THREAD) == TOLD.texts
    assert opened.texts(report.record, Purpose.IDENTITY) == TOLD.identity
    assert own.texts(report.record, Purpose.THREAD) == TOLD.texts
    with pytest.raises(Unreadable):
        own.texts(report.record, Purpose.IDENTITY)


def test_reference_and_code_are_of_their_form_and_the_code_is_kept_nowhere(opened, token) -> None:
    receipt = receive(TOLD, token=token)
    assert read_reference(receipt.reference) == receipt.reference
    assert read_code(receipt.code) == receipt.code
    assert receipt.code not in repr(receipt)


def test_a_reporter_who_writes_nothing_has_a_mailbox_all_the_same(opened, token) -> None:
    receipt = receive(replace(TOLD, texts={}, identity={}), token=token)
    report = Report.objects.get()
    assert reporter(receipt, report).texts(report.record, Purpose.THREAD) == {}
    assert report.conversation.is_anonymous
    assert not DataKey.objects.filter(purpose=Purpose.IDENTITY).exists()


def test_the_files_go_with_the_report_and_its_reporter_opens_them(opened, token) -> None:
    file = seal_file("foto.png", b"een foto")
    receipt = receive(TOLD, token=token, files=[file])
    report = Report.objects.get()
    attachment = report.attachments.select_related("data_key").get()
    from vertrouwd.attachments.storing import read_original

    for opener in (opened, reporter(receipt, report)):
        assert b"".join(read_original(attachment, opener=opener)) == b"een foto"


def test_the_same_form_sent_again_gives_the_same_receipt_and_no_second_report(
    opened, token
) -> None:
    first = receive(TOLD, token=token, files=[seal_file("a.png", b"a")], now=NOW)
    later = NOW + timedelta(minutes=10)
    again = receive(TOLD, token=token, files=[seal_file("a.png", b"a")], now=later)
    assert again == first
    assert Report.objects.count() == Attachment.objects.count() == 1
    assert sealed_files().records() == {Attachment.objects.get().record}  # the second copy is gone


def test_after_ten_minutes_it_says_received_and_shows_no_code(opened, token) -> None:
    receive(TOLD, token=token, now=NOW)
    with pytest.raises(AlreadyReceived):
        receive(TOLD, token=token, now=NOW + timedelta(minutes=10, seconds=1))
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [{"texts": {"narrative": "Iets anders."}}, {"affected_age": 13}, {"keeps_to_self": True}],
)
def test_other_answers_from_the_same_page_change_nothing(opened, token, change) -> None:
    receive(TOLD, token=token)
    with pytest.raises(OtherContent):
        receive(replace(TOLD, **change), token=token)
    assert Report.objects.count() == 1


def test_other_files_from_the_same_page_change_nothing_and_are_gone(opened, token) -> None:
    receive(TOLD, token=token, files=[seal_file("a.png", b"a")])
    with pytest.raises(OtherContent):
        receive(TOLD, token=token, files=[seal_file("a.png", b"b")])
    assert sealed_files().records() == {Attachment.objects.get().record}


def test_two_pages_with_the_same_answers_are_two_reports(opened) -> None:
    receipts = [receive(TOLD, token=secrets.token_bytes(32)) for _ in range(2)]
    assert len({receipt.reference for receipt in receipts}) == Report.objects.count() == 2


def test_a_reference_that_is_taken_is_drawn_again(opened, token, monkeypatch) -> None:
    taken = receive(KEPT, token=secrets.token_bytes(32)).reference
    drawn = iter([taken, taken, new_reference()])
    monkeypatch.setattr(receiving, "new_reference", lambda: next(drawn))
    assert receive(TOLD, token=token).reference != taken


def test_a_reference_that_another_took_at_the_same_moment_is_drawn_again(
    opened, token, monkeypatch
) -> None:
    taken = receive(TOLD, token=secrets.token_bytes(32)).reference
    drawn = iter([taken, new_reference()])
    monkeypatch.setattr(receiving, "new_reference", lambda: next(drawn))
    monkeypatch.setattr(receiving, "_is_taken", lambda reference: False)  # not yet, when asked
    assert receive(TOLD, token=token).reference != taken
    assert Report.objects.count() == 2


def test_a_day_later_nothing_is_left_of_the_form_and_its_page_is_too_old(opened, token) -> None:
    receive(TOLD, token=token, now=NOW)
    assert forget_sent_forms(now=NOW + sent_forms.KEPT) == 0
    assert forget_sent_forms(now=NOW + sent_forms.KEPT + timedelta(seconds=1)) == 1
    assert sent_forms.KEPT >= 2 * LAST_PAGE_GOOD_FOR


def test_what_a_form_leaves_in_the_database_does_not_follow_from_what_was_told(
    opened, token, settings
) -> None:
    receive(TOLD, token=token)
    before = SentForm.objects.get()
    SentForm.objects.all().delete()
    settings.FORM_KEY = secrets.token_bytes(32)
    receive(TOLD, token=token)
    after = SentForm.objects.get()
    assert (before.digest, before.mac != after.mac) == (after.digest, True)


def test_the_log_says_that_something_came_in_and_nothing_of_what(opened, token) -> None:
    receipt = receive(TOLD, token=token)
    line = Line.objects.get(action="receive_report")
    assert (line.actor, line.kind) == ("public", "report")
    lines = str(list(Line.objects.values()))
    hidden = [receipt.code, receipt.reference, "Roos", "magazijn", TOLD.category.value]
    assert not [each for each in hidden if each in lines]


def test_in_a_demonstration_a_report_is_invented(opened, token, home) -> None:
    receive(TOLD, token=secrets.token_bytes(32))
    demonstrations.secrets_of(home).write_text("", encoding="utf-8")
    receive(TOLD, token=token)
    assert list(Report.objects.order_by("pk").values_list("is_invented", flat=True)) == [
        False,
        True,
    ]


def test_without_a_team_nothing_is_received_and_no_file_stays(db, home, token) -> None:
    with pytest.raises(NotReceived) as refused:
        receive(TOLD, token=token, files=[seal_file("a.png", b"a")])
    assert refused.value.reason is Reason.NO_TEAM
    assert nothing_is_stored()
    assert not sealed_files().records()


def test_a_team_that_is_not_the_pinned_one_gets_nothing(opened, token) -> None:
    TeamKey.objects.update(public_key=b"another")
    with pytest.raises(NotReceived) as refused:
        receive(TOLD, token=token)
    assert refused.value.reason is Reason.NO_TEAM
    assert nothing_is_stored()


def fails_with(code: int | None, message: str):
    """A database that answers so to the last statement of a report."""

    def fail(*args, **more):
        cause = sqlite3.OperationalError(message)
        if code is not None:
            cause.sqlite_errorcode = code
        raise OperationalError(message) from cause

    return fail


@pytest.mark.parametrize(
    ("code", "reason"),
    [(sqlite3.SQLITE_FULL, Reason.DISK_FULL), (sqlite3.SQLITE_BUSY, Reason.BUSY)],
)
def test_a_full_disk_or_a_busy_database_is_told_and_nothing_half_stays(
    opened, token, monkeypatch, code, reason
) -> None:
    monkeypatch.setattr(storing, "record", fails_with(code, "the last statement"))
    with pytest.raises(NotReceived) as refused:
        receive(TOLD, token=token, files=[seal_file("a.png", b"a")])
    assert refused.value.reason is reason
    assert nothing_is_stored()
    assert not sealed_files().records()
    monkeypatch.undo()
    assert receive(TOLD, token=token).reference  # the same page goes through now


def test_when_a_database_goes_away_the_files_stay_until_it_is_known_whose_they_are(
    opened, token, monkeypatch
) -> None:
    monkeypatch.setattr(storing, "record", fails_with(None, "server closed the connection"))
    monkeypatch.setattr(receiving, "was_surely_not_sent", lambda digest: False)
    with pytest.raises(NotReceived):
        receive(TOLD, token=token, files=[seal_file("a.png", b"a")])
    assert len(sealed_files().records()) == 1


def test_a_report_takes_as_many_statements_as_it_took(opened, token) -> None:
    receive(TOLD, token=secrets.token_bytes(32))  # who the system is, is known then
    with CaptureQueriesContext(
        connection,
    ) as asked:
        receive(TOLD, token=token)
    assert len(asked) <= 26, [each["sql"][:80] for each in asked]


def test_what_goes_wrong_otherwise_is_not_called_something_else(opened, token, monkeypatch) -> None:
    def clash(*args, **more):
        raise IntegrityError

    monkeypatch.setattr(storing, "record", clash)
    with pytest.raises(IntegrityError), transaction.atomic():
        receive(TOLD, token=token)
    assert nothing_is_stored()


def test_each_text_of_the_form_has_a_name_on_the_page_of_the_dossier() -> None:
    from vertrouwd.desk.case.told import LABELS
    from vertrouwd.desk.worklist.searching import WHERE

    for shown in (LABELS, WHERE):
        assert {*TOLD.texts, *TOLD.identity} <= shown.keys()
