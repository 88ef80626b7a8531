"""A conversation that is noted: one report with what was told, wanted and allowed, or nothing."""

import secrets
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import make_institution, report
from tests.people import make_user
from tests.teams import Team
from vertrouwd.accounts.models import system_actor
from vertrouwd.accounts.terms import Role
from vertrouwd.audit.models import Line
from vertrouwd.dossiers import calls
from vertrouwd.dossiers.access import dossiers_to_divide, visible_dossiers
from vertrouwd.dossiers.calls import Call, draft_record_of, note_call
from vertrouwd.dossiers.casework_terms import Condition, ConsentUse, DraftKind, TaskKind, Wish
from vertrouwd.dossiers.drafts import save_draft
from vertrouwd.dossiers.handlers import handlers_of
from vertrouwd.dossiers.models import Conversation, Draft, Report, Task
from vertrouwd.dossiers.refused import Refused
from vertrouwd.dossiers.terms import Answer
from vertrouwd.schools.supervision import record_supervision
from vertrouwd.sealing.models import SealedText
from vertrouwd.sealing.opening import Mailbox
from vertrouwd.sealing.reporter_codes import mailbox_key
from vertrouwd.sealing.terms import Purpose
from vertrouwd.sealing.unreadable import Unreadable

STORY = {"narrative": "Hij dreigde bij de fietsenstalling."}


def a_call(**changes) -> Call:
    facts = {
        "report": report(),
        "began_at": timezone.now(),
        "is_anonymous": False,
        "told": STORY,
        "identity": {"reporter_name": "Mevrouw De Boer"},
    }
    return Call(**facts | changes)


def token() -> bytes:
    return secrets.token_bytes(32)


def test_all_of_a_call_is_stored_at_once_and_its_own_dossier_opens(team, ine):
    call = a_call(
        wishes=frozenset({Wish.ADVICE, Wish.RECORD}),
        consents={ConsentUse.CALL_BACK: Answer.YES, ConsentUse.REFER: Answer.NO},
        condition=Condition.IF_ANOTHER_REPORTS,
    )
    noted = note_call(call, token=token(), by=ine)
    kept = Report.objects.get(pk=noted.report.pk)
    assert (noted.is_new, noted.code, kept.mailbox) == (True, "", None)
    assert set(kept.wishes.values_list("wish", flat=True)) == {Wish.ADVICE, Wish.RECORD}
    assert dict(kept.consents.values_list("use", "given")) == {
        ConsentUse.CALL_BACK: Answer.YES, ConsentUse.REFER: Answer.NO,
    }  # fmt: skip
    assert kept.conversation.condition == Condition.IF_ANOTHER_REPORTS
    opened = team.opened(ine)
    assert opened.texts(kept.record, Purpose.THREAD) == STORY
    assert opened.texts(kept.record, Purpose.IDENTITY) == {"reporter_name": "Mevrouw De Boer"}
    assert [each.user for each in handlers_of(kept.dossier)] == [ine]
    assert list(visible_dossiers(ine)) == [kept.dossier]


def test_a_call_is_one_line_in_the_log_without_a_word_of_it(team, ine):
    noted = note_call(a_call(wants_code=True), token=token(), by=ine)
    line = Line.objects.get(action="note_call")
    assert (line.actor, line.object) == ("ine", noted.report.reference)
    lines = str(list(Line.objects.values()))
    assert not [said for said in ("fietsenstalling", "Boer", noted.code) if said in lines]


def test_sending_the_form_twice_makes_one_report_and_says_the_same_code(team, ine):
    sent = token()
    first = note_call(a_call(wants_code=True), token=sent, by=ine)
    again = note_call(a_call(wants_code=True, told={"narrative": "Anders."}), token=sent, by=ine)
    assert (again.is_new, again.report, again.code) == (False, first.report, first.code)
    assert first.code
    assert Report.objects.count() == 1


def test_a_form_that_a_colleague_sent_is_not_sent_again_by_another(team, ine):
    sent = token()
    note_call(a_call(), token=sent, by=ine)
    with pytest.raises(Refused):
        note_call(a_call(), token=sent, by=make_user("cor", roles=[Role.INSPECTOR]))


