"""The acts around the weighing: written down, identified, prolonged, withdrawn, answered; and what
follows from an answer."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.privacy_requests.privacy_desk import NAME, STORY, today
from vertrouwd.audit.models import Line
from vertrouwd.dossiers.refused import Refused
from vertrouwd.privacy_requests.actions import (
    add_dossier,
    check_identity,
    extend_request,
    find_nothing,
    register_request,
    take_out_dossier,
    withdraw_request,
)
from vertrouwd.privacy_requests.clock import last_day
from vertrouwd.privacy_requests.models import PrivacyRequest, Restriction
from vertrouwd.privacy_requests.reading import state_of
from vertrouwd.privacy_requests.restricting import (
    lift_restriction,
    restrict_for_now,
    tell_receiver,
)
from vertrouwd.privacy_requests.terms import Stage
from vertrouwd.sealing.models import DataKey, SealedText
from vertrouwd.sealing.terms import Purpose

P = pytest.mark.parametrize
WORDS = "Wat staat er over mijn dochter Saar?"
DAY = timedelta(days=1)


def lines(action: str) -> list[dict]:
    return list(Line.objects.filter(action=action).values_list("detail", flat=True))


# Written down


def test_name_and_words_of_the_asker_are_sealed_under_the_record_of_the_request(desk):
    request = desk.asked(words=WORDS, contact="06 12 34 56 78")
    found = DataKey.objects.filter(record=request.record).values_list("purpose", flat=True)
    assert set(found) == {Purpose.IDENTITY, Purpose.DOSSIER}
    assert desk.opened.texts(request.record, Purpose.IDENTITY)["asker_name"] == NAME
    assert not any(b"Saar" in bytes(row.ciphertext) for row in SealedText.objects.all())
    assert "Saar" not in str(list(Line.objects.values()))
    (line,) = lines("register_request")
    assert (line["asked"], line["asker"]) == ("access", "reporter")


def test_the_month_begins_on_the_day_it_came(desk):
    request = desk.asked(received_on=today() - 3 * DAY)
    assert request.due_on == last_day(today() - 3 * DAY)


def test_a_form_that_is_sent_twice_is_one_request(desk):
    dossier = desk.told()
    first = desk.asked(dossier, identified=False)
    assert desk.asked(dossier, identified=False) == first
    assert desk.asked(dossier, identified=False, after=first.pk) != first  # on purpose
    assert desk.asked(desk.told(), identified=False) != first


@P("facts", [{"kind": "wissen"}, {"asker": "buurman"}, {"received_on": date(2999, 1, 1)}])
def test_what_cannot_be_is_refused(desk, facts):
    with pytest.raises(Refused):
        desk.asked(**facts)
    assert not PrivacyRequest.objects.exists()


# Who asks


def test_who_asks_for_another_shows_by_what_right(desk):
    request = desk.asked(asker="ouder", identified=False)
    with pytest.raises(Refused):
        desk.identified(request)
    assert desk.identified(request, authority_seen=True).authority_seen
    assert lines("check_identity") == [{"how": "in_person"}]


@P("day", [today() + DAY, today() - 30 * DAY])
def test_identity_is_checked_since_the_request_came(desk, day):
    request = desk.asked(identified=False)
    with pytest.raises(Refused):
        check_identity(request, how="code van de melder", on=day, by=desk.inspector)


def test_who_says_that_it_cannot_be_established_is_the_first_of_four_eyes(desk):
    request = desk.identified(desk.asked(identified=False), "niet vast te stellen")
    state = state_of(request)
    assert (state.stage, state.documents) == (Stage.SECOND_LOOK, [])
    with pytest.raises(Refused):
        desk.agree(request, by=desk.inspector)
    desk.agree(request)
    desk.identified(request)  # the code turned up after all
    assert state_of(PrivacyRequest.objects.get()).stage is Stage.WEIGHING


# Which dossier


def test_a_dossier_is_added_once_and_can_be_taken_out_again(desk):
    one, other = desk.told(), desk.told()
    request = desk.asked(one)
    add_dossier(request, other, by=desk.inspector)
    with pytest.raises(Refused):
        add_dossier(request, other, by=desk.inspector)
    assert len(state_of(request).documents) == 10
    take_out_dossier(request, one, by=desk.inspector)
    with pytest.raises(Refused):
        take_out_dossier(request, one, by=desk.inspector)
    assert {each.dossier for each in state_of(request).documents} == {other}


def test_nothing_found_is_looked_after_and_a_dossier_that_turns_up_takes_it_back(desk):
    request = desk.identified(
        register_request(
            kind="inzage", asker="melder", received_on=today(), by=desk.coordinator,
            opened=desk.opened,
        )
    )  # fmt: skip
    assert state_of(request).stage is Stage.DOSSIERS
    found = find_nothing(request, by=desk.inspector)
    assert state_of(found).stage is Stage.SECOND_LOOK
    add_dossier(found, desk.told(), by=desk.inspector)
    found.refresh_from_db()
    assert found.nothing_found_at is None and state_of(found).stage is Stage.WEIGHING
    with pytest.raises(Refused):
        find_nothing(found, by=desk.inspector)


# Time


def extend(desk, request, told_on, reason="ingewikkeld verzoek", **more):
    return extend_request(
        request, reason=reason, told_on=told_on, by=desk.inspector, opened=desk.opened, **more
    )


def test_it_is_prolonged_once_within_the_first_month_and_with_a_reason(desk):
    request = desk.asked()
    with pytest.raises(Refused):
        extend(desk, request, today(), reason="druk")
    with pytest.raises(Refused):
        extend(desk, request, today() + DAY)
    longer = extend(desk, request, today(), words=WORDS)
    assert longer.due_on == last_day(request.received_on, extended=True) > request.due_on
    with pytest.raises(Refused):
        extend(desk, request, today())
    assert "Saar" not in str(lines("extend_request"))


def test_it_is_not_prolonged_once_the_first_month_is_over(desk):
    request = desk.asked()
    with time_machine.travel(timezone.now() + timedelta(days=45)):
        with pytest.raises(Refused):
            extend(desk, request, today())
        extend(desk, request, request.due_on)  # told in time, written down later


def test_after_it_is_withdrawn_nothing_changes_any_more(desk):
    request = withdraw_request(desk.asked(), on=today(), by=desk.inspector)
    key = "D-0000001.coded"
    for act in (
        lambda: desk.weigh(request, key),
        lambda: desk.identified(request),
        lambda: extend(desk, request, today()),
        lambda: add_dossier(request, desk.told(), by=desk.inspector),
        lambda: withdraw_request(request, on=today(), by=desk.inspector),
        lambda: desk.send(request),
    ):
        with pytest.raises(Refused):
            act()
    assert state_of(request).stage is Stage.WITHDRAWN


@P(
    "change",
    [
        {"sent_on": date(2026, 11, 1)},  # by whom?
        {"extended_on": date(2026, 11, 1)},
        {"identity": "code van de melder"},
        {"due_on": date(2000, 1, 1)},
    ],
)
def test_the_database_keeps_that_what_was_done_says_when_and_by_whom(desk, change):
    request = desk.asked(identified=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        PrivacyRequest.objects.filter(pk=request.pk).update(**change)


def test_a_request_is_not_both_answered_and_withdrawn(desk):
    request = desk.answered(desk.asked())
    with pytest.raises(Refused):
        withdraw_request(request, on=today(), by=desk.inspector)
    with pytest.raises(IntegrityError), transaction.atomic():
        PrivacyRequest.objects.filter(pk=request.pk).update(
            withdrawn_on=today(), withdrawn_by=desk.inspector
        )


# The answer


def test_the_letter_is_sealed_when_it_is_sent(desk):
    request = desk.answered(desk.asked())
    assert desk.opened.texts(request.record, Purpose.DOSSIER)["letter"] == f"Geachte {NAME},"
    assert lines("send_answer") == [{"decided": {"give": 5}, "late": False}]
    assert request.sent_on == today() and state_of(request).stage is Stage.SENT


@P("facts", [{"letter": " "}, {"on": date(2999, 1, 1)}, {"on": date(2000, 1, 1)}, {"seen": "x"}])
def test_a_letter_that_cannot_be_is_not_sent(desk, facts):
    request = desk.asked()
    desk.weigh_all(request)
    desk.agree(request)
    with pytest.raises(Refused):
        desk.send(request, **facts)
    assert not DataKey.objects.filter(record=request.record, texts__field="letter").exists()


def test_no_letter_goes_out_while_it_was_given_back(desk):
    request = desk.asked()
    desk.weigh_all(request)
    desk.give_back(request)
    with pytest.raises(Refused):
        desk.send(request)


def test_what_came_after_the_answer_does_not_change_what_was_decided(desk):
    request = desk.answered(desk.asked())
    before = [each.key for each in state_of(request).documents]
    dossier = state_of(request).dossiers[0]
    from vertrouwd.dossiers.notes import add_note

    add_note(dossier, kind="aantekening", words="Later.", by=desk.inspector, opened=desk.opened)
    assert [each.key for each in state_of(request).documents] == before


# Correction


@P(
    "outcome, ground, kind",
    [
        ("verbeteren", "", "verbetering"),
        ("eigen verklaring toevoegen", "niet-onjuist", "verklaring"),
    ],
)
def test_a_correction_comes_into_the_dossier_as_a_note_and_overwrites_nothing(
    desk, outcome, ground, kind
):
    dossier = desk.told(note="")
    request = desk.asked(dossier, kind="rectificatie", asker="beklaagde")
    mine = "Ik heb niet geslagen."
    desk.weigh_all(request, outcome, ground=ground, statement=mine)
    desk.agree(request)
    assert not dossier.notes.exists()  # not before it is decided
    desk.send(request)
    note = dossier.notes.get()
    assert note.kind == kind
    words = desk.opened.texts(dossier.record, Purpose.NOTES)[note.field]
    assert mine in words and request.reference in words
    report = dossier.reports.get()
    assert desk.opened.texts(report.record, Purpose.THREAD)["narrative"] == STORY


def tell(desk, request, **more):
    facts = {"receiver": "politie", "telling": "verteld", "on": today()} | more
    return tell_receiver(request, by=desk.inspector, opened=desk.opened, **facts)


def test_receivers_are_told_of_a_correction_once_it_is_decided(desk):
    request = desk.asked(kind="rectificatie")
    with pytest.raises(Refused):
        tell(desk, request)
    desk.weigh_all(request, "verbeteren", statement="Anders.")
    desk.agree(request)
    request = desk.send(request)
    first = tell(desk, request)
    assert tell(desk, request) == first  # sent twice
    with pytest.raises(Refused):
        tell(desk, request, telling="kan niet, of kost onevenredig veel")
    tell(desk, request, telling="kan niet, of kost onevenredig veel", words="Saar weet het niet.")
    assert request.told.count() == 2
    assert "Saar" not in str(list(Line.objects.values()))


def test_of_access_nobody_else_is_told(desk):
    request = desk.answered(desk.asked())
    with pytest.raises(Refused):
        tell(desk, request)


# Restriction


def restricted(desk) -> Restriction:
    request = desk.asked(kind="beperking")
    desk.weigh_all(request, "beperken", ground="juistheid-betwist")
    desk.agree(request)
    return desk.send(request).restrictions.get()


def test_a_dossier_is_left_alone_from_the_day_of_the_letter_until_the_asker_was_told(desk):
    held = restricted(desk)
    assert held.since == today() and held.lifted_at is None
    for day in (today() + DAY, today() - DAY):
        with pytest.raises(Refused):
            lift_restriction(held, asker_told_on=day, by=desk.inspector)
    lift_restriction(held, asker_told_on=today(), by=desk.inspector)
    with pytest.raises(Refused):
        lift_restriction(held, asker_told_on=today(), by=desk.inspector)


def test_the_database_keeps_that_the_asker_was_told_before_it_was_lifted(desk):
    held = restricted(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.filter(pk=held.pk).update(
            lifted_at=timezone.now(), lifted_by=desk.inspector
        )


def test_it_may_be_left_alone_before_the_decision_and_stands_once(desk):
    request = desk.asked(kind="beperking")
    dossier = state_of(request).dossiers[0]
    facts = {"ground": "juistheid-betwist", "by": desk.inspector}
    first = restrict_for_now(request, dossier, **facts)
    assert restrict_for_now(request, dossier, **facts) == first
    desk.weigh_all(request, "beperken", ground="juistheid-betwist")
    desk.agree(request)
    desk.send(request)
    assert request.restrictions.get() == first


def test_a_request_for_access_restricts_nothing(desk):
    request = desk.asked()
    dossier = state_of(request).dossiers[0]
    with pytest.raises(Refused):
        restrict_for_now(request, dossier, ground="juistheid-betwist", by=desk.inspector)
    other = desk.asked(kind="beperking")
    for where, ground in ((dossier, "juistheid-betwist"), (None, "niet-onjuist")):
        with pytest.raises(Refused):
            at = where or state_of(other).dossiers[0]
            restrict_for_now(other, at, ground=ground, by=desk.inspector)
