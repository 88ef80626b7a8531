"""Reference and code open a mailbox; whatever is wrong gets one answer, in the same time."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import report as unstored
from tests.intake.reporters import PAGE, send, the_mailbox
from tests.intake.tellings import KEPT, TOLD
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.calls import Call, note_call
from vertrouwd.dossiers.casework_terms import (
    Condition,
    Status,
)
from vertrouwd.dossiers.joining import join_dossiers
from vertrouwd.dossiers.models import Report
from vertrouwd.intake import door
from vertrouwd.intake.mailbox import (
    WrongCode,
    open_again,
    open_mailbox,
    write,
)
from vertrouwd.intake.receiving import Receipt
from vertrouwd.sealing import reporter_codes, suite
from vertrouwd.sealing.destroying import destroy
from vertrouwd.sealing.reporter_codes import new_code, new_reference
from vertrouwd.sealing.rotation import rotate
from vertrouwd.sealing.terms import Purpose

LATER = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_the_reporter_reads_back_what_was_told_and_where_it_stands(receipt) -> None:
    mailbox = the_mailbox(receipt)
    assert mailbox.narrative == TOLD.texts["narrative"]
    assert mailbox.institution == TOLD.texts["institution"]
    assert (mailbox.status, mailbox.condition) == (Status.OPEN, Condition.ASK_FIRST)
    assert not mailbox.is_kept
    assert "magazijn" not in repr(mailbox)


def test_however_it_is_typed_it_opens(receipt) -> None:
    typed = receipt.reference.lower().replace("-", " "), receipt.code.lower().replace(" ", "-")
    assert open_mailbox(*typed).reference == receipt.reference


def test_the_key_in_the_cookie_opens_it_again_and_another_does_not(receipt) -> None:
    mailbox = the_mailbox(receipt)
    assert open_again(mailbox.reference, mailbox.key).narrative == mailbox.narrative
    for key in (secrets.token_bytes(32), b"", b"short"):
        with pytest.raises(WrongCode):
            open_again(mailbox.reference, key)


def test_the_code_that_was_read_aloud_in_a_call_opens_in_the_same_way(office) -> None:
    call = Call(
        report=unstored(),
        began_at=LATER,
        is_anonymous=False,
        told={"narrative": "Verteld aan de telefoon."},
        wants_code=True,
    )
    noted = note_call(call, token=secrets.token_bytes(32), by=office.inspector)
    mailbox = open_mailbox(noted.report.mailbox or "", noted.code)
    assert mailbox.narrative == "Verteld aan de telefoon."


def test_each_reporter_of_a_joined_dossier_sees_the_own_thread_alone(office, receipt) -> None:
    other = send(replace(TOLD, texts={"narrative": "Ik zag het ook."}))
    one, two = Report.objects.order_by("pk")
    join_dossiers(one.dossier, into=two.dossier, reason="anders", by=office.duty_officer)
    write(the_mailbox(receipt), words="Van de een.", token=PAGE)
    mine, theirs = the_mailbox(receipt), the_mailbox(other)
    assert [line.words for line in mine.messages] == ["Van de een."]
    assert (theirs.messages, theirs.narrative) == ((), "Ik zag het ook.")


def wrong(receipt: Receipt, kept: Receipt) -> dict[str, tuple[str, str]]:
    return {
        "wrong code": (receipt.reference, new_code()),
        "wrong code of a kept record": (kept.reference, new_code()),
        "the code of another": (receipt.reference, kept.code),
        "unknown reference": (new_reference(), receipt.code),
        "mistyped reference": (receipt.reference[:-1] + "?", receipt.code),
        "mistyped code": (receipt.reference, receipt.code[:-1]),
        "nothing": ("", ""),
        "signs of nobody": ("\x00" * 20, "é" * 40),
    }


def test_whatever_is_wrong_gets_one_answer_after_the_same_work(receipt, monkeypatch) -> None:
    kept = send(KEPT)
    calls: list[str] = []

    def counted(module, name: str):
        real = getattr(module, name)

        def call(*args, **more):
            calls.append(f"{name} {len(args[0]) if name == 'unwrap_for_reporter' else ''}")
            return real(*args, **more)

        monkeypatch.setattr(module, name, call)

    for module, name in (
        (reporter_codes, "derived_key"),
        (reporter_codes, "open_bytes"),
        (door, "unwrap_for_reporter"),
        (door, "mailbox_key"),
        (suite, "HKDF"),
        (suite, "AESGCM"),
    ):
        counted(module, name)
    work = {}
    for what, typed in wrong(receipt, kept).items():
        calls.clear()
        with CaptureQueriesContext(connection) as asked, pytest.raises(WrongCode) as refused:
            open_mailbox(*typed)
        assert refused.value.args == WrongCode().args
        questions = [_shape(each["sql"]) for each in asked.captured_queries]
        work[what] = (questions, list(calls))
    first = work["wrong code"]
    assert len(first[0]) == 2
    assert len(first[1]) == 6
    assert {what for what, done in work.items() if done != first} == set()


def _shape(sql: str) -> str:
    """The question without what was asked for."""
    return sql.partition(" WHERE ")[0]


def test_wrong_codes_slow_nobody_down_and_leave_nothing(receipt) -> None:
    lines = Line.objects.count()
    for _ in range(30):
        with pytest.raises(WrongCode):
            open_mailbox(receipt.reference, new_code())
    assert the_mailbox(receipt).narrative
    assert Line.objects.count() == lines  # nor does it stand anywhere when a reporter looks


def test_after_the_team_key_was_rotated_the_code_still_opens(office, receipt) -> None:
    rotate(opened=office.opened, by=office.inspector)
    write(the_mailbox(receipt), words="Na de wissel.", token=PAGE)
    assert the_mailbox(receipt).messages[0].words == "Na de wissel."
    assert office.opened.texts(Report.objects.get().record, Purpose.THREAD)


def test_what_was_destroyed_opens_no_more(receipt) -> None:
    from vertrouwd.accounts.models import system_actor

    destroy(Report.objects.get().record, Purpose.THREAD, by=system_actor())
    with pytest.raises(WrongCode):
        the_mailbox(receipt)