def test_a_reporter_with_the_code_reads_what_was_told_and_no_name(team, ine):
    noted = note_call(a_call(wants_code=True), token=token(), by=ine)
    record = noted.report.record
    text = SealedText.objects.select_related("data_key").get(data_key__purpose=Purpose.THREAD)
    key = mailbox_key(noted.code, salt=bytes(text.data_key.reporter_salt))
    assert Mailbox(key).texts(record, Purpose.THREAD) == STORY
    with pytest.raises(Unreadable):
        Mailbox(key).texts(record, Purpose.IDENTITY)
    assert noted.report.mailbox.startswith("V-")


def test_a_reference_that_is_taken_is_drawn_again(team, ine, monkeypatch):
    drawn = iter(["V-222-222-222", "V-222-222-222", "V-333-333-333"])
    monkeypatch.setattr(calls, "new_reference", lambda: next(drawn))
    given = [
        note_call(a_call(wants_code=True, report=report()), token=token(), by=ine).report.mailbox
        for _ in "12"
    ]
    assert given == ["V-222-222-222", "V-333-333-333"]


def test_who_supervises_the_school_notes_the_call_and_then_finds_nothing(team, ine):
    school = make_institution()
    record_supervision(ine, institution=school, since=timezone.localdate(), by=system_actor())
    noted = note_call(a_call(report=report(institution=school)), token=token(), by=ine)
    assert noted.has_conflict
    assert not visible_dossiers(ine).exists()
    assert not handlers_of(noted.dossier).exists()
    coordinator = make_user("coor", roles=[Role.COORDINATOR])
    assert list(dossiers_to_divide(coordinator)) == [noted.dossier]
    assert team.opened(ine)  # the key is there: the door is what stays shut


def test_a_safe_time_to_call_back_is_a_task_of_that_day(team, ine):
    start = timezone.now() + timedelta(days=2)
    call = a_call(call_back=(start, start + timedelta(hours=2)))
    noted = note_call(call, token=token(), by=ine)
    task = Task.objects.get()
    assert (task.kind, task.due_on, task.owner) == (
        TaskKind.CALL_BACK, timezone.localdate(start), ine,
    )  # fmt: skip
    assert noted.report.conversation.call_back_from == start


def test_a_second_opinion_is_asked_of_a_colleague_in_sealed_words(team, ine):
    colleague = make_user("cor", roles=[Role.INSPECTOR])
    call = a_call(question="Is dit al een redelijk vermoeden?", colleague=colleague)
    noted = note_call(call, token=token(), by=ine)
    task = Task.objects.get()
    assert (task.kind, task.owner) == (TaskKind.SECOND_OPINION, colleague)
    texts = team.opened(ine).texts(noted.dossier.record, Purpose.NOTES)
    assert texts == {task.field: "Is dit al een redelijk vermoeden?"}


def test_a_colleague_who_supervises_the_school_is_not_asked_and_nothing_is_stored(team, ine):
    colleague, school = make_user("cor", roles=[Role.INSPECTOR]), make_institution()
    record_supervision(colleague, institution=school, since=timezone.localdate(), by=system_actor())
    call = a_call(report=report(institution=school), question="Wat vind jij?", colleague=colleague)
    with pytest.raises(Refused):
        note_call(call, token=token(), by=ine)
    assert not (Report.objects.exists() or Conversation.objects.exists() or Task.objects.exists())


def test_without_a_team_nothing_is_stored(ine):
    with pytest.raises(Refused):
        note_call(a_call(), token=token(), by=ine)
    assert not Report.objects.exists()


def test_the_draft_goes_with_the_report_it_became_and_stays_when_that_fails(team, ine):
    sent, school = token(), make_institution()
    save_draft("x", record=draft_record_of(sent), saved=0, window="a", kind=DraftKind.CALL, by=ine)
    colleague = make_user("cor", roles=[Role.INSPECTOR])
    record_supervision(colleague, institution=school, since=timezone.localdate(), by=system_actor())
    about = a_call(report=report(institution=school), question="Wat vind jij?")
    with pytest.raises(Refused):
        note_call(replace(about, colleague=colleague), token=sent, by=ine)
    assert Draft.objects.count() == 1
    note_call(replace(about, report=report(institution=school)), token=sent, by=ine)
    assert not Draft.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_report(home):
    ine = make_user("ine", roles=[Role.INSPECTOR])
    Team(ine)
    sent, together, found = token(), Barrier(2), []

    def click() -> None:
        together.wait()
        try:
            found.append(note_call(a_call(report=report()), token=sent, by=ine))
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in "12"]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert sorted(noted.is_new for noted in found) == [False, True]
    assert Report.objects.count() == 1
