"""Record now, decide later: nobody but the reporter has it until it is sent; or it goes."""

import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories import make_institution
from tests.intake.reporters import PAGE, send, the_mailbox
from tests.intake.sealed_in import seal_file
from tests.intake.tellings import KEPT, TOLD
from vertrouwd.attachments.files import sealed_files
from vertrouwd.attachments.models import Attachment
from vertrouwd.attachments.storing import known_records, read_original
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.models import Conversation, Dossier, Report
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import ReporterRole
from vertrouwd.intake import kept_records, stray_files
from vertrouwd.intake.jobs import destroy_expired_records, destroy_stray_files, forget_sent_forms
from vertrouwd.intake.kept_records import KEPT_FOR, destroy_expired
from vertrouwd.intake.mailbox import (
    NotReceived,
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
from vertrouwd.intake.models import KeptRecord, SentForm
from vertrouwd.intake.not_received import Reason
from vertrouwd.intake.receiving import DUTY_RUNS, Receipt, receive
from vertrouwd.intake.stray_files import MAY_BE_COMING_IN
from vertrouwd.jobs.system import SYSTEM
from vertrouwd.sealing.models import DataKey, SealedText, TeamKey
from vertrouwd.sealing.terms import Purpose

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture
def kept(office) -> Receipt:
    """Of a record that was not sent."""
    return receive(KEPT, token=secrets.token_bytes(32), now=NOW)


def rows() -> str:
    """Every value of every table, as one text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_it_is_no_report_and_counts_nowhere(kept, capsys) -> None:
    for model in (Report, Dossier, Conversation, DataKey, SealedText):
        assert not model.objects.exists()
    call_command("count_reports", "--json")
    assert json.loads(capsys.readouterr().out)["reports"] == 0


def test_the_reporter_reads_it_back_and_sees_how_long_it_is_kept(kept) -> None:
    assert kept.is_kept
    mailbox = the_mailbox(kept)
    assert (mailbox.is_kept, mailbox.narrative) == (True, KEPT.texts["narrative"])
    assert mailbox.expires_on == NOW.date() + KEPT_FOR
    assert (mailbox.status, mailbox.messages) == (None, ())
    assert open_again(mailbox.reference, mailbox.key).narrative == mailbox.narrative


def test_nothing_of_what_was_told_can_be_read_in_the_database(kept) -> None:
    told = [KEPT.category.value, KEPT.accused_role.value, "magazijn", "Roos", kept.code]
    stored = rows()
    assert kept.reference in stored  # so the search does find what is there
    assert not [each for each in told if each in stored]


def test_its_size_says_in_steps_only_how_much_was_told(office) -> None:
    for length in (3000, 3100):
        send(replace(KEPT, texts={"narrative": "a" * length}))
    one, two = KeptRecord.objects.values_list("sealed", flat=True)
    assert len(one) == len(two)


def test_it_needs_no_team(db, home) -> None:
    assert the_mailbox(send(KEPT)).narrative


@pytest.mark.parametrize("role", list(ReporterRole))
def test_whose_duty_runs_does_not_record_now_and_decide_later(office, role) -> None:
    told = replace(KEPT, reporter_role=role)
    if role not in DUTY_RUNS:
        assert send(told).is_kept
        return
    with pytest.raises(NotReceived) as refused:
        receive(told, token=secrets.token_bytes(32), files=[seal_file("a.png", b"a")])
    assert refused.value.reason is Reason.DUTY_RUNS
    assert not KeptRecord.objects.exists()
    assert not sealed_files().records()


def test_released_it_is_a_report_of_that_day_under_the_same_reference_and_code(
    office, kept
) -> None:
    release(the_mailbox(kept), now=NOW + timedelta(days=40))
    report = Report.objects.get()
    assert report.received_on == NOW.date() + timedelta(days=40)
    assert not KeptRecord.objects.exists()
    mailbox = the_mailbox(kept)
    assert (mailbox.is_kept, mailbox.report) == (False, report)
    assert (mailbox.narrative, mailbox.condition) == (KEPT.texts["narrative"], KEPT.condition)
    assert office.opened.texts(report.record, Purpose.THREAD) == KEPT.texts
    assert office.opened.texts(report.record, Purpose.IDENTITY) == KEPT.identity
    assert {wish.wish for wish in report.wishes.all()} == KEPT.wishes


def test_the_cookie_of_before_opens_it_after_it_was_sent(kept) -> None:
    mailbox = the_mailbox(kept)
    release(mailbox)
    assert not open_again(mailbox.reference, mailbox.key).is_kept


def test_released_twice_from_two_windows_it_is_one_report(kept) -> None:
    windows = the_mailbox(kept), the_mailbox(kept)
    for window in windows:
        release(window)
    assert Report.objects.count() == 1
    assert Conversation.objects.get().condition == KEPT.condition


def test_a_release_that_fails_keeps_the_record(kept, monkeypatch) -> None:
    TeamKey.objects.update(public_key=b"another")
    with pytest.raises(NotReceived) as refused:
        release(the_mailbox(kept))
    assert refused.value.reason is Reason.NO_TEAM
    assert the_mailbox(kept).is_kept
    assert not Report.objects.exists()


def test_a_school_that_the_register_dropped_meanwhile_keeps_nobody_from_sending(office) -> None:
    school = make_institution()
    receipt = send(replace(KEPT, institution=school.pk))
    school.delete()
    release(the_mailbox(receipt))
    assert Report.objects.get().institution is None


def test_its_files_are_sealed_with_it_and_go_along(office) -> None:
    file = seal_file("foto.png", b"een foto")
    receipt = receive(KEPT, token=secrets.token_bytes(32), files=[file])
    assert [(each.name, each.size) for each in the_mailbox(receipt).files] == [("foto.png", 8)]
    assert "foto.png" not in rows()
    add_files(the_mailbox(receipt), [seal_file("brief.pdf", b"brief")], token=PAGE)
    add_files(the_mailbox(receipt), [seal_file("brief.pdf", b"brief")], token=PAGE)
    release(the_mailbox(receipt))
    attachments = list(Attachment.objects.select_related("data_key"))
    read = [b"".join(read_original(each, opener=office.opened)) for each in attachments]
    assert read == [b"een foto", b"brief"]
    assert [each.name for each in the_mailbox(receipt).files] == ["foto.png", "brief.pdf"]
    assert sealed_files().records() == {each.record for each in attachments}


def test_thrown_away_it_is_gone_with_its_files(office, django_capture_on_commit_callbacks) -> None:
    receipt = receive(KEPT, token=secrets.token_bytes(32), files=[seal_file("a.png", b"a")])
    mailbox = the_mailbox(receipt)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(mailbox)
    assert not KeptRecord.objects.exists()
    assert not sealed_files().records()
    with pytest.raises(WrongCode):
        the_mailbox(receipt)
    with pytest.raises(WrongCode):
        release(mailbox)  # in a window that was left open


def test_the_same_form_after_it_was_thrown_away_is_stored_anew(office, token) -> None:
    """A receipt of what is gone would lose what the reporter thinks is kept."""
    thrown_away = receive(KEPT, token=token, now=NOW)
    withdraw(the_mailbox(thrown_away))
    again = receive(KEPT, token=token, now=NOW + timedelta(minutes=5))
    assert the_mailbox(again).is_kept
    assert again.reference != thrown_away.reference


def test_the_same_form_after_it_was_released_says_that_it_was_sent(office, token) -> None:
    receipt = receive(KEPT, token=token, now=NOW)
    release(the_mailbox(receipt), now=NOW)
    assert receive(KEPT, token=token, now=NOW) == replace(receipt, is_kept=False)
    assert Report.objects.count() == 1


def test_who_throws_away_what_was_sent_in_another_window_is_told_that_it_was_sent(kept) -> None:
    window = the_mailbox(kept)
    release(the_mailbox(kept))
    with pytest.raises(Refused):
        withdraw(window)
    assert Report.objects.count() == 1


def test_nobody_reads_it_so_there_is_nobody_to_write_to_and_nothing_to_prove(kept) -> None:
    mailbox = the_mailbox(kept)
    for act in (
        lambda: write(mailbox, words="Hallo?", token=PAGE),
        lambda: go_on(mailbox),
        lambda: delete_own_copy(mailbox),
        lambda: prove(mailbox),
    ):
        with pytest.raises(Refused):
            act()


def test_after_its_last_day_it_goes_with_its_files(
    office, kept, django_capture_on_commit_callbacks
) -> None:
    later = receive(
        KEPT, token=secrets.token_bytes(32), files=[seal_file("a.png", b"a")],
        now=NOW + timedelta(days=1),
    )  # fmt: skip
    over = NOW + KEPT_FOR
    with django_capture_on_commit_callbacks(execute=True):
        assert destroy_expired(by=SYSTEM, now=over) == 0
        assert destroy_expired(by=SYSTEM, now=over + timedelta(days=1)) == 1
    assert KeptRecord.objects.get().reference == later.reference
    assert len(sealed_files().records()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert destroy_expired(by=SYSTEM, now=over + timedelta(days=2)) == 1
    assert not sealed_files().records()


def test_the_log_says_that_it_came_and_went_and_not_whose(kept) -> None:
    withdraw(the_mailbox(kept))
    lines = Line.objects.filter(kind="kept_record").order_by("pk")
    assert [(line.action, line.object) for line in lines] == [
        ("keep_record", ""), ("destroy_record", ""),
    ]  # fmt: skip


def test_the_work_that_recurs_takes_away_what_is_over_and_nothing_else(
    office, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    old = receive(KEPT, token=secrets.token_bytes(32), now=NOW - KEPT_FOR - timedelta(days=400))
    fresh = send(KEPT)
    sent = send(TOLD)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_sent_forms.work() == 1
        assert destroy_expired_records.work() == 1
        assert destroy_stray_files.work() == 0
    assert SentForm.objects.count() == 2
    assert the_mailbox(fresh).narrative == the_mailbox(sent).narrative
    with pytest.raises(WrongCode):
        the_mailbox(old)


def test_files_of_nobody_go_after_half_a_day_and_files_of_somebody_stay(office) -> None:
    receive(TOLD, token=secrets.token_bytes(32), files=[seal_file("a.png", b"a")])
    receive(KEPT, token=secrets.token_bytes(32), files=[seal_file("b.png", b"b")])
    stray = seal_file("c.png", b"c")
    destroy_strays = stray_files.destroy_stray_files
    now = datetime.now(UTC)
    assert destroy_strays(now=now) == 0  # its form may still be coming in
    assert destroy_strays(now=now + MAY_BE_COMING_IN + timedelta(minutes=1)) == 1
    assert stray.record not in sealed_files().records()
    assert len(sealed_files().records()) == 2


def test_files_of_a_record_that_is_released_at_that_moment_stay(office, monkeypatch) -> None:
    file = seal_file("a.png", b"a")
    mailbox = the_mailbox(receive(KEPT, token=secrets.token_bytes(32), files=[file]))

    def and_then_it_is_released():
        found = known_records()
        release(mailbox)
        return found

    monkeypatch.setattr(stray_files, "known_records", and_then_it_is_released)
    late = datetime.now(UTC) + MAY_BE_COMING_IN + timedelta(minutes=1)
    assert stray_files.destroy_stray_files(now=late) == 0
    assert sealed_files().records() == {Attachment.objects.get().record}


def test_how_long_it_is_kept_stands_in_one_place() -> None:
    assert timedelta(days=365) == kept_records.KEPT_FOR
